"""What the benches share: an installation that vanishes, timings, a table, bounds."""

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
ROUNDS = 3
WARM = 5
Numbers = Sequence[float]


@contextmanager
def installed(url: str = "", kept: str = "") -> Iterator[Path]:
    """Set up an installation in a folder that is removed afterwards, unless kept."""
    with tempfile.TemporaryDirectory(prefix="hufu-bench-") as home:
        for name in [n for n in os.environ if n.startswith("HUFU_")]:
            del os.environ[name]
        os.environ["HUFU_HOME"] = kept or home
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        if url:
            os.environ["HUFU_DATABASE_URL"] = url
        sys.path.insert(0, str(ROOT / "src"))
        Path(kept or home).mkdir(parents=True, exist_ok=True)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("prepare")
        yield Path(kept or home)


@contextmanager
def volume(leads: int, cases: int) -> Iterator[None]:
    """Give the database that the command line asks for, filled, and say what it is."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--postgres", action="store_true", help="instead of SQLite")
    asked.add_argument("--keep", default="", help="a folder whose database is reused")
    options = asked.parse_args()
    with ExitStack() as stack:
        name, url = f"SQLite {sqlite3.sqlite_version}", ""
        if options.postgres:
            sys.path.insert(0, str(ROOT / "tests"))
            import postgres

            name, url = "PostgreSQL", stack.enter_context(postgres.cluster())
        stack.enter_context(installed(url, options.keep))
        _fill(leads, cases)
        print(f"{name}; {machine()}\n")
        yield


def _fill(leads: int, cases: int) -> None:
    """Seed, unless an earlier run kept its rows."""
    from hufu.domain.leads.models import Lead
    from hufu.doors.identity import now

    if Lead.objects.exists():
        return
    from seed import seed

    begun = time.perf_counter()
    seed(now(), leads, cases)
    took = time.perf_counter() - begun
    print(f"{leads:,} leads and {cases:,} cases, seeded in {took:.0f} s")


def office(*roles: str) -> dict[str, object]:
    """Return officers of the agency that has most of the rows, one for each role."""
    from hufu.domain.people.models import Account

    return {r: Account.objects.get(username=f"{r}-shenzhen-0") for r in roles}


@dataclass(frozen=True)
class Timing:
    """Milliseconds of many requests; `busy` is the processor's share of the p95."""

    p50: float
    p95: float
    most: float
    busy: float = 0

    @classmethod
    def of(cls, spent: Numbers, busy: Numbers = ()) -> "Timing":
        """Sort and read off; a percentile is a value that was measured."""
        most = max(spent)
        return cls(median(spent), _p95(spent), most, _p95(busy) if busy else 0)


def _p95(numbers: Numbers) -> float:
    return sorted(numbers)[-(-95 * len(numbers) // 100) - 1]


def milliseconds(call: Callable[[], object]) -> tuple[float, float]:
    """Say how long a call took, and how much of it the processor worked on it."""
    begun, busy = time.perf_counter(), time.process_time()
    call()
    spent, worked = time.perf_counter() - begun, time.process_time() - busy
    return 1000 * spent, 1000 * worked


@dataclass(frozen=True)
class Page:
    """One request of an officer."""

    kind: str
    officer: str
    path: str


class Visit:
    """Opens pages in this process, as officers who have signed in."""

    def __init__(self, officers: dict[str, object]) -> None:
        """Sign everybody in."""
        from django.test import Client

        self.clients = {}
        for name, account in officers.items():
            client = Client(SERVER_NAME="localhost")
            client.force_login(account)
            self.clients[name] = client

    def open(self, page: Page) -> None:
        """Open a page; anything but success ends the measurement."""
        answer = self.clients[page.officer].get(page.path)
        assert answer.status_code == 200, (page, answer.status_code)

    def queries(self, pages: Iterable[Page]) -> dict[str, set[int]]:
        """Count the queries of each kind of page."""
        from django.db import connection, reset_queries
        from django.test.utils import CaptureQueriesContext

        counted: dict[str, set[int]] = {}
        for page in pages:
            reset_queries()
            with CaptureQueriesContext(connection) as captured:
                self.open(page)
            counted.setdefault(page.kind, set()).add(len(captured))
        return counted

    def rounds(self, pages: list[Page]) -> list[dict[str, Timing]]:
        """Open all pages several times over; time every kind in each round."""
        for page in pages[:WARM]:
            self.open(page)
        return [self._round(pages) for _ in range(ROUNDS)]

    def _round(self, pages: list[Page]) -> dict[str, Timing]:
        spent: dict[str, list[tuple[float, float]]] = {}
        for page in pages:
            time_of_page = milliseconds(lambda page=page: self.open(page))
            spent.setdefault(page.kind, []).append(time_of_page)
        return {
            kind: Timing.of(*zip(*times, strict=True)) for kind, times in spent.items()
        }


def machine() -> str:
    """Say on what was measured, and how busy it was."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [x.partition(":")[2].strip() for x in lines if x.startswith("model name")]
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    cpu = names[0] if names else platform.processor()
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({cpu}), "
        f"Python {platform.python_version()}, load {load}"
    )


def table(rows: list[tuple[object, ...]], *heads: str) -> None:
    """Print a table in Markdown."""
    print("|", " | ".join(heads), "|")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("|", " | ".join(str(cell) for cell in row), "|")
    print()


def judge(bounds: dict[str, bool]) -> None:
    """Say which bounds were kept; end with an error when one was not."""
    for bound, kept in bounds.items():
        print("kept  " if kept else "MISSED", bound)
    sys.exit(0 if all(bounds.values()) else 1)


def judge_pages(
    rounds: list[dict[str, Timing]], counted: dict[str, set[int]], most: float
) -> None:
    """Print each kind of page with its best and its median round, and judge it."""
    rows, bounds = [], {}
    for kind, count in counted.items():
        timings = sorted((one[kind] for one in rounds), key=lambda t: t.p95)
        best, middle = timings[0], timings[len(timings) // 2]
        span = "–".join(str(n) for n in sorted({min(count), max(count)}))
        rows.append((kind, span, *_cells(best), *_cells(middle)))
        bounds[f"{kind}: {middle.p95:.0f} ms of at most {most:.0f}"] = (
            middle.p95 <= most
        )
    heads = ("p50", "p95", "max ms", "processor p95")
    print("The best of three rounds, then the median one.\n")
    table(rows, "page", "queries", *heads, *heads)
    judge(bounds)


def _cells(timing: Timing) -> tuple[str, ...]:
    return tuple(f"{x:.0f}" for x in (timing.p50, timing.p95, timing.most, timing.busy))
