"""What a check of many claims found: each claim holds, fails, or stays open."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """How a claim came out. Open: nothing speaks against it, but it is unproved."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"


@dataclass(frozen=True)
class Finding:
    """One claim with its verdict: a code for programs, a sentence for people."""

    code: str
    verdict: Verdict
    message: str


@dataclass
class Report:
    """Findings in the order in which they were made."""

    findings: list[Finding] = field(default_factory=list)

    def holds(self, code: str, message: str) -> None:
        """Note that a claim was checked and is true."""
        self.findings.append(Finding(code, Verdict.HOLDS, message))

    def fails(self, code: str, message: str) -> None:
        """Note that a claim is false."""
        self.findings.append(Finding(code, Verdict.FAILS, message))

    def open(self, code: str, message: str) -> None:
        """Note what is not claimed, or could not be decided here."""
        self.findings.append(Finding(code, Verdict.OPEN, message))

    @property
    def is_sound(self) -> bool:
        """Say whether nothing failed."""
        return all(found.verdict != Verdict.FAILS for found in self.findings)

    def of(self, code: str) -> list[Finding]:
        """Return the findings about one kind of claim."""
        return [found for found in self.findings if found.code == code]
