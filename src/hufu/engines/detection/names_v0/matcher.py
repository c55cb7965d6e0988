"""The first matcher, names_v0: a mark named in an offer, word by word."""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from hufu.engines.detection.marks import Mark, Match, Offer, Reason, score_of
from hufu.engines.detection.names_v0.evidence import Hit, Reading, weigh
from hufu.engines.detection.names_v0.weights import WEIGHTS
from hufu.engines.detection.text import is_han, normalise, units

# Words of a title that may be written together in the mark ("coca cola").
_JOINABLE = 3
_JOINED_LETTERS = 6
_DESCRIPTION_LETTERS = 2000
# A word that stands in so many marks belongs to the language, not to one of them.
_COMMON_FROM = 12

_folded = functools.lru_cache(maxsize=8192)(normalise)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A mark, its units joined by spaces, and whether it is found inside a text."""

    mark: Mark
    spaced: str
    whole_only: bool
    owner: str

    def excuse(self, seller: str) -> str:
        """Give the code that excuses a seller, or nothing."""
        if seller and seller in self.mark.authorised:
            return "authorised_seller"
        return "owner_sells" if seller and seller == self.owner else ""


class Index:
    """Marks by their normalised letters, to be asked once for each offer."""

    def __init__(
        self,
        entries: dict[str, list[_Entry]],
        reach: dict[str, int],
        common: frozenset[str],
    ) -> None:
        """Keep the entries by key and, by first unit, the longest mark's length."""
        self._entries = entries
        self._reach = reach
        self._common = common

    @classmethod
    def build(cls, marks: Iterable[Mark]) -> Self:
        """Index the marks; a mark without any letter or digit is never found."""
        entries: defaultdict[str, list[_Entry]] = defaultdict(list)
        reach: dict[str, int] = {}
        standing: Counter[str] = Counter()
        for mark in marks:
            parts = units(normalise(mark.text))
            if not parts:
                continue
            key = "".join(parts)
            entry = _Entry(
                mark=mark,
                spaced=" ".join(parts),
                whole_only=len(key) == 1 or key.isdigit(),
                owner=_folded(mark.owner),
            )
            entries[key].append(entry)
            reach[parts[0]] = max(reach.get(parts[0], 0), len(parts))
            standing.update(set(parts))
        common = frozenset(w for w, n in standing.items() if n >= _COMMON_FROM)
        return cls(dict(entries), reach, common)

    def match(self, offer: Offer) -> list[Match]:
        """Find the marks named in the offer, best first, excused ones last."""
        fields = {
            "brand": units(_folded(offer.brand)),
            "title": units(normalise(offer.title)),
            "shop": units(_folded(offer.shop_name)),
            "description": units(normalise(offer.description[:_DESCRIPTION_LETTERS])),
        }
        hits: dict[int, tuple[_Entry, dict[str, Hit]]] = {}
        for where, parts in fields.items():
            for entry, hit in self._hits(parts):
                found = hits.setdefault(id(entry), (entry, {}))[1]
                known = found.get(where)
                if known is None or (known.joined and not hit.joined):
                    found[where] = hit
        if not hits:
            return []
        reading = Reading(offer, fields, self._common)
        seller = _folded(offer.seller or offer.shop_name)
        matches = [_judge(*pair, reading, seller) for pair in hits.values()]
        return sorted(matches, key=lambda m: (m.excused, -m.score, m.mark_id))

    def _hits(self, parts: tuple[str, ...]) -> Iterator[tuple[_Entry, Hit]]:
        """Give each mark found in a field with its place, leftmost first."""
        total = len(parts)
        for start, first in enumerate(parts):
            longest = max(self._reach.get(first, 0), 1 if is_han(first) else _JOINABLE)
            for end in range(start + 1, min(start + longest, total) + 1):
                found = self._entries.get("".join(parts[start:end]))
                if found is None:
                    continue
                spaced = " ".join(parts[start:end])
                for entry in found:
                    joined = entry.spaced != spaced
                    whole = end - start == total
                    if (entry.whole_only and not whole) or (
                        joined and not _may_join(spaced)
                    ):
                        continue
                    yield entry, Hit(start, end, joined=joined, whole=whole)


def _may_join(spaced: str) -> bool:
    """Say whether letters this many may be split differently and stay one name."""
    return len(spaced.replace(" ", "")) >= _JOINED_LETTERS


def _judge(entry: _Entry, hits: dict[str, Hit], reading: Reading, seller: str) -> Match:
    """Excuse the owner and whom the owner authorised; weigh everybody else.

    An excused match stays in the answer with score 0, so that nobody wonders.
    """
    mark = entry.mark
    code = entry.excuse(seller)
    if code:
        reason = Reason(code, WEIGHTS[code], "seller", seller, {"mark": mark.text})
        return Match(mark.id, 0.0, (reason,), excused=True, matcher="names_v0")
    reasons = tuple(weigh(mark, entry.spaced, hits, reading))
    score = score_of(sum(reason.weight for reason in reasons))
    return Match(mark.id, score, reasons, matcher="names_v0")
