"""How fast the proof log grows, proves and is verified: `python bench/proof.py`.

Compared with pymerkle, which is GPL and so runs in a process of its own, here only.
"""

import argparse
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
for folder in ("src", "tests", "bench"):
    sys.path.insert(0, str(ROOT / folder))

from measure import (  # noqa: E402
    WARM,
    Timing,
    installed,
    judge,
    machine,
    milliseconds,
    table,
)

from engines.proof.bundling import Bundling  # noqa: E402 - the path comes first
from engines.proof.signers import NOON, ORIGIN, log_signer  # noqa: E402
from hufu.doors.storage.logfolder import LogFolder  # noqa: E402
from hufu.engines.proof.bundles import verify_bundle  # noqa: E402
from hufu.engines.proof.logs import Log  # noqa: E402
from hufu.engines.proof.merkle import leaf_hash  # noqa: E402
from hufu.engines.proof.verification import verify_inclusion  # noqa: E402

ENTRY = 160  # bytes, as a commitment has
BATCHES = (256, 1024, 4096)
DEPOSITS, CREATED = 1000, 201
MEASURED, PROOFS, PEER_LEAVES = 40_960, 2000, 100_000
SECONDS_OF_BUNDLE, EXHIBITS, MOST_OF_DEPOSIT = 5, 1000, 50

PEER = """
import json, os, random, sys, tempfile, time
import pymerkle
count, proofs = int(sys.argv[1]), int(sys.argv[2])
entries = [random.randbytes(160) for _ in range(count)]
with tempfile.TemporaryDirectory() as folder:
    tree = pymerkle.SqliteTree(os.path.join(folder, "tree.db"), algorithm="sha256")
    begun = time.perf_counter()
    tree.append_entries(entries, chunksize=4096)
    grown = count / (time.perf_counter() - begun)
    spent = []
    for _ in range(proofs):
        index = random.randrange(count) + 1
        begun = time.perf_counter()
        tree.prove_inclusion(index, count)
        spent.append(1000 * (time.perf_counter() - begun))
print(json.dumps([grown, sorted(spent)]))
"""


class Unsynced(LogFolder):
    """Only to fill a folder quickly; what is measured is written with fsync."""

    def write(self, path: str, data: bytes) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def write_all(self, files: Mapping[str, bytes]) -> None:
        for path, data in files.items():
            self.write(path, data)


def leaves(count: int) -> list[bytes]:
    return [random.randbytes(ENTRY) for _ in range(count)]  # noqa: S311 - contents


def growing(log: Log, batch: int) -> float:
    """Return how many leaves a second are sequenced, signed and durable."""
    waiting = [leaves(batch) for _ in range(MEASURED // batch)]
    begun = time.perf_counter()
    for entries in waiting:
        log.append(entries, at=NOON)
        log.publish()
    return MEASURED / (time.perf_counter() - begun)


def proving(log: Log, seed: int) -> Timing:
    """Time proofs of leaves anywhere; every fiftieth is checked."""
    view, chance = log.view(), random.Random(seed)  # noqa: S311 - which leaves
    spent = []
    for number in range(PROOFS):
        index = chance.randrange(view.size)
        spent.append(milliseconds(partial(view.prove_inclusion, index)))
        if number % 50 == 0:
            leaf, proof = leaf_hash(view.entry(index)), view.prove_inclusion(index)
            verify_inclusion(leaf, index, view.size, proof, log.head.root)
    return Timing.of(*zip(*spent, strict=True))


def fill(folder: Path, count: int) -> None:
    """Grow a log to a size; the contents are short, to save room."""
    log = Log.open(Unsynced(folder), log_signer(), at=NOON)
    size = log.head.size
    begun = time.perf_counter()
    while size < count:
        end = min(size + (1 << 16), count)
        log.append([b"%d" % number for number in range(size, end)], at=NOON)
        size = end
    print(f"filled to {count:,} leaves in {time.perf_counter() - begun:.0f} s\n")


def peer(count: int) -> tuple[float, Timing]:
    """Measure pymerkle on SQLite, in a process of its own."""
    command = [sys.executable, "-c", PEER, str(count), str(PROOFS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    grown, spent = json.loads(done.stdout)
    return grown, Timing.of(spent)


def bundle() -> float:
    """Return the seconds that verifying a bundle of 1,000 exhibits takes."""
    packed = io.BytesIO(Bundling(EXHIBITS).pack().getvalue())
    begun = time.perf_counter()
    assert verify_bundle(packed).is_sound
    return time.perf_counter() - begun


def depositing() -> Timing:
    """Time deposits by hash through the API: kept, and the receipt signed."""
    with installed() as home:
        from django.conf import settings
        from django.test import Client

        from hufu.domain.people import services
        from hufu.domain.people.actors import Clockwork
        from hufu.doors.identity import new_token, now

        settings.HUFU_LOG_KEY = (home / "keys/log-key").read_text().strip()
        token = new_token()
        facts = services.AccountFacts(username="bench", role="holder", password=token)
        account = services.open_account(actor=Clockwork(), at=now(), facts=facts)
        services.open_key(actor=account, at=now(), name="bench", token=token)
        sent = {"authorization": f"Bearer {token}", "host": "127.0.0.1"}
        client = Client(headers=sent)

        def deposit(number: int) -> None:
            said = {"sha256": f"{number:064x}", "size": number}
            path, kind = "/api/v1/deposits", "application/json"
            answer = client.post(path, said, content_type=kind)
            assert answer.status_code == CREATED, answer.content

        count = DEPOSITS + WARM
        spent = [milliseconds(partial(deposit, number)) for number in range(count)]
        return Timing.of(*zip(*spent[WARM:], strict=True))


def best(measure: Callable[[], float]) -> tuple[float, float]:
    """Return the best and the middle one of three rounds."""
    rounds = sorted(measure() for _ in range(3))
    return rounds[2], rounds[1]


def main() -> None:
    """Measure growth, proofs, verification; judge the bounds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--leaves", type=int, default=10_000_000)
    asked.add_argument("--folder", help="where the log lies; a folder that vanishes")
    options = asked.parse_args()
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory(dir=options.folder) as home:
        folder = Path(home) / "log"
        log = Log.create(LogFolder(folder), log_signer(), ORIGIN, at=NOON)
        small = {batch: best(lambda b=batch: growing(log, b)) for batch in BATCHES}
        early = proving(log, 1)
        theirs, their_proofs = peer(log.head.size)
        report_growth(small, theirs)
        fill(folder, options.leaves)
        log = Log.open(LogFolder(folder), log_signer(), at=NOON)
        late = proving(log, 2)
        grown = best(lambda: growing(log, BATCHES[-1]))
        used = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    report_proofs({f"{3 * len(BATCHES) * MEASURED:,}": early}, late, their_proofs)
    print(f"at {options.leaves:,} leaves: {grown[1]:,.0f} leaves a second, ", end="")
    print(f"{used / 2**20:,.0f} MB on disk\n")
    spent = bundle()
    asked_for = depositing()
    print(f"a deposit by hash through the API: {asked_for.p50:.1f} ms (p50), ", end="")
    print(f"{asked_for.p95:.1f} (p95), {asked_for.most:.1f} (most)\n")
    slowest = min(middle for _, middle in small.values())
    judge(
        {
            f"{slowest:,.0f} leaves a second of at least 5,000": slowest >= 5000,
            f"{grown[1]:,.0f} of them at the end": grown[1] >= 5000,
            f"a proof in {late.p95:.2f} ms (p95) of at most 1": late.p95 <= 1,
            f"a bundle of {EXHIBITS:,} in {spent:.1f} s of at most 5": (
                spent <= SECONDS_OF_BUNDLE
            ),
            f"a deposit in {asked_for.p95:.1f} ms (p95) of at most 50": (
                asked_for.p95 <= MOST_OF_DEPOSIT
            ),
        }
    )


def report_growth(small: dict[int, tuple[float, float]], theirs: float) -> None:
    """Print the rates; the best of three rounds, then the middle one."""
    rows: list[tuple[object, ...]] = [
        (f"{batch}, each fsynced", *(f"{rate:,.0f}" for rate in rates))
        for batch, rates in small.items()
    ]
    ratio = small[BATCHES[-1]][1] / theirs
    rows.append(("pymerkle on SQLite, chunks of 4096", f"{theirs:,.0f}", ""))
    table(rows, "leaves in a batch", "leaves a second", "median round")
    print(f"ratio to pymerkle: {ratio:.1f}\n")


def report_proofs(early: dict[str, Timing], late: Timing, theirs: Timing) -> None:
    """Print how long proofs take, and how that grows."""
    rows: list[tuple[object, ...]] = []
    for size, timing in (*early.items(), ("at the end", late), ("pymerkle", theirs)):
        cells = (timing.p50, timing.p95, timing.most)
        busy = f"{timing.busy:.2f}" if timing.busy else ""
        rows.append((size, *(f"{cell:.2f}" for cell in cells), busy))
    table(
        rows, "inclusion proofs among", "p50 ms", "p95 ms", "most ms", "processor p95"
    )
    ours = next(iter(early.values()))
    print(f"ratio to pymerkle, same size: {theirs.p50 / ours.p50:.1f}\n")


if __name__ == "__main__":
    main()
