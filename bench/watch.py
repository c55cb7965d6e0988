"""Sweep the 16,178 listings against monitored rights: a realistic set, then all names.

    .venv/bin/python bench/watch.py [RIGHTS …]

The names are real, in use, and accused of nothing: for this measurement they are
written to a throw-away database as if they were registered and monitored.
"""

import csv
import gzip
import hashlib
import io
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
MARKS, LISTINGS = ROOT / "data/marks.csv.gz", ROOT / "data/listings.csv.gz"
REALISTIC, ALL = 2000, 40256
SECONDS, MEBIBYTES = 10, 300


def registered(count):
    """Write the first of every n names as a register of its own, as JSON Lines."""
    with gzip.open(MARKS, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    step = len(rows) // count
    lines = io.BytesIO()
    for row in rows[:: max(1, step)][:count]:
        right = {
            "kind": "trademark",
            "name": row["wordmark"],
            "source": "bench",
            "source_id": row["mark_id"],
            "classes": row["nice_inferred"],
            "registered_on": "2020-01-01",
            "holder_name": row["owner"],
        }
        lines.write(json.dumps(right).encode() + b"\n")
    return lines.getvalue()


def start():
    """Make Django ready; each step is a process of its own, to measure its memory."""
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()


def prepare(count):
    """Write the rights, watch all of them, and take the feed."""
    start()
    from django.core.management import call_command

    from hufu.domain.people.actors import Clockwork
    from hufu.domain.people.models import Agency
    from hufu.domain.people.services import found_agency
    from hufu.domain.rights import services as rights
    from hufu.domain.rights.models import Monitor, Right
    from hufu.domain.watch import services as watch
    from hufu.doors.identity import now, today

    call_command("migrate", verbosity=0, skip_checks=True)
    actor, at = Clockwork(), now()
    agency = Agency(
        code="bench", kind="market", name_en="b", name_zh="b", region="440300"
    )
    found_agency(actor=actor, at=at, agency=agency)
    content = registered(count)
    digest = hashlib.sha256(content).hexdigest()
    facts = rights.ImportFacts("bench", "jsonl", digest, len(content))
    item = rights.request_import(actor=actor, at=at, facts=facts)
    rights.run_import(
        actor=actor, at=at, item=item, open_file=lambda: io.BytesIO(content)
    )
    Monitor.objects.bulk_create(
        Monitor(right=right, since_on=today(), asked_by="bench")
        for right in Right.objects.all()
    )
    about = watch.SourceFacts(code="bench", name_en="b", name_zh="b")
    source = watch.open_source(actor=actor, at=at, facts=about, agency=agency)
    digest = hashlib.sha256(LISTINGS.read_bytes()).hexdigest()
    facts = watch.FeedFacts("listings", "csv", digest, LISTINGS.stat().st_size)
    wall, busy = time.perf_counter(), time.process_time()
    feed = watch.request_feed(actor=actor, at=at, source=source, facts=facts)
    watch.take_feed(
        actor=actor, at=at, feed=feed, open_file=lambda: LISTINGS.open("rb")
    )
    told("feed", wall, busy, f"{feed.added} offers")


def sweep(_count):
    """Measure one sweep."""
    start()
    from hufu.domain.people.actors import Clockwork
    from hufu.domain.watch.models import Source
    from hufu.domain.watch.services import run_sweep
    from hufu.doors.identity import now

    source = Source.objects.select_related("agency").get()
    wall, busy = time.perf_counter(), time.process_time()
    done = run_sweep(actor=Clockwork(), at=now(), source=source)
    what = (
        f"{done.rights_count} rights, {done.compared} offers,"
        f" {done.matched} matches, {done.leads_opened} leads"
    )
    wall, peak = told("sweep", wall, busy, what)
    return wall > SECONDS or peak >= MEBIBYTES


def told(name, wall, busy, what):
    """Print what a step took."""
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = f"{wall:.2f} s ({busy:.2f} s of the processor), peak {peak:.0f} MiB"
    print(f"{name}: {what}: {took}", flush=True)
    return wall, peak


if __name__ == "__main__":
    missed = 0
    for wanted in [int(word) for word in sys.argv[1:]] or [REALISTIC, ALL]:
        with tempfile.TemporaryDirectory() as home:
            os.environ |= {
                "HUFU_HOME": home,
                "DJANGO_SETTINGS_MODULE": "config.settings",
            }
            for step in (prepare, sweep):
                if not (child := os.fork()):
                    over = bool(step(wanted))
                    os._exit(over)  # an ordinary exit would drop the folder
                missed |= os.waitpid(child, 0)[1]
    if missed:
        sys.exit(f"MISSED {SECONDS} s or {MEBIBYTES} MiB, or a step failed")
