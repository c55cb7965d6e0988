"""A right as a file states it, before anyone has claimed or verified it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

KINDS = (
    "trademark",
    "geographical_indication",
    "invention",
    "utility_model",
    "design",
    "copyright",
    "plant_variety",
    "layout_design",
    "trade_secret",
    "traditional_knowledge",
)


@dataclass(frozen=True, slots=True)
class RightRow:
    """One right from a file; `source` and `source_id` together are its identity.

    Only a figurative mark may have no name. `events` are days with the office's word or
    code for what happened, oldest first. `extra` keeps what has no field of its own.
    """

    kind: str
    name: str
    source: str
    source_id: str
    subtype: str = ""
    number: str = ""
    office: str = ""
    holder_name: str = ""
    holder_country: str = ""
    agent: str = ""
    classes: tuple[int, ...] = ()
    goods: str = ""
    territory: str = ""
    filed_on: date | None = None
    registered_on: date | None = None
    expires_on: date | None = None
    status_text: str = ""
    status_on: date | None = None
    events: tuple[tuple[date, str], ...] = ()
    lang: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """Name the row within its file and across imports."""
        return f"{self.source}:{self.source_id}"
