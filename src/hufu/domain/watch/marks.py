"""What the matcher is given: monitored rights as marks, sightings as offers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import QuerySet

from hufu.domain.rights import queries as rights
from hufu.domain.rights.models import Right, RightClass
from hufu.domain.watch import queries
from hufu.domain.watch.models import Sighting
from hufu.engines.detection import Mark, Offer, normalise


def marks_on(day: date) -> Iterator[Mark]:
    """Give the rights monitored and in force on a day, with who may sell under them."""
    watched = rights.monitored_rights(day)
    sellers: defaultdict[object, set[str]] = defaultdict(set)
    licences = rights.licences_on(day).filter(right__in=watched.values("pk"))
    for pk, *called in licences.values_list("right", "seller_id", "licensee"):
        sellers[pk].update(normalise(name) for name in called if name)
    return _marks(watched, sellers, watched=True)


def public_marks_on(day: date) -> Iterator[Mark]:
    """Give the names that stand on the public register on a day.

    Nothing in them tells whether a right is monitored, nor who sells under it: those
    that are monitored count as the others do.
    """
    return _marks(queries.standing_names(day), {}, watched=False)


def _marks(
    chosen: QuerySet[Right], sellers: Mapping[object, set[str]], *, watched: bool
) -> Iterator[Mark]:
    classes: defaultdict[object, set[int]] = defaultdict(set)
    covered = RightClass.objects.filter(right__in=chosen.values("pk")).order_by()
    for pk, number in covered.values_list("right", "number").iterator():
        classes[pk].add(number)
    columns = ("pk", "name", "holder__name", "holder_name")
    for pk, name, holder, stated in chosen.order_by().values_list(*columns).iterator():
        if name:
            yield Mark(
                id=str(pk),
                text=name,
                watched=watched,
                classes=frozenset(classes.get(pk, ())),
                authorised=frozenset(sellers.get(pk, ())),
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
