"""How fast the law is read and answered: `python bench/law.py`, results in lines."""

import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from hufu.engines.law import (  # noqa: E402 - the path comes first
    Assessment,
    Book,
    CrimeFacts,
    Deadline,
    compile_pack,
)

PACK = ROOT / "src/hufu/packs/cn"
START = date(2026, 3, 2)
MEGABYTE = 1024


def timed(what: str, work: Callable[[], Book]) -> Book:
    """Print how long the work took, and return what it gave."""
    begun = time.perf_counter()
    result = work()
    print(f"{what}: {1000 * (time.perf_counter() - begun):.0f} ms")
    return result


def rate(what: str, work: Callable[[int], object], times: int) -> None:
    """Print how many of these are done in a second."""
    begun = time.perf_counter()
    for i in range(times):
        work(i)
    print(f"{what}: {times / (time.perf_counter() - begun):,.0f} a second")


def told(found: Assessment) -> tuple[object, ...]:
    """Return what explains an assessment: prongs met, and the nearest one unmet."""
    return found.met, found.nearest, found.reasons


def main() -> None:
    """Measure reading, deadlines and thresholds."""
    book = timed("read the pack from its files", lambda: Book.read(PACK))
    text = compile_pack(PACK)
    timed("read the pack from its compiled form", lambda: Book.read_compiled(text))
    names = ("deadlines.penalty.case_filing", "deadlines.penalty.decision")
    book.deadline(names[0], START)

    def deadline(i: int) -> Deadline:
        return book.deadline(names[i % 2], START + timedelta(days=i % 200))

    rate("deadlines", deadline, 50_000)
    rate("deadlines with explanation", lambda i: deadline(i).explain(), 5_000)
    offences = [n.rsplit(".", 1)[1] for n in book.names("criminal.thresholds.")]

    def crime(i: int) -> Assessment:
        figures = {
            "illegal_gains": Decimal(i),
            "illegal_business_volume": Decimal(2 * i),
        }
        facts = CrimeFacts(on=START, figures=figures)
        return book.crime(offences[i % len(offences)], facts)

    rate("thresholds", crime, 20_000)
    rate("thresholds with explanation", lambda i: told(crime(i)), 2_000)
    rate("thresholds as JSON with every ruling", lambda i: crime(i).as_json(), 2_000)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(f"memory at most: {used:.0f} MB")


if __name__ == "__main__":
    main()
