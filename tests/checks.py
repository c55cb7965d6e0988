"""Every check of the house, one after the other, and what came of it.

`./hufu test` runs this. With arguments only pytest runs, with them.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import postgres
from conftest import LACKING, REQUIRED

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent
SKIP = re.compile(r"^SKIPPED \[(\d+)\] .*?: (.*)$", re.MULTILINE)
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|error)s?\b")


@dataclass
class Outcome:
    """How one check ended."""

    name: str
    seconds: float
    failed: bool
    counts: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)


def run(name: str, command: list[str], **more: str) -> Outcome:
    """Run a check, show what it says, and read the counts if it is pytest."""
    print(f"\n== {name}", flush=True)
    started, said = time.monotonic(), []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as program:
        for line in program.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
    outcome = Outcome(name, time.monotonic() - started, program.returncode != 0)
    if "pytest" in command:
        counted = COUNTS.findall("".join(said[-3:]))
        outcome.counts = {word: int(number) for number, word in counted}
        for number, why in SKIP.findall("".join(said)):
            outcome.skipped[why] = outcome.skipped.get(why, 0) + int(number)
    return outcome


def pytest_command(*arguments: str) -> list[str]:
    """Return how pytest is called; two processes, for two cores."""
    shared = ["-n", "2", "--dist", "worksteal"]
    return [PYTHON, "-m", "pytest", "-rs", "--durations=25", *shared, *arguments]


def on_sqlite() -> Outcome:
    """Run the whole suite on SQLite."""
    return run("tests on SQLite", pytest_command())


def on_postgres() -> Outcome:
    """Run all that touches a database again, on a server made for this run."""
    name = "tests on PostgreSQL"
    if postgres.binaries() is None:
        print(f"\n== {name}\nno PostgreSQL: {postgres.INSTALL}")
        missing = {LACKING["postgres"][1]: 1}
        return Outcome(name, 0, "postgres" in REQUIRED, skipped=missing)
    # What has no database, and what brings its own server, was run a moment ago.
    chosen = ["tests/base", "tests/domain", "tests/doors", "tests/journeys"]
    chosen = [folder for folder in chosen if (ROOT / folder).is_dir()]
    with postgres.cluster() as url:
        command = pytest_command("-m", "not postgres and not browser", *chosen)
        return run(name, command, HUFU_TEST_DATABASE_URL=url)


def plan() -> list[Callable[[], Outcome]]:
    """List the checks, the quick ones first."""
    django = [PYTHON, "-m", "django"]
    quick = {
        "lint": [str(BIN / "ruff"), "check", "."],
        "format": [str(BIN / "ruff"), "format", "--check", "."],
        "import contracts": [str(BIN / "lint-imports")],
        "migrations": [*django, "makemigrations", "--check", "--dry-run"],
        "system check": [*django, "check"],
        "catalogues": [*django, "check_catalogues"],
        "types": [str(BIN / "mypy"), "src"],
    }
    steps = [
        lambda name=name, command=command: run(name, command)
        for name, command in quick.items()
    ]
    return [*steps, on_sqlite, on_postgres]


def show(outcomes: list[Outcome]) -> None:
    """Print the table, what was skipped and how to get it, and the sum."""
    print(f"\n{'check':24}{'result':>10}{'seconds':>10}")
    for outcome in outcomes:
        result = "FAILED" if outcome.failed else "passed"
        if outcome.skipped and not outcome.counts and not outcome.failed:
            result = "skipped"
        print(f"{outcome.name:24}{result:>10}{outcome.seconds:10.1f}")
    for outcome in outcomes:
        for why, number in outcome.skipped.items():
            print(f"skipped in {outcome.name}: {number} ({why})")
    checks = [outcome for outcome in outcomes if not outcome.counts]
    bad = sum(o.failed for o in checks)
    good = sum(not o.failed and not o.skipped for o in checks)
    for outcome in outcomes:
        good += outcome.counts.get("passed", 0)
        wrong = outcome.counts.get("failed", 0) + outcome.counts.get("error", 0)
        # A run that broke off counts even when no single test is to blame.
        bad += max(wrong, int(outcome.failed)) if outcome.counts else 0
    print(f"\n{good} passed, {bad} failed")


def main(arguments: list[str]) -> int:
    """Run everything, or only pytest with the arguments given."""
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    if arguments:
        return subprocess.call([PYTHON, "-m", "pytest", *arguments], cwd=ROOT)
    outcomes = [step() for step in plan()]
    show(outcomes)
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
