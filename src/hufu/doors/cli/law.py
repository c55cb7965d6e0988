"""`./hufu law`: the rule pack asked and checked from a terminal; needs no database."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from hufu.base import law as house
from hufu.engines import law

FAULT, MISUSE = 1, 2


def main(words: list[str] | None = None) -> int:
    """Do what is asked; 0: well, 1: a faulty pack, 2: a question not understood."""
    asked = _parser().parse_args(words)
    try:
        code = int(asked.act(asked))
        sys.stdout.flush()
    except law.QuestionError as error:
        return _refuse(str(error))
    except law.PackError as error:
        return _refuse(f"the rule pack cannot be read: {error}; see `./hufu law check`")
    except BrokenPipeError:
        # Whoever read along has seen enough; nothing is left to be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hufu law", description="Ask the rule pack.")
    acts = parser.add_subparsers(required=True, metavar="check|ask|schema|questions")
    check = acts.add_parser("check", help="is the pack in order, complete and fresh?")
    check.add_argument("folder", nargs="?", type=Path, help="a pack; this house's own")
    check.add_argument("--on", type=_day, metavar="DAY", help="as of YYYY-MM-DD; today")
    check.set_defaults(act=_check)
    ask = acts.add_parser(
        "ask", help="answer a question: --on DAY < facts.json > answer.json"
    )
    ask.add_argument("question", help="see `hufu law questions`")
    ask.add_argument("--on", type=_day, required=True, metavar="DAY", help="YYYY-MM-DD")
    ask.set_defaults(act=_ask)
    schema = acts.add_parser("schema", help="JSON Schema of a question and its answer")
    schema.add_argument("question", help="see `hufu law questions`")
    schema.set_defaults(act=_schema)
    listing = acts.add_parser("questions", help="what can be asked")
    listing.set_defaults(act=_questions)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not: YYYY-MM-DD") from error


def _refuse(message: str) -> int:
    print(f"hufu law: {message}", file=sys.stderr)  # noqa: T201 - a program for terminals
    return MISUSE


def _say(text: str) -> None:
    print(text)  # noqa: T201 - a program for terminals


def _say_json(data: dict[str, Any]) -> None:
    _say(json.dumps(data, ensure_ascii=False, indent=1))


def _ask(asked: argparse.Namespace) -> int:
    law.schema(asked.question)  # an unknown question is told before anything is read
    try:
        facts = json.loads(sys.stdin.buffer.read())
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        return _refuse(f"the facts are not JSON in UTF-8: {error}")
    _say_json(law.ask(house.book(), asked.question, asked.on, facts))
    return 0


def _schema(asked: argparse.Namespace) -> int:
    _say_json(law.schema_in(house.book(), asked.question))
    return 0


def _questions(_asked: argparse.Namespace) -> int:
    for name in law.questions():
        _say(f"{name:12} {law.schema(name)['description']}")
    return 0


def _check(asked: argparse.Namespace) -> int:
    folder = asked.folder or house.pack()
    if not folder.is_dir():
        return _refuse(f"no such folder: {folder}")
    problems = law.check(folder)
    for problem in problems:
        _say(str(problem))
    if problems:
        _say(f"{len(problems)} faults")
        return FAULT
    book = law.Book.read(folder)
    covered = law.coverage(folder, book.rules.values())
    # hufu.doors.identity would need the tables; this program runs without any.
    day = asked.on or timezone.localdate(timezone.now())  # noqa: TID251 - a door reads the clock
    for line in _report(book, covered, day):
        _say(line)
    return FAULT if covered.unaccounted else 0


def _report(book: law.Book, covered: law.Coverage, day: date) -> Iterator[str]:
    found = book.survey(day)
    yield f"{book.pack.title.en} on {day}: {found.rules} rules, {found.rulings} values"
    yield "by kind: " + ", ".join(f"{n} {k}" for k, n in found.by_kind.items())
    yield "by confidence: " + ", ".join(
        f"{n} {k}" for k, n in found.by_confidence.items()
    )
    yield (
        f"facts: {covered.loaded} of {covered.facts} in the pack,"
        f" {covered.left_out} left out with the reason"
    )
    yield from (f"fact without a rule or a reason: {f}" for f in covered.unaccounted)
    yield from _listed(
        "unconfirmed, decide nothing by themselves",
        [f"{r.rule} since {r.since}: {r.source.cite('en')}" for r in found.unconfirmed],
    )
    stale = [f"{n}: {book.rule(n).checked_on}" for n in found.stale]
    yield from _listed("not checked for a year", stale)
    missing = [str(year) for year in found.missing_years]
    yield from _listed("WARNING: official holiday calendars missing", missing)


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    yield f"{title}: {len(lines) or 'none'}"
    yield from (f"  {line}" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
