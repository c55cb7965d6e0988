"""`./hufu log`: what the proof log is, and what a person does after a restore."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hufu.domain.evidence import queries
from hufu.doors.identity import now
from hufu.doors.letters.witnesses import peers
from hufu.doors.storage import prooflog
from hufu.engines.proof.checkpoints import open_checkpoint
from hufu.engines.proof.errors import ProofError


class Command(BaseCommand):
    help = "Show the proof log, bring it up to date, or go on after a restore."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("show", help="name, verifier key, size, who cosigned")
        acts.add_parser("extend", help="put what waits in the journal into the log")
        after = acts.add_parser(
            "reconcile", help="after a restore: go on, having asked the witnesses"
        )
        after.add_argument(
            "checkpoints",
            nargs="+",
            type=Path,
            help="what each witness last cosigned of this log, as a signed note",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except (ProofError, OSError) as error:
            raise CommandError(str(error)) from error

    def _show(self, _: dict[str, Any]) -> None:
        asked = peers()
        self.stdout.write(f"verifier key  {prooflog.log_signer().key}")
        for peer in asked:
            whose = "own" if peer.own else "independent"
            self.stdout.write(f"witness       {peer.key} ({whose})")
        head = prooflog.published_head()
        if head is None:
            self.stdout.write("Nothing is published yet.")
            return
        key = prooflog.log_signer().key
        keys = [peer.key for peer in asked]
        signed = open_checkpoint(bytes(head[0]), prooflog.log_origin(), [key], keys)
        self.stdout.write(f"leaves        {signed.checkpoint.size}")
        self.stdout.write(f"cosigned by   {len(signed.witnesses)} of {len(asked)}")
        for stamp in queries.newest_stamps(prooflog.log_origin()):
            whose = "own" if stamp.own else "independent"
            said = f"{stamp.size} leaves on {stamp.stamped_at:%Y-%m-%d %H:%M:%S} UTC"
            self.stdout.write(f"stamped       {said} by {stamp.authority} ({whose})")
        for trouble in queries.stamp_troubles():
            said = f"{trouble} ({trouble.tries} tries)"
            self.stdout.write(f"not stamped   since {trouble.since:%F %T} UTC: {said}")

    def _extend(self, _: dict[str, Any]) -> None:
        done = prooflog.extend_log(at=now())
        self.stdout.write(f"{done} acts went into the log.")

    def _reconcile(self, options: dict[str, Any]) -> None:
        key, origin = prooflog.log_signer().key, prooflog.log_origin()
        witnesses = [peer.key for peer in peers()]
        seen = [
            open_checkpoint(path.read_bytes(), origin, [key], witnesses)
            for path in options["checkpoints"]
        ]
        with prooflog.writing_log(at=now()) as log:
            log.reconcile(seen, at=now())
        self.stdout.write("The log holds all that was seen of it. It signs again.")
