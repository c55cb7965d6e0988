"""What a pack says of itself: whose law it is, and in which money and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from hufu.engines.law.ruling import Bilingual


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack says of itself."""

    title: Bilingual
    country: str
    currency: str
    zone: ZoneInfo
    weekend: frozenset[int]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Pack":
        """Read what stands in `pack.yaml`."""
        return cls(
            title=Bilingual.of(data["title"]),
            country=data["country"],
            currency=data["currency"],
            zone=ZoneInfo(data["timezone"]),
            weekend=frozenset(data["weekend"]),
        )
