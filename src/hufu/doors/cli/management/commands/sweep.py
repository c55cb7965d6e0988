"""`./hufu manage sweep`: compare what came in with the rights that are watched."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.people.actors import Clockwork
from hufu.domain.watch.models import Source, Sweep
from hufu.domain.watch.services import run_sweep
from hufu.doors.identity import now


class Command(BaseCommand):
    help = "Compare sightings with the monitored rights and open leads."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", default="", help="only this one, by short name")
        parser.add_argument(
            "--scope", default=Sweep.Scope.NEW, choices=Sweep.Scope.values
        )

    def handle(self, *, source: str, scope: str, **_options: Any) -> None:
        sources = Source.objects.select_related("agency")
        if source:
            sources = sources.filter(code=source)
            if not sources:
                message = _("There is no source “%(code)s”.") % {"code": source}
                raise CommandError(message, returncode=2)
        for one in sources:
            try:
                self._sweep(one, scope)
            except Refusal as refusal:
                raise CommandError(refusal.message, returncode=2) from refusal

    def _sweep(self, source: Source, scope: str) -> None:
        actor = Clockwork(agencies=frozenset({source.agency_id}))
        sweep = run_sweep(actor=actor, at=now(), source=source, scope=scope)
        told = _(
            "%(source)s: %(compared)d offers compared with %(rights)d rights, "
            "%(matched)d matches, %(leads)d leads."
        )
        figures = {
            "source": source.code,
            "compared": sweep.compared,
            "rights": sweep.rights_count,
            "matched": sweep.matched,
            "leads": sweep.leads_opened,
        }
        self.stdout.write(told % figures)
