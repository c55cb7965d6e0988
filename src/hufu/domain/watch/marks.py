"""What the matcher is given: monitored rights as marks, sightings as offers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from hufu.domain.rights import queries as rights
from hufu.domain.rights.models import RightClass
from hufu.domain.watch.models import Sighting
from hufu.engines.detection import Mark, Offer, normalise


def marks_on(day: date) -> Iterator[Mark]:
    """Give the rights monitored and in force on a day, with who may sell under them."""
    watched = rights.monitored_rights(day)
    keys = watched.values("pk")
    classes: defaultdict[object, set[int]] = defaultdict(set)
    covered = RightClass.objects.filter(right__in=keys).order_by()
    for pk, number in covered.values_list("right", "number").iterator():
        classes[pk].add(number)
    sellers: defaultdict[object, set[str]] = defaultdict(set)
    licences = rights.licences_on(day).filter(right__in=keys)
    for pk, *called in licences.values_list("right", "seller_id", "licensee"):
        sellers[pk].update(normalise(name) for name in called if name)
    columns = ("pk", "name", "holder__name", "holder_name")
    for pk, name, holder, stated in watched.order_by().values_list(*columns):
        if name:
            yield Mark(
                id=str(pk),
                text=name,
                watched=True,
                classes=frozenset(classes[pk]) if pk in classes else frozenset(),
                authorised=frozenset(sellers[pk]) if pk in sellers else frozenset(),
                owner=holder or stated,
            )


def offer_of(sighting: Sighting) -> Offer:
    """Give a sighting as the matcher reads it."""
    return Offer(
        id=str(sighting.pk),
        title=sighting.title,
        seller=sighting.seller,
        classes=frozenset(sighting.classes),
        price=sighting.price,
        currency=sighting.currency,
        description=sighting.description,
        shop_name=sighting.shop_name,
        url=sighting.url,
        brand=sighting.brand,
    )
