"""Compare single offers and names with a public register of 40,256 names.

    .venv/bin/python bench/match.py

In an installation of its own. Milliseconds of the clock and of the processor, one
offer after the other in this process.
"""

import csv
import gzip
import os
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import rights

ROOT = Path(__file__).parents[1]
OFFERS, BOUND = 500, 5


def told(name, act, rows):
    """Print how long an act takes, and give the 95th percentile of the processor."""
    act(rows[0])
    wall, busy = [], []
    for row in rows:
        begun, spent = time.perf_counter(), time.process_time()
        act(row)
        busy.append((time.process_time() - spent) * 1000)
        wall.append((time.perf_counter() - begun) * 1000)
    shown = []
    for taken in (wall, busy):
        taken.sort()
        at = [taken[int(len(taken) * share)] for share in (0.5, 0.95)]
        shown.append(f"p50 {at[0]:.1f} p95 {at[1]:.1f} max {taken[-1]:.1f}")
    print(f"{name}: {shown[0]} ms; of the processor {shown[1]}", flush=True)
    return busy[int(len(busy) * 0.95)]


def main():
    """Build the index, then measure the three things that are asked of it."""
    rights.set_up()
    rights.bring_in()
    from hufu.doors.identity import today
    from hufu.doors.storage import registerindex
    from hufu.engines.detection import Offer
    from hufu.engines.detection.near import check_name

    begun = time.process_time()
    registerindex.build_register_index(registerindex.folder(), today())
    print(f"build: {time.process_time() - begun:.1f} s of the processor")
    index = registerindex.register_index()
    print(f"{len(index):,} names")
    with gzip.open(ROOT / "data/listings.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(islice(csv.DictReader(file), OFFERS))

    def match(row):
        offer = Offer(
            "", row["title"], brand=row["brand"], description=row["description"]
        )
        return index.sweep([offer], 0.5)[0]

    late = told("offer", match, rows)
    told(
        "offer, with its rights",
        lambda row: registerindex.near(match(row)[:50], today()),
        rows,
    )
    told(
        "name, with its rights",
        lambda row: registerindex.near(
            check_name(index, (row["brand"] or row["title"])[:40]), today()
        ),
        rows,
    )
    if late > BOUND:
        sys.exit(f"MISSED {BOUND} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HUFU_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        sys.path.insert(0, str(ROOT / "src"))
        main()
