"""`./hufu draw`: a fair draw that anybody can repeat. No database, no trust in us.

First `plan`, while nobody knows the value yet; deposit the plan's hash, so that a
receipt proves when it was there. When the value is public, `run`. Anybody: `verify`.
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hufu.doors.cli.proof import add_keys, run_check, say, say_report
from hufu.engines.proof.beacons import QUICKNET, Chain
from hufu.engines.proof.draws import Draw, DrawPlan
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.receipts import Receipt


def make_plan(asked: argparse.Namespace) -> bool:
    """Write who can be drawn and which value will decide, before it is known."""
    names = read_candidates(asked.candidates)
    chain = chain_of(asked)
    known_at = known_at_of(asked, chain)
    if known_at <= now():
        message = (
            f"The value of this round is known since {known_at:%Y-%m-%d %H:%M:%S} UTC: "
            "whoever plans now could choose the outcome. Name a later round."
        )
        raise ProofError("late", message)
    source = {
        "name": asked.source,
        "round": asked.round,
        "known_at": known_at.isoformat(timespec="seconds"),
    }
    if chain:
        source |= chain.as_source()
    plan = DrawPlan(asked.purpose, names, asked.seats, source)
    write_new(asked.out, bytes(plan))
    say(f"{asked.out}: {plan.seats} of {len(names)} will be drawn.")
    say(f"SHA-256 of the plan: {plan.digest().hex()}")
    say(f"Deposit this hash before {known_at:%Y-%m-%d %H:%M:%S} UTC and publish it.")
    return True


def read_candidates(path: Path) -> tuple[str, ...]:
    """Read one candidate a line; two that are the same would have two chances."""
    seen: dict[str, int] = {}
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ProofError("candidates", f"{path} is not UTF-8.") from error
    for number, line in enumerate(lines, 1):
        name = line.strip()
        if name in seen:
            message = f"{path}, line {number}: {name} stands in line {seen[name]} too."
            raise ProofError("candidates", message)
        if name:
            seen[name] = number
    return tuple(sorted(seen))


def chain_of(asked: argparse.Namespace) -> Chain | None:
    """Return the beacon whose signatures can be checked: quicknet, or as described."""
    if asked.source == "quicknet":
        return QUICKNET
    if not asked.chain_key:
        return None
    if asked.genesis is None or asked.period is None:
        message = "With --chain-key, say the chain's --genesis and --period."
        raise ProofError("known-at", message)
    return Chain(read_hex(asked.chain_key), asked.genesis, asked.period)


def known_at_of(asked: argparse.Namespace, chain: Chain | None) -> datetime:
    """Return when the value becomes known: by a beacon's rhythm, or as said."""
    if chain:
        return _instant(chain.second_of(asked.round))
    if asked.known_at:
        try:
            at = datetime.fromisoformat(asked.known_at)
        except ValueError as error:
            message = f"{asked.known_at} is no instant such as 2026-03-02T12:00:00Z."
            raise ProofError("known-at", message) from error
        if at.tzinfo is None:
            raise ProofError("known-at", "Say the offset too: 2026-03-02T12:00:00Z.")
        return at.astimezone(UTC)
    if asked.genesis is None or asked.period is None:
        message = "Say when the value is known: --known-at, or --genesis and --period."
        raise ProofError("known-at", message)
    return _instant(Chain(b"", asked.genesis, asked.period).second_of(asked.round))


def _instant(second: int) -> datetime:
    try:
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=second)
    except OverflowError as error:
        message = "This round is beyond the year 9999."
        raise ProofError("known-at", message) from error


def run_draw(asked: argparse.Namespace) -> bool:
    """Draw with the value, now that it is public."""
    plan = DrawPlan.parse(asked.plan.read_bytes())
    if (known := planned_for(plan)) > now():
        message = f"The value is not known before {known:%Y-%m-%d %H:%M:%S} UTC."
        raise ProofError("early", message)
    report = Report()
    check_receipt(plan, asked, report)
    if not report.is_sound:
        return say_report(report)
    signature = read_hex(asked.signature)
    if not asked.value and not signature:
        raise ProofError("value", "Give the --signature of the round, or a --value.")
    value = read_hex(asked.value) or hashlib.sha256(signature).digest()
    draw = Draw(plan, value, signature, plan.draw(value))
    draw.verify()
    write_new(asked.out, bytes(draw))
    for name in draw.drawn:
        say(name)
    say(f"{asked.out}: everything that repeating the draw takes.")
    say_report(report)
    return True


def planned_for(plan: DrawPlan) -> datetime:
    """Return when a plan says that its value becomes known."""
    try:
        return datetime.fromisoformat(plan.source["known_at"]).astimezone(UTC)
    except (KeyError, TypeError, ValueError) as error:
        message = "The plan does not say when its value becomes known."
        raise ProofError("known-at", message) from error


def check_draw(asked: argparse.Namespace) -> bool:
    """Repeat a draw, and say what nobody can see from its file alone."""
    draw, report = Draw.parse(asked.file.read_bytes()), Report()
    plan = draw.plan
    try:
        draw.verify()
    except ProofError as error:
        report.fails("draw", str(error))
    else:
        report.holds("draw", f"This value draws {', '.join(draw.drawn)}.")
    check_value(draw, report)
    report.open("candidates", f"Whether these {len(plan.candidates)} are all.")
    if asked.candidates:
        compare_candidates(plan, asked.candidates, report)
    check_receipt(plan, asked, report)
    return say_report(report)


def check_value(draw: Draw, report: Report) -> None:
    """Say whether the value is the public one, as far as the file can show."""
    source = draw.plan.source
    said = f"{source.get('name')}, round {source.get('round')}"
    if not report.is_sound or draw.plan.chain() is None:
        words = f"Compare the value with what {said} published: {draw.value.hex()}"
        report.open("value", words)
    elif draw.plan.chain() == QUICKNET:
        report.holds("value", f"The network of drand quicknet signed it: {said}.")
    else:
        words = f"A network with the key {source['public_key']} signed it: {said}."
        report.open("value", f"{words} Compare the key with the published one.")


def compare_candidates(plan: DrawPlan, path: Path, report: Report) -> None:
    """Compare the plan's candidates with a list from elsewhere."""
    if read_candidates(path) == plan.candidates:
        report.holds("candidates", f"The candidates are those of {path}.")
    else:
        report.fails("candidates", f"The candidates are not those of {path}.")


def check_receipt(plan: DrawPlan, asked: argparse.Namespace, report: Report) -> None:
    """Check that the plan was there before its value, as a receipt proves."""
    if not asked.receipt or not asked.key:
        words = f"Whether the plan {plan.digest().hex()} was there before the value:"
        report.open("before", f"{words} give its --receipt and the log's --key.")
        return
    key = VerifierKey.parse(asked.key[0])
    try:
        receipt = Receipt.parse(asked.receipt.read_bytes())
        statement, place = receipt.check_statement(key), receipt.check_place(key)
    except ProofError as error:
        report.fails("before", f"The receipt does not hold: {error}")
        return
    known, at = planned_for(plan), datetime.fromisoformat(statement.at)
    if statement.sha256 != plan.digest().hex():
        report.fails("before", "The receipt is that of another file.")
    elif at >= known:
        report.fails("before", f"The plan was deposited only at {at}.")
    else:
        report.holds("before", f"The log signed that the plan was there at {at}.")
    trusted = {VerifierKey.parse(text) for text in asked.witness}
    early = [
        one.key.name
        for one in (place.witnesses if place else ())
        if one.key in trusted and one.at and one.at < known
    ]
    if early:
        report.holds("witnesses", f"Cosigned before the value: {', '.join(early)}.")
    else:
        words = "No witness that you named cosigned before the value was known:"
        report.open("witnesses", f"{words} for the hour you rely on the log.")


def now() -> datetime:
    """Read the clock: a door may."""
    return datetime.now(UTC)  # noqa: TID251 - a door reads the clock


def read_hex(text: str) -> bytes:
    """Read bytes in hexadecimal digits."""
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise ProofError("hex", f"{text[:40]} is not hexadecimal.") from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet: a plan or a draw is never overwritten."""
    with path.open("xb") as file:
        file.write(data)


def parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    whole = argparse.ArgumentParser(prog="./hufu draw", description=__doc__)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    plan = commands.add_parser("plan", help="fix candidates and the future value")
    say_what: dict[str, dict[str, Any]] = {
        "--candidates": {"type": Path, "help": "a file with one candidate a line"},
        "--purpose": {"help": "what is drawn for"},
        "--seats": {"type": int, "help": "how many are drawn"},
        "--source": {"help": "which public randomness; quicknet is drand's"},
        "--round": {"type": int, "help": "which of its rounds"},
        "--out": {"type": Path, "help": "the plan's file, a new one"},
    }
    for name, said in say_what.items():
        plan.add_argument(name, required=True, **said)
    plan.add_argument("--known-at", help="when that round is public, with its offset")
    plan.add_argument("--chain-key", metavar="HEX", help="of another drand chain (G2)")
    plan.add_argument("--genesis", type=int, help="of a drand chain, in Unix seconds")
    plan.add_argument("--period", type=int, help="of a drand chain, in seconds")
    plan.set_defaults(check=make_plan)

    run = commands.add_parser("run", help="draw, once the value is public")
    run.add_argument("plan", type=Path, metavar="PLAN")
    run.add_argument("--signature", default="", metavar="HEX", help="a drand round's")
    run.add_argument("--value", default="", metavar="HEX", help="of another source")
    run.add_argument("--out", type=Path, required=True, help="the draw's file, new")
    run.add_argument("--receipt", type=Path, help="of the plan: was it first?")
    add_keys(run)
    run.set_defaults(check=run_draw)

    verify = commands.add_parser("verify", help="repeat a draw")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument("--candidates", type=Path, help="the list that should be drawn")
    verify.add_argument("--receipt", type=Path, help="of the plan's deposit")
    add_keys(verify)
    verify.set_defaults(check=check_draw)
    return whole


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code, as `./hufu proof` does."""
    return run_check(parser().parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
