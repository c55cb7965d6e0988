"""What is said about a lead when it comes in, and by whom."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from hufu.domain.rights.models import Right


@dataclass(frozen=True)
class LeadFacts:
    """What happened, as far as anybody knows."""

    title: str
    act: str
    region: str
    details: str = ""
    right: Right | None = None
    right_kind: str = ""
    respondent_name: str = ""
    respondent_uscc: str = ""
    place: str = ""
    url: str = ""
    seller: str = ""
    goods: str = ""
    quantity: int | None = None
    value: Decimal | None = None
    currency: str = "CNY"
    occurred_on: date | None = None
    defence_known: str = ""
    declarations: tuple[str, ...] = ()
    referred_by: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Sender:
    """Who reports. Empty means anonymous."""

    name: str = ""
    contact: str = ""

    @property
    def anonymous(self) -> bool:
        """Say whether nothing is known of the sender."""
        return not (self.name.strip() or self.contact.strip())


ANONYMOUS = Sender()


@dataclass(frozen=True)
class Identity:
    """Who reported, shown to an officer who asked to see it."""

    name: str
    contact: str
    party_id: UUID | None = None
