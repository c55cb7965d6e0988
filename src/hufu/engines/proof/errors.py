"""What is wrong with a proof: a code for programs, a sentence for people."""


class ProofError(Exception):
    """Something does not prove what it claims to."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class FatalLogError(ProofError):
    """A log that must not sign anything more until a person has looked at it."""
