"""Terms for searching names: a plain table of them works alike on every database.

Full-text indexes of trigrams find nothing for two Chinese characters; a table of
`(record, term)` with an index does. A record matches when it has all the terms of the
query; `names` then drops the few that share the terms and not the words.
"""

from collections.abc import Iterator

from hufu.engines.detection.text import is_han, normalise, runs

# Lengths at which a word is cut; a query is cut down to the longest that fits.
_PREFIXES = (2, 4, 6)


def index_terms(text: str) -> frozenset[str]:
    """Give the terms under which a name is kept.

    Words: their beginnings of two, four and six letters (shorter words whole).
    Han and kana: every character and every pair of neighbours.
    """
    found: set[str] = set()
    for run in runs(normalise(text)):
        if is_han(run):
            found.update(run)
            found.update(_pairs(run))
        elif len(run) < _PREFIXES[0]:
            found.add(run)
        else:
            found.update(run[:size] for size in _PREFIXES if size <= len(run))
    return frozenset(found)


def query_terms(text: str) -> frozenset[str]:
    """Give the terms that a name must have to match; none when nothing was asked.

    A subset of the name's terms whenever the query is a part of a run of Han or kana,
    or begins a word of the name with at least two letters, or is a whole word.
    """
    found: set[str] = set()
    for run in runs(normalise(text)):
        if not is_han(run):
            found.add(run[: max((s for s in _PREFIXES if s <= len(run)), default=1)])
        elif len(run) == 1:
            found.add(run)
        else:
            found.update(_pairs(run))
    return frozenset(found)


def names(query: str, text: str) -> bool:
    """Say whether each part of the query stands in the text: words from their start."""
    there = runs(normalise(text))
    asked = runs(normalise(query))
    return bool(asked) and all(_stands(part, there) for part in asked)


def _stands(part: str, there: tuple[str, ...]) -> bool:
    """Look for one word or run among those of a text."""
    if is_han(part):
        return any(part in run for run in there if is_han(run))
    return any(run.startswith(part) for run in there)


def _pairs(run: str) -> Iterator[str]:
    """Give each character with its right neighbour."""
    return (run[i : i + 2] for i in range(len(run) - 1))
