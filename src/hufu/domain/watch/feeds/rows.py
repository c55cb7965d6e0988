"""An offer as a feed states it, before anything has been compared with it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer from a feed; `platform` and `offer_id` together are its identity.

    `brand` is the maker the seller names. `class_hint` is the platform's category as
    written; `classes` are Nice classes where the feed states or clearly implies them.
    """

    offer_id: str
    platform: str
    title: str
    description: str = ""
    shop_name: str = ""
    seller_id: str = ""
    price: Decimal | None = None
    currency: str = ""
    url: str = ""
    class_hint: str = ""
    classes: tuple[int, ...] = ()
    seen_at: datetime | None = None
    brand: str = ""
    quantity: Decimal | None = None

    @property
    def identity(self) -> str:
        """Name the offer within its feed and across feeds."""
        return f"{self.platform}:{self.offer_id}"
