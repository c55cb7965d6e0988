"""What goods are worth before the law: sold at the price paid, unsold by an order."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hufu.engines.law.ruling import Ruling

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Goods:
    """So many pieces, with the prices that were found for one piece."""

    quantity: int
    is_sold: bool = False
    sale_price: Decimal | None = None
    found_average_price: Decimal | None = None
    labelled_price: Decimal | None = None
    market_price: Decimal | None = None

    def price(self, name: str) -> Decimal | None:
        """Return the price of that name, if it was found."""
        prices = {
            "found_average_price": self.found_average_price,
            "labelled_price": self.labelled_price,
            "market_price": self.market_price,
        }
        return prices[name]


@dataclass(frozen=True, slots=True)
class Valued:
    """What goods are worth, by which price, under which rule."""

    amount: Decimal | None
    price: str | None
    ruling: Ruling


def value_goods(goods: Goods, order: Ruling) -> Valued:
    """Return the value of goods: the price paid, or the first price in the order.

    Prices that the law puts on one level count by the lower one, in favour of the
    accused; without any price the amount is None.
    """
    if goods.is_sold:
        if goods.sale_price is None:
            return Valued(None, None, order)
        return Valued(goods.sale_price * goods.quantity, "sale_price", order)
    for level in order.value:
        found = [(p, n) for n in level if (p := goods.price(n)) is not None]
        if found:
            price, name = min(found)
            return Valued(price * goods.quantity, name, order)
    return Valued(None, None, order)


def total(valued: Iterable[Valued]) -> Decimal:
    """Add up what could be valued."""
    return sum((v.amount for v in valued if v.amount is not None), ZERO)
