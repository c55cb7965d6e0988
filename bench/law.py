"""How fast the law is read and answered.

    .venv/bin/python bench/law.py

One core, best of three rounds, the processor's own time: neighbours do not count. Ends
with an error when a bound is broken: 300 ms from the compiled form, 2 s from the files,
20,000 assessments and 50,000 deadlines a second, a tenth with explanations, 60 MB.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import measure

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from hufu.engines.law import (  # noqa: E402 - the path comes first
    Assessment,
    Book,
    CrimeFacts,
    Deadline,
    compile_pack,
    digest_pack,
)

PACK = ROOT / "src/hufu/packs/cn"
START = date(2026, 3, 2)
ROUNDS = 3
DEADLINES, ASSESSMENTS, SHARE = 50_000, 20_000, 10
WARM, COLD, MEMORY = 300, 2000, 60


def milliseconds(work: Callable[[], object]) -> float:
    """Return the best time of the processor, in milliseconds."""
    return min(_once(work) for _ in range(ROUNDS)) * 1000


def rate(work: Callable[[int], object], times: int) -> float:
    """Return how many of these are done in a second, in the best round."""

    def all_of_them() -> None:
        for i in range(times):
            work(i)

    return times / min(_once(all_of_them) for _ in range(ROUNDS))


def _once(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def told(found: Assessment) -> tuple[object, ...]:
    """Return what explains an assessment: prongs met, and the nearest one unmet."""
    return found.met, found.nearest, found.reasons


def read_compiled(file: Path) -> Book:
    """Do what the house does at its start: find the digest, read the compiled form."""
    digest_pack(PACK)
    return Book.read_compiled(file.read_text("utf-8"))


def compile_in_a_process_of_its_own(file: Path) -> float:
    """Compile the pack, and return the milliseconds that reading the files took."""
    command = [sys.executable, __file__, str(file)]
    return float(subprocess.check_output(command, text=True))


def rates(book: Book) -> dict[str, tuple[float, int]]:
    """Measure deadlines and assessments, each with its bound."""
    names = ("deadlines.penalty.case_filing", "deadlines.penalty.decision")
    book.deadline(names[0], START)
    offences = [n.rsplit(".", 1)[1] for n in book.names("criminal.thresholds.")]

    def deadline(i: int) -> Deadline:
        return book.deadline(names[i % 2], START + timedelta(days=i % 200))

    def crime(i: int) -> Assessment:
        figures = {
            "illegal_gains": Decimal(i),
            "illegal_business_volume": Decimal(2 * i),
        }
        facts = CrimeFacts(on=START, figures=figures)
        return book.crime(offences[i % len(offences)], facts)

    return {
        "deadlines": (rate(deadline, 50_000), DEADLINES),
        "deadlines explained": (
            rate(lambda i: deadline(i).explain(), 5_000),
            DEADLINES // SHARE,
        ),
        "assessments": (rate(crime, 20_000), ASSESSMENTS),
        "assessments explained": (
            rate(lambda i: told(crime(i)), 5_000),
            ASSESSMENTS // SHARE,
        ),
        "assessments as JSON with every ruling": (
            rate(lambda i: crime(i).as_json(), 5_000),
            ASSESSMENTS // SHARE,
        ),
    }


def main() -> None:
    """Measure reading, deadlines and thresholds; judge them."""
    print(measure.machine())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pack.json"
        cold = compile_in_a_process_of_its_own(file)
        warm = milliseconds(lambda: read_compiled(file))
        book = read_compiled(file)
    bounds = {
        f"read from the files: {cold:.0f} ms of at most {COLD}": cold <= COLD,
        f"read from the compiled form: {warm:.0f} ms of at most {WARM}": warm <= WARM,
    }
    for what, (found, least) in rates(book).items():
        bounds[f"{what}: {found:,.0f} a second of at least {least:,}"] = found >= least
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bounds[f"memory at most: {used:.0f} MB of {MEMORY}"] = used < MEMORY
    measure.judge(bounds)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(milliseconds(lambda: Book.read(PACK)))
        Path(sys.argv[1]).write_text(compile_pack(PACK), "utf-8")
    else:
        main()
