"""How fast detection is, what it takes, and what a user would take instead."""

import time

import detection_peers as peers_of
import numpy as np
import offers
from register import register

from hufu.engines.detection import Mark
from hufu.engines.detection.index import Index

ROUNDS = 3
SAMPLE = 12_000
PER_SECOND, BYTES, BUILD = 40_000, 100, 60


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


def measure(count, *, peers):
    """Build an index of a size, and sweep the real titles of the evaluation half."""
    rows = register(count)
    begun = time.perf_counter()
    index = Index.build(Mark(r.id, r.text, r.classes) for r in rows)
    built = time.perf_counter() - begun
    segment = index.segments[0]
    arrays = (*segment.store, segment.sets, segment.set_of)
    held = sum(array.nbytes for array in arrays)
    texts = (offers.titles(development=False) * 2)[:SAMPLE]
    classes = masks(texts, np.random.default_rng(3))
    index.candidates(texts[:200], classes[:200])
    rate = best_rate(lambda: index.candidates(texts, classes), len(texts))
    every = best_rate(
        lambda: index.candidates(texts, np.zeros_like(classes)), len(texts)
    )
    print(f"\n{count:,} marks, on one core: built in {built:.1f} s")
    told = segment.facts.nbytes / count + 8
    print(f"{held / count:.1f} bytes a mark, {told:.1f} for names and holders")
    print(f"{rate:,.0f} offers a second with class, {every:,.0f} without")
    beside = peers_of.compare(rows, texts, rate) if peers else {}
    return beside | {
        f"{count:,} marks: {rate:,.0f} of {PER_SECOND:,} offers a second": rate
        >= PER_SECOND,
        f"{count:,} marks: {held / count:.1f} of {BYTES} bytes a mark": held
        <= BYTES * count,
        f"{count:,} marks: built in {built:.1f} of {BUILD} s": built <= BUILD,
    }
