"""What a user would take instead of the engine, on the same register and titles.

Each is fed names and titles as its user would write them: folded, without accents
(`normalise`), and the windows of up to four words. Folding a title counts for it, as it
does for the engine. `control` is symspell with the engine's own skeleton, common words
and letters, to part the data from the machine.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from hufu.engines.detection.reading import loaded, new_scratch, points_of
from hufu.engines.detection.text import normalise

TIMES = {
    "ahocorasick_rs, matches that are windows": 3,
    "symspellpy, our skeleton": 25,
    "pg_trgm GIN": 2_000,
    "rapidfuzz": 20_000,
}
SECONDS = 40


def compare(rows, texts, ours):
    """Time the peers, and say which bound of times is kept."""
    names = [normalise(row.text).replace(" ", "") for row in rows]
    names = [name for name in names if len(name) >= 4]
    peers = {
        "ahocorasick_rs": lambda: aho_corasick(names, texts),
        "ahocorasick_rs, matches that are windows": lambda: aho_kept(names, texts),
        "ahocorasick_rs, windows in one text": lambda: aho_windows(names, texts),
        "symspellpy": lambda: symspell(names, texts),
        "symspellpy, our skeleton": lambda: control(rows, texts),
        "rapidfuzz": lambda: rapidfuzz(names, texts),
        "pg_trgm GIN": lambda: pg_trgm(names, texts),
        "dnstwist, marks for offers": lambda: dnstwist(names),
    }
    bounds = {}
    for name, peer in peers.items():
        rate = peer()
        if rate is None:
            print(f"{name}: not on this machine")
            continue
        print(f"{name}: {rate:,.1f} a second; ours is {ours / rate:,.1f} times that")
        if name in TIMES:
            told = f"{ours / rate:,.1f} of {TIMES[name]:,} times {name}"
            bounds[told] = ours >= TIMES[name] * rate
    return bounds


def windows(text):
    """Give the runs of up to four words of a text, joined, as a user would."""
    words = normalise(text).split()
    return {"".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, a + 5)}


def timed(items, call, clock=time.thread_time):
    """Give items done in a second, for as long as the bench waits."""
    begun, started, done = clock(), time.monotonic(), 0
    for item in items:
        call(item)
        done += 1
        if time.monotonic() - started > SECONDS:
            break
    return done / (clock() - begun)


def aho_corasick(names, titles):
    """Search every name in the titles without spaces."""
    import ahocorasick_rs

    machine = ahocorasick_rs.AhoCorasick(names)
    return timed(
        titles,
        lambda title: machine.find_matches_as_indexes(
            normalise(title).replace(" ", ""), overlapping=True
        ),
    )


def aho_kept(names, titles):
    """Search every name, and keep what stands for whole words: a window."""
    import ahocorasick_rs

    machine = ahocorasick_rs.AhoCorasick(names)

    def look(title):
        whole = windows(title)
        text = normalise(title).replace(" ", "")
        found = machine.find_matches_as_strings(text, overlapping=True)
        return [name for name in found if name in whole]

    return timed(titles, look)


def aho_windows(names, titles):
    """Search every name as whole words only: windows parted by a sign of their own."""
    import ahocorasick_rs

    machine = ahocorasick_rs.AhoCorasick([f"|{name}|" for name in names])
    return timed(
        titles,
        lambda title: machine.find_matches_as_indexes(
            f"|{'|'.join(windows(title))}|", overlapping=True
        ),
    )


def _speller(names):
    from symspellpy import SymSpell

    speller = SymSpell(max_dictionary_edit_distance=1, prefix_length=12)
    for name in names:
        speller.create_dictionary_entry(name, 1)
    return speller


def symspell(names, titles):
    """Look the windows up with one edit."""
    from symspellpy import Verbosity

    speller = _speller(names)

    def look(title):
        for window in windows(title):
            if 4 <= len(window) <= 24:
                speller.lookup(window, Verbosity.CLOSEST, max_edit_distance=1)

    return timed(titles, look)


def control(rows, texts):
    """Look windows of the engine's skeleton up with one edit, where a word is rare."""
    from symspellpy import Verbosity

    held, (page, _, _) = loaded(), new_scratch()

    def words(text):
        from hufu.engines.detection.native.page import (
            RANK,
            SKELETON,
            SKELETON_END,
            read,
        )

        read(held, points_of([text])[0], page)
        return [
            ("".join(map(chr, page.skeleton[t[SKELETON] : t[SKELETON_END]])), t[RANK])
            for t in page.tokens[: page.count[2]]
        ]

    speller = _speller("".join(w for w, _ in words(row.text)) for row in rows)

    def look(text):
        told = words(text)
        for a in range(len(told)):
            for b in range(a + 1, min(a + 4, len(told)) + 1):
                window = "".join(word for word, _ in told[a:b])
                rare = any(rank <= 2 for _, rank in told[a:b])
                if rare and 4 <= len(window) <= 24:
                    speller.lookup(window, Verbosity.CLOSEST, max_edit_distance=1)

    return timed(texts, look)


def rapidfuzz(names, titles):
    """Compare every window with every name."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    def look(title):
        for window in windows(title):
            process.extractOne(window, names, scorer=OSA.distance, score_cutoff=1)

    return timed(titles, look)


def dnstwist(names):
    """Write the look-alike domains of marks, without asking for any of them."""
    import dnstwist as twist

    ascii_names = [name for name in names if name.isascii() and name.isalnum()]

    def write(name):
        fuzzer = twist.Fuzzer(f"{name}.com")
        fuzzer.generate()

    return timed(ascii_names, write)


def pg_trgm(names, titles):
    """Ask a server for names like each window, through an index of trigrams."""
    import psycopg

    import postgres

    if postgres.binaries() is None:
        return None
    with postgres.cluster() as url:
        address = url.replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(address, autocommit=True) as server:
            return _asked(server, names, titles)


def _asked(server, names, titles):
    """Fill the table, and ask; the server works while the bench waits."""
    server.execute("create extension pg_trgm")
    server.execute("create table name (text text)")
    with server.cursor().copy("copy name from stdin") as rows:
        for name in names:
            rows.write_row((name,))
    server.execute("create index on name using gin (text gin_trgm_ops)")
    server.execute("set pg_trgm.similarity_threshold = 0.6")

    def look(title):
        asked = [w for w in windows(title) if 4 <= len(w) <= 24]
        server.execute(
            "select w, n.text from unnest(%s::text[]) w join name n on n.text %% w",
            (asked,),
        ).fetchall()

    return timed(titles, look, time.perf_counter)
