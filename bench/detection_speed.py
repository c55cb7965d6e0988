"""How fast detection is, what it takes, and what a user would take instead."""

import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import detection_peers as peers_of
import numpy as np
import offers
from register import drawn, register

from hufu.engines.detection import Mark
from hufu.engines.detection.files import open_index, write_index
from hufu.engines.detection.index import Index

ROUNDS = 3
SAMPLE = 12_000
EACH = 10_000_000  # marks of a segment: building it takes 10 GB
PER_SECOND, BYTES, BUILD = 40_000, 100, 60
BOUND_TO = 5_000_000  # marks; of more the figures are only told


def masks(texts, chance):
    """Draw a class for each offer."""
    return np.uint64(1) << chance.integers(1, 46, len(texts)).astype(np.uint64)


def best_rate(call, count):
    """Give offers for a second of the processor, the best of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        call()
        spent.append(time.thread_time() - begun)
    return count / min(spent)


def put_into(folder):
    """Give what writes files into a folder."""

    def put(name, parts):
        with (folder / name).open("wb") as file:
            file.writelines(parts)

    return put


def built(count):
    """Build the index; a large one in segments, each written and mapped at once."""
    rows, spent, segments = drawn(count), 0.0, []
    marks = (Mark(row.id, row.text, row.classes) for row in rows)
    with TemporaryDirectory() as folder:
        while part := list(islice(marks, EACH)):
            begun = time.perf_counter()
            index = Index.build(part)
            spent += time.perf_counter() - begun
            del part
            if count > EACH:
                write_index(index, put_into(Path(folder)))
                index = open_index(Path(folder))
            segments += index.segments
    return Index(tuple(segments)), spent


def resident():
    """Give the megabytes of this process in memory: its own, and of mapped files."""
    told = Path("/proc/self/status").read_text().split()
    return [
        int(told[told.index(f"{what}:") + 1]) // 1024 for what in ("RssAnon", "RssFile")
    ]


def measure(count, *, peers):
    """Build an index of a size, and sweep the real titles of the evaluation half."""
    index, seconds = built(count)
    arrays = [
        array
        for segment in index.segments
        for array in (*segment.store, segment.sets, segment.set_of)
    ]
    held = sum(array.nbytes for array in arrays)
    texts = (offers.titles(development=False) * 2)[:SAMPLE]
    classes = masks(texts, np.random.default_rng(3))
    index.candidates(texts[:200], classes[:200])
    rate = best_rate(lambda: index.candidates(texts, classes), len(texts))
    every = best_rate(
        lambda: index.candidates(texts, np.zeros_like(classes)), len(texts)
    )
    parts = len(index.segments)
    print(
        f"\n{count:,} marks in {parts} segments, on one core: built in {seconds:.1f} s"
    )
    told = sum(segment.facts.nbytes for segment in index.segments) / count + 8
    print(f"{held / count:.1f} bytes a mark, {told:.1f} for names and holders")
    print(f"{rate:,.0f} offers a second with class, {every:,.0f} without")
    print("{:,} MB in memory, {:,} MB of mapped files".format(*resident()))
    beside = peers_of.compare(register(count), texts, rate) if peers else {}
    if count > BOUND_TO:
        return beside
    return beside | {
        f"{count:,} marks: {rate:,.0f} of {PER_SECOND:,} offers a second": rate
        >= PER_SECOND,
        f"{count:,} marks: {held / count:.1f} of {BYTES} bytes a mark": held
        <= BYTES * count,
        f"{count:,} marks: built in {seconds:.1f} of {BUILD} s": seconds <= BUILD,
    }
