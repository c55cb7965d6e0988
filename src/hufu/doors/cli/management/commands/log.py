"""`./hufu log`: what the proof log is, and what a person does after a restore."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hufu.domain.evidence import queries
from hufu.doors.identity import now
from hufu.doors.letters.witnesses import gather_cosignatures, peers
from hufu.doors.storage import prooflog
from hufu.engines.proof.checkpoints import Checkpoint, open_checkpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.notes import Note


class Command(BaseCommand):
    help = "Show the proof log, bring it up to date, or go on after a restore."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("show", help="name, verifier key, size, who cosigned")
        acts.add_parser("extend", help="put what waits in the journal into the log")
        after = acts.add_parser(
            "reconcile", help="after a restore: ask the witnesses, and go on"
        )
        after.add_argument(
            "checkpoints",
            nargs="*",
            type=Path,
            help="what a witness that cannot be asked last cosigned, as a signed note",
        )
        heir = acts.add_parser(
            "follow", help="begin a log of another name that says which one it follows"
        )
        heir.add_argument(
            "checkpoint", type=Path, help="the last one known of the log before"
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
        """Compare with the witnesses: asked now, or by what they cosigned."""
        key, origin = prooflog.log_signer().key, prooflog.log_origin()
        asked = peers()
        witnesses = [peer.key for peer in asked]
        seen = [
            open_checkpoint(path.read_bytes(), origin, [key], witnesses)
            for path in options["checkpoints"]
        ]
        if asked and not all(one.witnesses for one in seen):
            message = "No witness of this office has cosigned one of these checkpoints."
            raise ProofError("unreconciled", message)
        with prooflog.writing_log(at=now()) as log:
            lines = list(gather_cosignatures(log.note, log.view(), asked))
            if lines:
                raw = bytes(log.note.with_signatures(lines))
                seen.append(open_checkpoint(raw, origin, [key], witnesses))
            log.reconcile(seen, at=now())
        self.stdout.write("The log holds all that was seen of it. It signs again.")

    def _follow(self, options: dict[str, Any]) -> None:
        raw = options["checkpoint"].read_bytes()
        before = Checkpoint.parse(Note.parse(raw).text).origin
        keys = [VerifierKey.parse(row.vkey) for row in queries.log_keys()]
        seen = open_checkpoint(raw, before, keys)
        log = prooflog.begin_heir(seen, at=now())
        said = f"{log.head.origin} follows {before}, {seen.checkpoint.size} leaves."
        self.stdout.write(said)
