"""The parts of an offer that are searched for marks."""

from enum import StrEnum

from hufu.engines.detection.domains import text_of
from hufu.engines.detection.marks import Offer
from hufu.engines.detection.reading import shown

_DESCRIPTION_LETTERS = 2000


class Field(StrEnum):
    """Where in an offer a mark may stand."""

    TITLE = "title"
    BRAND = "brand"
    SHOP = "shop"
    DESCRIPTION = "description"
    DOMAIN = "domain"


def fields_of(offer: Offer) -> dict[Field, str]:
    """Give the texts of an offer, without the empty ones."""
    texts = {
        Field.TITLE: offer.title,
        Field.BRAND: offer.brand,
        Field.SHOP: offer.shop_name,
        Field.DESCRIPTION: offer.description[:_DESCRIPTION_LETTERS],
        Field.DOMAIN: text_of(offer.domain) if offer.domain else "",
    }
    return {where: shown(text) for where, text in texts.items() if text}
