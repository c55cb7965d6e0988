"""Import the 40,256 names of the demonstration register, then import them again.

    .venv/bin/python bench/rights.py

Prints seconds and the peak of memory, on a fresh SQLite database; ends with an error
when the import takes longer than 15 s.
"""

import hashlib
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import measure

ROOT = Path(__file__).parents[1]
BOUND = 15  # seconds for the import
MARKS = ROOT / "data/marks.csv.gz"
QUERIES = ("华为", "小米", "coca", "starb", "apple", "hotel", "é", "bank of", "星巴克")


def timed(name, call):
    """Run a call and print how long it took."""
    start, busy = time.perf_counter(), time.process_time()
    result = call()
    wall, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"{name}: {wall:.2f} s ({busy:.2f} s of the processor)")
    return result, wall


def set_up():
    """Make the database of a fresh installation."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def bring_in(register=""):
    """Import the names of the demonstration, as those of a register."""
    from hufu.domain.people.actors import Clockwork
    from hufu.domain.rights import services
    from hufu.doors.identity import now

    digest = hashlib.sha256(MARKS.read_bytes()).hexdigest()
    size = MARKS.stat().st_size
    facts = services.ImportFacts("marks", "csv", digest, size, register, demo=True)
    item = services.request_import(actor=Clockwork(), at=now(), facts=facts)
    return services.run_import(
        actor=Clockwork(), at=now(), item=item, open_file=lambda: MARKS.open("rb")
    )


def main():
    """Set up, import twice, search."""
    set_up()
    from hufu.domain.rights import queries
    from hufu.domain.rights.models import Right
    from hufu.doors.identity import today

    first, wall = timed("import of all names", bring_in)
    assert first.added == Right.objects.count() == 40256
    # The same rows as another file: nothing differs, so nothing is written.
    again, _ = timed("the same rows once more", lambda: bring_in("names-in-use"))
    assert again.unchanged == 40256
    for text in QUERIES:
        search = queries.Search(day=today(), text=text)
        start = time.perf_counter()
        found = queries.search_rights(search)
        page = found.rights(0, 20, day=today())
        spent = (time.perf_counter() - start) * 1000
        more = "+" if found.more else ""
        print(f"search {text}: {len(found.keys)}{more} found, {spent:.0f} ms", page[:1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak of memory: {peak:.0f} MiB")
    measure.judge({f"import: {wall:.1f} s of at most {BOUND}": wall <= BOUND})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HUFU_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        sys.path.insert(0, str(ROOT / "src"))
        main()
