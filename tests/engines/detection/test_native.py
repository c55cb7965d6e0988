"""The native code beside a twin in plain Python."""

import itertools
import math
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hufu.engines.detection import Mark, tables
from hufu.engines.detection.native.edits import (
    edits_at_most_one,
    edits_at_most_two,
    replaced,
)
from hufu.engines.detection.native.forms import KINDS, OWN
from hufu.engines.detection.native.page import read
from hufu.engines.detection.native.sounds import key_of
from hufu.engines.detection.native.store import fold_classes, letters_of, owners_of
from hufu.engines.detection.native.surprise import (
    TRIPLES,
    count_triples,
    surprise,
    surprises,
)
from hufu.engines.detection.reading import loaded, new_scratch, points_of
from hufu.engines.detection.segments import Segment

LETTERS = st.text(alphabet="abcdrnvw1i0@ 华為é-", max_size=24)
SHORT = st.text(alphabet="abc华", max_size=8)
FULL = (1 << 64) - 1


def codes(text):
    return np.array([ord(c) for c in text], np.uint16)


def twin_of_edits(one, other):
    """Give the optimal string alignment distance, by its definition."""
    rows = np.add.outer(range(len(one) + 1), range(len(other) + 1)).tolist()
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            best = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same)
            )
            if (
                i > 1
                and j > 1
                and one[i - 1] == other[j - 2]
                and one[i - 2] == other[j - 1]
            ):
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]


@given(SHORT, SHORT)
@settings(deadline=None, max_examples=400)
def test_edits_are_counted_as_by_their_definition(one, other):
    by_definition = twin_of_edits(one, other)
    assert edits_at_most_two(codes(one), codes(other)) == min(by_definition, 3)
    assert edits_at_most_one(codes(one), codes(other)) == min(by_definition, 2)


@given(SHORT, SHORT)
@settings(deadline=None)
def test_the_only_place_that_differs_is_found(one, other):
    places = [
        at
        for at, pair in enumerate(zip(one, other, strict=False))
        if pair[0] != pair[1]
    ]
    only = places[0] if len(one) == len(other) and len(places) == 1 else -1
    assert replaced(codes(one), codes(other)) == only


def twin_of_fold(text):
    """Fold a text by the table, character by character."""
    fold = tables.letters().fold
    return [int(code) for c in text for code in fold[ord(c)] if code]


@given(LETTERS)
@settings(deadline=None)
def test_letters_are_folded_as_by_the_table(text):
    page, _, _ = new_scratch()
    read(loaded(), points_of([text])[0], page)
    assert page.raw[: page.count[0]].tolist() == twin_of_fold(text)


@given(st.text(alphabet="abcdrnvwilo", min_size=1, max_size=14))
@settings(deadline=None)
def test_a_skeleton_is_written_as_by_its_rules(word):
    held = loaded()
    page, _, _ = new_scratch()
    read(held, points_of([word])[0], page)
    written = []
    for letter in word:
        drawn = "l" if letter == "i" else letter
        if (
            written
            and drawn == written[-1][0]
            and (written[-1][1] == letter or drawn != "l")
        ):
            written[-1] = ("w" if drawn == "v" else drawn, written[-1][1])
        elif written and written[-1][0] == "r" and drawn == "n":
            written[-1] = ("m", written[-1][1])
        else:
            written.append((drawn, letter))
    expected = "".join(drawn for drawn, _ in written)
    assert "".join(map(chr, page.skeleton[: page.count[1]])) == expected


def twin_of_key(text):
    """Hash letters with whole numbers."""
    held = tables.letters()
    total = 0
    for c in text:
        total = (total * int(held.power[1]) + int(held.code[ord(c)])) & FULL
    total ^= len(text) * 0x9E3779B1 & FULL
    for _ in range(2):
        total ^= total >> 32
        total = total * 0xD6E8FEB86659FD93 & FULL
    return total ^ (total >> 32)


@given(st.text(alphabet="abcxyz华为", max_size=20))
@settings(deadline=None)
def test_keys_are_hashed_as_with_whole_numbers(text):
    assert int(key_of(codes(text), len(text), loaded())) == twin_of_key(text)


@given(st.lists(st.integers(0, (1 << 46) - 1), max_size=5))
def test_classes_are_folded_bit_by_bit(masks):
    folded = fold_classes(np.array(masks, np.uint64))
    for mask, fold in zip(masks, folded.tolist(), strict=True):
        bits = {n % 12 for n in range(46) if mask >> n & 1}
        assert fold == (sum(1 << bit for bit in bits) or 0xFFF)


@given(st.lists(st.text(alphabet="abk é华为の", min_size=1, max_size=6), max_size=8))
@settings(deadline=None)
def test_forms_keep_their_letters_and_their_marks(names):
    segment = Segment.of(Mark(f"{at:02}", name) for at, name in enumerate(names))
    store, room = segment.store, np.zeros(tables.LONGEST, np.uint16)
    seen = set()
    for form in range(store.ends.size):
        letters = "".join(map(chr, room[: letters_of(store, form, room)]))
        _, rows = owners_of(store, np.array([form]))
        seen |= {
            (int(row), letters) for row in rows if store.kinds[form] & KINDS == OWN
        }
    plain = ["".join(c for c in name if c != " ") for name in names]
    folded = {
        (at, "".join(map(chr, twin_of_fold(name)))) for at, name in enumerate(plain)
    }
    # Of doubles the second is dropped, but in Han.
    assert {(at, text) for at, text in folded if text and not _doubled(text)} <= seen


def _doubled(text):
    return any(one == two for one, two in itertools.pairwise(text))


def twin_of_surprise(words, asked):
    """Count triples and interpolate them with dictionaries."""
    alphabet = " abcdefghijklmnopqrstuvwxyz"
    seen = [Counter(), Counter(), Counter()]
    for word in words:
        for triple in triples(word):
            for size in range(3):
                seen[size][triple[2 - size :]] += 1

    def chance(text):
        if len(text) == 1:
            total = sum(seen[0].values()) + len(alphabet)
            return (seen[0][text] + 1) / total
        before = sum(seen[len(text) - 1][text[:-1] + c] for c in alphabet)
        return (seen[len(text) - 1][text] + 5 * chance(text[1:])) / (before + 5)

    parts = [min(255, round(-16 * math.log(chance(t)))) for t in triples(asked)]
    return max(min(sum(parts) - 37 * len(parts), 96), -64) + 64


def triples(word):
    padded = f"  {word} "
    return [padded[at : at + 3] for at in range(len(word) + 1)]


@given(st.lists(st.text("abct", min_size=1), max_size=9), st.text("abcdé", min_size=1))
@settings(deadline=None)
def test_letters_surprise_as_a_model_of_triples_says(words, asked):
    counts = np.zeros(TRIPLES, np.int64)
    joined = codes("".join([*words, "é7"]))
    ends = np.cumsum([*map(len, words), 2])
    count_triples(joined, ends, counts)
    held = loaded()._replace(surprise=surprises(counts))
    told = surprise(held, codes(asked))
    assert told == twin_of_surprise(words, asked.replace("é", " "))
