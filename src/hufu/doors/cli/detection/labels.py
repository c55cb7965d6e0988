"""The verdicts of people on leads, read from the database."""

from collections.abc import Iterator

from django.utils import timezone

from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Agency
from hufu.domain.watch.queries import Verdict, labelled_matches
from hufu.doors.cli.detection.verdicts import Label


def labels() -> Iterator[Label]:
    """Give every judged match of this installation."""
    actor = Clockwork(frozenset(Agency.objects.values_list("code", flat=True)))
    columns = ("sweep__started_at", "score", "matcher", "verdict")
    judged = labelled_matches(actor).order_by("sweep__started_at", "pk")
    for found_at, score, matcher, verdict in judged.values_list(*columns):
        yield Label(
            timezone.localtime(found_at), score, matcher, verdict == Verdict.CONFIRMED
        )
