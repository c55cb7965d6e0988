"""`./hufu detection evaluate`: the matcher measured on unseen files or on verdicts.

Exit codes: 0, measured; 2, a file or a question that cannot be read.
"""

import argparse
import hashlib
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.db import DatabaseError

from hufu.doors.cli.detection import pictures, verdicts
from hufu.doors.cli.detection.rows import Row, RowFault, read_marks, read_queries
from hufu.engines.detection.evaluation import Measures, evaluate
from hufu.engines.detection.index import warm_up

MISUSE = 2
PAGE = resource.getpagesize()


def main(words: list[str] | None = None) -> int:
    """Measure what is asked for."""
    asked = _parser().parse_args(words)
    files = asked.marks, asked.queries
    try:
        if all(files):
            report = _measured(*files)
            _tell(report)
        elif any(files):
            return _refuse("--marks and --queries belong together; give both or none")
        else:
            report = _judged()
            _tell_verdicts(report)
        _write(report, asked, pictures.draw if all(files) else pictures.draw_verdicts)
    except RowFault as fault:
        return _refuse(str(fault))
    except DatabaseError as error:
        what = "run `./hufu manage prepare` first, or give --marks and --queries"
        return _refuse(f"the database cannot be read ({error}); {what}")
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hufu detection", description="Measure how well marks are found."
    )
    acts = parser.add_subparsers(required=True, metavar="evaluate")
    act = acts.add_parser(
        "evaluate",
        help="recall, false leads, speed on files; without files: people's verdicts",
    )
    act.add_argument(
        "--marks",
        type=Path,
        metavar="CSV",
        help="mark_id, wordmark; may have nice_classes, owner, monitored",
    )
    act.add_argument(
        "--queries",
        type=Path,
        metavar="CSV",
        help="query_id, text, kind; may have target_mark_id, nice_class,"
        " field (offer, name or domain)",
    )
    act.add_argument("--out", type=Path, metavar="JSON", help="the report; - prints it")
    act.add_argument("--pictures", type=Path, metavar="FOLDER", help="draw SVG there")
    return parser


def _refuse(message: str) -> int:
    sys.stderr.write(f"hufu detection: {message}\n")
    return MISUSE


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _measured(marks: Path, queries: Path) -> dict[str, Any]:
    """Evaluate two files. Native code is made ready before the clock runs."""
    asked = list(read_queries(queries))
    warm_up()
    targets = {
        row["target_mark_id"].strip() for row in asked if row.get("target_mark_id")
    }
    rows = _noted(read_marks(marks), targets)
    report = evaluate(rows, asked, Measures(time.perf_counter, _memory))
    report["files"] = {
        "marks": {"name": marks.name, "sha256": _sha256(marks)},
        "queries": {"name": queries.name, "sha256": _sha256(queries)},
    }
    report["targets_in_no_row"] = sorted(targets)
    return report


def _noted(rows: Iterator[Row], targets: set[str]) -> Iterator[Row]:
    """Take every mark that is there out of the targets."""
    for row in rows:
        targets.discard(row["mark_id"])
        yield row


def _memory() -> int:
    """Give the bytes this process holds."""
    try:
        held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # not Linux: the most it ever held
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return held * PAGE


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _judged() -> dict[str, Any]:
    """Count what people said of leads, from this installation's database."""
    django.setup()
    from hufu.doors.cli.detection.labels import labels  # noqa: PLC0415 - models want Django first

    return verdicts.report_of(labels())


def _write(report: dict[str, Any], asked: argparse.Namespace, draw: Any) -> None:
    """Put the report under its name whole, and draw."""
    text = json.dumps(report, indent=1) + "\n"
    if str(asked.out) == "-":
        sys.stdout.write(text)
    elif asked.out:
        arriving = asked.out.with_name(f".{asked.out.name}.arriving")
        arriving.write_text(text, encoding="ascii")
        arriving.replace(asked.out)
    if asked.pictures:
        for path in draw(report, asked.pictures):
            sys.stderr.write(f"drawn: {path}\n")


def _percent(told: dict[str, Any]) -> str:
    if told["value"] is None:
        return "-"
    return f"{told['value']:.3f} ({told['low']:.3f}-{told['high']:.3f}, n={told['n']})"


def _tell(report: dict[str, Any]) -> None:
    """Print what a reader wants to know first."""
    _say(
        f"{report['matcher']}: {report['marks']:,} marks, {report['queries']:,} queries"
    )
    _say(
        f"built in {report['build_seconds']} s,"
        f" {report['index_bytes_per_mark']} bytes a mark;"
        f" {report['offers_per_second'] or 0:,.0f} texts/s by name,"
        f" {report['offers_with_reasons_per_second'] or 0:,.0f}/s with reasons"
    )
    _say("recall (95 % interval)   at 1 | at 5 | at 10")
    kinds = {**report["recall"]["kinds"], "all": report["recall"]["all"]}
    for kind, at in kinds.items():
        ranks = " | ".join(_percent(at[f"at_{rank}"]) for rank in (1, 5, 10))
        _say(f"  {kind}: {ranks}")
    _say("false leads per 1,000 clean queries, by threshold; recall there")
    for threshold, at in report["false_leads_per_1000_clean"].items():
        per = at["per_1000"]
        wrong = (
            "-"
            if per["value"] is None
            else f"{per['value']} ({per['low']}-{per['high']})"
        )
        _say(f"  {threshold}: {wrong}; {_percent(at['recall'])}")
    _say(
        f"{len(report['misses'])} of them not found first, with their nearest: in --out"
    )
    if lost := report["targets_in_no_row"]:
        shown = ", ".join(lost[:5])
        _say(f"{len(lost)} targets are in no row of the marks and missed: {shown}")


def _tell_verdicts(report: dict[str, Any]) -> None:
    """Print precision over time and what thresholds would have kept."""
    if not report["labels"]:
        _say(
            "Nobody has judged a lead that a sweep opened. Accept or close some first."
        )
    for month in report["months"]:
        _say(f"{month['month']}: worth a look {_percent(month['precision'])}")
    for name, counted in report["matchers"].items():
        _say(f"{name}: threshold: precision; share of the confirmed that stays")
        for threshold, at in counted["thresholds"].items():
            _say(
                f"  {threshold}: {_percent(at['precision'])}; {_percent(at['recall'])}"
            )


if __name__ == "__main__":
    sys.exit(main())
