"""What the name of a right is found by: its letters as a whole, and its terms."""

from hufu.base.text import index_terms
from hufu.domain.rights.models import SearchTerm
from hufu.engines.detection import normalise

_KEY = 200
_TERM = 64


def key_of(name: str) -> str:
    """Give a name's letters without case, width or spaces."""
    return normalise(name).replace(" ", "")[:_KEY]


def terms_of(name: str, holder: str) -> frozenset[str]:
    """Give the terms under which a right is found, those of its holder marked."""
    found = {term[:_TERM] for term in index_terms(name)}
    found |= {holder_term(term) for term in index_terms(holder)}
    return frozenset(found)


def holder_term(term: str) -> str:
    """Mark a term as one of a holder's name."""
    return (SearchTerm.HOLDER + term)[:_TERM]
