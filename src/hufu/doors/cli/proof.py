"""`./hufu proof …` and `./hufu verify`: checks without a database or trust in us.

Exit codes: 0, all that was claimed holds; 1, something does not; 2, it could not be
asked that way.
"""

import argparse
import hashlib
import json
import ssl
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning

from hufu.doors.storage.logfolder import LogFolder
from hufu.engines.proof.audits import verify_log
from hufu.engines.proof.bundles import Trust, verify_bundle
from hufu.engines.proof.certificates import Certificate
from hufu.engines.proof.checkpoints import SignedCheckpoint, open_checkpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report, Verdict
from hufu.engines.proof.heads import MapHead, second_heads
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.monitor import SplitViewError, compare_views
from hufu.engines.proof.notes import LARGEST, encode_base64
from hufu.engines.proof.receipt_reports import verify_receipt
from hufu.engines.proof.timestamps import Reply, read_certificates
from hufu.engines.proof.vectors import check_vector, read_vector
from hufu.engines.proof.views import LogView
from hufu.engines.proof.waczs import verify_wacz
from hufu.engines.proof.waczseals import read_key
from hufu.engines.proof.warcs import verify_warc

Making = Callable[..., argparse.ArgumentParser]
BLOCK = 1 << 20
MARKS = {Verdict.HOLDS: "ok    ", Verdict.FAILS: "FAILED", Verdict.OPEN: "open  "}


def say(line: str) -> None:
    """Write a line of the answer."""
    sys.stdout.write(line + "\n")


def check_log(asked: argparse.Namespace) -> bool:
    """Check a log directory in tlog-tiles form."""
    keys = [VerifierKey.parse(text) for text in asked.key]
    witnesses = [VerifierKey.parse(text) for text in asked.witness]
    origin = asked.origin or keys[0].name
    folder = LogFolder(asked.folder)
    report = verify_log(folder, origin, keys, witnesses)
    say_checkpoint(report.head)
    say(f"{report.size} entries and {report.tiles} files agree with the checkpoint.")
    check_only_heads(folder, report.head)
    seen = [
        open_checkpoint(path.read_bytes(), origin, keys, witnesses)
        for path in asked.seen
    ]
    told = [is_of_this_log(one, report.head, folder) for one in seen]
    return all(told)


def is_of_this_log(
    seen: SignedCheckpoint, shown: SignedCheckpoint, folder: LogFolder
) -> bool:
    """Compare a checkpoint that somebody was shown; two trees convict the log."""
    size = seen.checkpoint.size
    if size > shown.checkpoint.size:
        say(f"FAILED The checkpoint seen has {size} entries, which are not all here.")
        return False
    try:
        compare_views(seen, shown, folder)
    except SplitViewError as error:
        say(f"FAILED {error} These two notes prove it to anybody:")
        for note in error.notes:
            say(f"\n{note}")
        return False
    say(f"The checkpoint seen, of {size} entries, is of this log.")
    return True


def say_checkpoint(signed: SignedCheckpoint) -> None:
    """Write which tree was signed, and by whom."""
    head = signed.checkpoint
    say(f"{head.origin}: {head.size} entries, root {encode_base64(head.root)}")
    for signature in signed.signatures:
        when = f" at {signature.at:%Y-%m-%d %H:%M:%S} UTC" if signature.at else ""
        say(f"signed by {signature.key.name}{when}")
    say(f"{len(signed.witnesses)} known witnesses signed.")


def check_vectors(asked: argparse.Namespace) -> bool:
    """Run every vector file below a folder."""
    passed = failed = 0
    for path in sorted(asked.folder.rglob("*.json")):
        try:
            check_vector(read_vector(path.read_bytes()))
        except ProofError as error:
            failed += 1
            say(f"FAILED {path.relative_to(asked.folder)}: {error}")
        else:
            passed += 1
    if not passed + failed:
        say(f"There are no vectors (*.json) below {asked.folder}.")
    say(f"{passed} passed, {failed} failed")
    return failed == 0 and passed > 0


def check_timestamp(asked: argparse.Namespace) -> bool:
    """Check an RFC 3161 reply over a file."""
    reply = Reply(asked.reply.read_bytes())
    request = asked.request.read_bytes() if asked.request else None
    stamp = reply.verify(
        digest_file(asked.data, reply.algorithm), roots_of(asked.roots), request
    )
    say(f"ok: {stamp.authority} stamped this file")
    say(f"at {stamp.at:%Y-%m-%d %H:%M:%S.%f} UTC, serial number {stamp.serial:x}.")
    for remark in stamp.remarks:
        say(remark)
    return True


def digest_file(path: Path, algorithm: str) -> bytes:
    """Hash a file of any size with the algorithm that a stamp names."""
    try:
        digest = hashlib.new(algorithm)
    except ValueError as error:
        raise ProofError("algorithm", f"{algorithm} is not known here.") from error
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.digest()


def roots_of(paths: Sequence[Path]) -> list[x509.Certificate]:
    """Read the certificates that are to be trusted."""
    return [root for path in paths for root in read_certificates(path.read_bytes())]


def web_roots() -> list[x509.Certificate]:
    """Read the roots that this machine trusts for the web; none if it has none."""
    place = ssl.get_default_verify_paths().cafile
    return roots_of([Path(place)]) if place else []


def check_wacz(asked: argparse.Namespace) -> bool:
    """Check a WACZ file."""
    keys = [read_key(path.read_bytes()) for path in asked.key]
    trusted = [*roots_of(asked.roots), *web_roots()]
    with asked.file.open("rb") as file:
        return say_report(verify_wacz(file, trusted, keys))


def check_warc(asked: argparse.Namespace) -> bool:
    """Check a WARC file."""
    with asked.file.open("rb") as file:
        return say_report(verify_warc(file))


def check_evidence(asked: argparse.Namespace) -> bool:
    """Check an evidence bundle, or a receipt: whichever the file is."""
    trust = Trust(
        [VerifierKey.parse(text) for text in asked.key],
        [VerifierKey.parse(text) for text in asked.witness],
        roots_of(asked.roots),
    )
    with asked.file.open("rb") as file:
        is_receipt = file.read(1) == b"{"
        file.seek(0)
        if not is_receipt:
            return say_report(verify_bundle(file, trust))
        digest = digest_file(asked.data, "sha256").hex() if asked.data else ""
        return say_report(verify_receipt(file.read(LARGEST + 1), trust, digest))


def check_certificate(asked: argparse.Namespace) -> bool:
    """Check that a code was, or was not, on a list on a day."""
    keys = [VerifierKey.parse(text) for text in asked.key]
    witnesses = [VerifierKey.parse(text) for text in asked.witness]
    made = Certificate.parse(asked.file.read_bytes())
    origin = asked.origin or keys[0].name
    proved = made.verify(origin, keys, witnesses)
    head, was = proved.head, "was" if proved.is_present else "was NOT"
    if asked.published:
        check_published(head, asked.published.read_bytes())
    if asked.log:
        folder = LogFolder(asked.log)
        shown = verify_log(folder, origin, keys, witnesses).head
        if not is_of_this_log(proved.checkpoint, shown, folder):
            return False
        check_only_heads(folder, shown)
    say(f"ok: {proved.code} {was} on the list {head.name} on {head.day}")
    if head.at:
        say(f"as the list stood at {head.at}.")
    say_checkpoint(proved.checkpoint)
    if not asked.log:
        say("That the list had no second head that day: give the log's files (--log).")
    say("It proves nothing about other codes, other lists, other days, or the rest of")
    say("that day, and nothing about what anybody did.")
    return True


def check_published(head: MapHead, data: bytes) -> None:
    """Compare with the heads that the office publishes, as a file of them says."""
    try:
        rows = json.loads(data)["heads"]
        wanted = (head.name, head.day.isoformat())
        roots = {row["root"] for row in rows if (row["list"], row["day"]) == wanted}
    except (ValueError, KeyError, TypeError) as error:
        raise ProofError("published", "These are no published heads.") from error
    if roots != {head.root.hex()}:
        message = f"{head.name}, {head.day}: this is not the head that was published."
        raise ProofError("published", message)
    say("Its head is the one that was published.")


def check_only_heads(folder: LogFolder, shown: SignedCheckpoint) -> None:
    """Refuse a log that holds two heads of one list and day."""
    entries = LogView(folder, shown.checkpoint.size).entries()
    for second in second_heads(entries):
        raise ProofError("two_heads", f"{second}: this log tells two stories.")
    say("No list has two heads on one day in this log.")


def say_report(report: Report) -> bool:
    """Write every finding, then the sum."""
    for finding in report.findings:
        say(f"{MARKS[finding.verdict]} {finding.message}")
    count = {v: sum(f.verdict == v for f in report.findings) for v in Verdict}
    holds, fails, left = (
        count[v] for v in (Verdict.HOLDS, Verdict.FAILS, Verdict.OPEN)
    )
    say(f"{holds} hold, {fails} failed, {left} open")
    return report.is_sound


def parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    whole = argparse.ArgumentParser(prog="./hufu proof", description=__doc__)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    add_log(commands.add_parser)

    vectors = commands.add_parser("vectors", help="vector files of RFC 6962 trees")
    vectors.add_argument("folder", type=Path, metavar="DIR")
    vectors.set_defaults(check=check_vectors)

    stamp = commands.add_parser("verify-timestamp", help="an RFC 3161 reply or token")
    stamp.add_argument("reply", type=Path, metavar="TSR")
    stamp.add_argument("--data", type=Path, required=True, metavar="FILE")
    stamp.add_argument("--request", type=Path, metavar="TSQ")
    add_roots(stamp, required=True)
    stamp.set_defaults(check=check_timestamp)

    make = commands.add_parser
    add_file(make, "verify-warc", "a capture as WARC", check_warc)
    add_signer(add_file(make, "verify-wacz", "a capture as WACZ", check_wacz))
    certificate = add_file(
        make, "verify-certificate", "on a list on a day, or not", check_certificate
    )
    add_keys(certificate, required=True)
    certificate.add_argument("--origin", default="", help="if it is not the key's name")
    certificate.add_argument(
        "--log", type=Path, metavar="DIR", help="the log's files: had it one head only?"
    )
    certificate.add_argument(
        "--published", type=Path, metavar="JSON", help="the published heads of lists"
    )
    evidence = add_file(make, "verify", "a bundle or a receipt", check_evidence)
    evidence.add_argument(
        "--file", dest="data", type=Path, help="what a receipt's deposit was of"
    )
    add_keys(evidence)
    add_roots(evidence)
    return whole


def add_log(make: Making) -> None:
    """Add the command about a log directory."""
    log = make("verify-log", help="a log directory (C2SP tlog-tiles)")
    log.add_argument("folder", type=Path, metavar="DIR")
    add_keys(log, required=True)
    log.add_argument("--origin", default="", help="if it is not the key's name")
    log.add_argument(
        "--seen",
        type=Path,
        action="append",
        default=[],
        metavar="CHECKPOINT",
        help="what another client or a witness was shown: is it of the same tree?",
    )
    log.set_defaults(check=check_log)


def add_file(
    make: Making, name: str, what: str, check: Callable[..., bool]
) -> argparse.ArgumentParser:
    """Add a command about one file."""
    command = make(name, help=what)
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(check=check)
    return command


def add_keys(command: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Let keys be named that are known from elsewhere."""
    for name, need in (("--key", required), ("--witness", False)):
        whose = "the log's" if name == "--key" else "a witness's"
        command.add_argument(
            name,
            action="append",
            default=[],
            required=need,
            metavar="VKEY",
            help=f"{whose} published verifier key; may be repeated",
        )


def add_signer(command: argparse.ArgumentParser) -> None:
    """Let signers of captures be named, and whoever vouches for them."""
    add_roots(command)
    command.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="PEM",
        help="a signer's public key or certificate; may be repeated",
    )


def add_roots(command: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Let certificates be named that are trusted."""
    command.add_argument(
        "--roots",
        type=Path,
        action="append",
        default=[],
        required=required,
        metavar="PEM",
        help="trusted root certificates; may be repeated",
    )


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    asked = parser().parse_args(arguments)
    # Some roots that machines trust have serial numbers of long ago.
    warnings.simplefilter("ignore", CryptographyDeprecationWarning)
    return run_check(asked)


def run_check(asked: argparse.Namespace) -> int:
    """Run what was asked for; return its exit code, and say what was wrong."""
    try:
        return 0 if asked.check(asked) else 1
    except ProofError as error:
        say(f"FAILED {error}")
        return 1
    except OSError as error:
        sys.stderr.write(f"hufu: {error.filename or ''}: {error.strerror}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
