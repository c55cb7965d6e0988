"""How fast detection is, what it takes, and what a user would take instead."""

import time

import numpy as np
import offers
from register import register

from hufu.engines.detection import Mark
from hufu.engines.detection.index import Index
from hufu.engines.detection.text import normalise

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
    held = sum(array.nbytes for array in segment.store) + segment.classes.nbytes
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
    if peers:
        compare(rows, texts, rate)
    return {
        f"{count:,} marks: {rate:,.0f} of {PER_SECOND:,} offers a second": rate
        >= PER_SECOND,
        f"{count:,} marks: {held / count:.1f} of {BYTES} bytes a mark": held
        <= BYTES * count,
        f"{count:,} marks: built in {built:.1f} of {BUILD} s": built <= BUILD,
    }


def windows(text):
    """Give the runs of up to four words of a text, joined, as a user would."""
    words = text.split()
    return {"".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, a + 5)}


def compare(rows, texts, ours):
    """Time the peers on the same register and titles, normalised as a user would."""
    names = [normalise(row.text).replace(" ", "") for row in rows]
    names = [name for name in names if len(name) >= 4]
    titles = [normalise(text) for text in texts]
    peers = {
        "ahocorasick_rs": aho_corasick,
        "symspellpy": symspell,
        "rapidfuzz": rapidfuzz,
    }
    for name, peer in peers.items():
        rate = peer(names, titles)
        print(f"{name}: {rate:,.1f} a second; ours is {ours / rate:,.1f} times that")


def aho_corasick(names, titles):
    """Search every name in the titles without spaces."""
    import ahocorasick_rs

    machine = ahocorasick_rs.AhoCorasick(names)
    begun = time.thread_time()
    for title in titles:
        machine.find_matches_as_indexes(title.replace(" ", ""), overlapping=True)
    return len(titles) / (time.thread_time() - begun)


def symspell(names, titles):
    """Look the windows up with one edit."""
    from symspellpy import SymSpell, Verbosity

    speller = SymSpell(max_dictionary_edit_distance=1, prefix_length=12)
    for name in names:
        speller.create_dictionary_entry(name, 1)
    some = titles[:600]
    begun = time.thread_time()
    for title in some:
        for window in windows(title):
            if 4 <= len(window) <= 24:
                speller.lookup(window, Verbosity.CLOSEST, max_edit_distance=1)
    return len(some) / (time.thread_time() - begun)


def rapidfuzz(names, titles):
    """Compare every window with every name."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    some, done, begun = titles[:3], 0, time.thread_time()
    for title in some:
        for window in windows(title):
            process.extractOne(window, names, scorer=OSA.distance, score_cutoff=1)
        done += 1
        if time.thread_time() - begun > 60:
            break
    return done / (time.thread_time() - begun)
