"""Elements of XML found by their local names, with the checks of their texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from hufu.base.records import BadField, day

_DAY = len("2024-05-31")


@dataclass(frozen=True, slots=True)
class Element:
    """An element whose parts are asked for by name, whatever their namespace."""

    node: etree._Element

    def each(self, name: str) -> "Iterator[Element]":
        """Give the elements of this name, at any depth, in order."""
        return map(Element, self.node.iter(f"{{*}}{name}"))

    def texts(self, name: str) -> Iterator[str]:
        """Give the texts of the elements of this name that have any."""
        for node in self.node.iter(f"{{*}}{name}"):
            text = (node.text or "").strip()
            if text:
                yield text

    def text(self, name: str, *, limit: int = 500) -> str:
        """Give the first text under this name, or nothing."""
        return _within(next(self.texts(name), ""), name, limit)

    def first(self, names: tuple[str, ...]) -> str:
        """Give the text under the first of these names that has any."""
        return next(filter(None, map(self.text, names)), "")

    def own_text(self, name: str, *, limit: int = 500) -> str:
        """Give the text of a direct child, so that a related mark's is not taken."""
        text = self.node.findtext(f"{{*}}{name}") or ""
        return _within(text.strip(), name, limit)

    def day(self, name: str) -> date | None:
        """Give the first day under this name; its offset from UTC is dropped."""
        text = self.text(name)
        return day(text[:_DAY], name) if text else None

    def own_day(self, name: str) -> date | None:
        """Give the day of a direct child; its offset from UTC is dropped."""
        text = self.own_text(name)
        return day(text[:_DAY], name) if text else None


def _within(text: str, name: str, limit: int) -> str:
    """Reject a text that is too long for its field."""
    if len(text) > limit:
        raise BadField(name, "too_long", limit=str(limit))
    return text
