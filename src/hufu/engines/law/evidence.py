"""What a channel asks of evidence: present, missing, and how to cure it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from hufu.engines.law.ruling import Bilingual, Ruling


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a channel asks for."""

    code: str
    title: Bilingual
    cure: Bilingual
    is_required: bool
    is_present: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items of a channel; it never rules on admissibility."""

    channel: str
    title: Bilingual
    items: tuple[Item, ...]
    ruling: Ruling

    @property
    def missing(self) -> tuple[Item, ...]:
        """Return what is required and not there."""
        return tuple(i for i in self.items if i.is_required and not i.is_present)

    @property
    def advised(self) -> tuple[Item, ...]:
        """Return what would help and is not there."""
        return tuple(i for i in self.items if not i.is_required and not i.is_present)

    @property
    def is_complete(self) -> bool:
        """Whether everything required is there."""
        return not self.missing

    def as_json(self) -> dict[str, Any]:
        """Return the checklist with its ruling as plain JSON."""
        return {
            "channel": self.channel,
            "title": self.title.as_json(),
            "is_complete": self.is_complete,
            "items": [
                {
                    "code": i.code,
                    "title": i.title.as_json(),
                    "cure": i.cure.as_json(),
                    "is_required": i.is_required,
                    "is_present": i.is_present,
                }
                for i in self.items
            ],
            "ruling": self.ruling.as_json(),
        }


def checklist(
    channel: str, ruling: Ruling, present: Collection[str], traits: Collection[str]
) -> Checklist:
    """Compare what is there with what the channel asks for.

    `traits` name what the evidence is (`electronic`, `blockchain`, `foreign`): items
    that only such evidence needs are left out for other evidence.
    """
    items = tuple(
        Item(
            code=data["code"],
            title=Bilingual.of(data["title"]),
            cure=Bilingual.of(data["cure"]),
            is_required=data.get("weight", "required") == "required",
            is_present=data["code"] in present,
        )
        for data in ruling.value["items"]
        if data.get("when") is None or data["when"] in traits
    )
    return Checklist(channel, ruling.title, items, ruling)
