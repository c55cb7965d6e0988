"""The flat arrays of an index, and how they are made from the forms of marks."""

from typing import NamedTuple

import numpy as np
from numba import njit

from hufu.engines.detection.native.forms import (
    MOST_KEYS,
    MOST_KEYS_WATCHED,
    Forms,
    keys_of_form,
)
from hufu.engines.detection.native.page import new_page
from hufu.engines.detection.tables import Array, Tables

FOLD = 12
EVERY_CLASS = (1 << FOLD) - 1
MEANS = 29  # the three bits above say what a key stands for
MOST_FORMS = 1 << MEANS
_PRINT = 0xFFFFF
_BUCKET = 10
_BITS = 9
_CHUNK = 200_000


class Store(NamedTuple):
    """What the native code looks keys up in.

    `directory` gives the first entry of each bucket; `prints` twenty bits of the key
    and the classes folded to twelve; `refs` what the key stands for and its form;
    `sieve` a Bloom filter of words of 64 bits; `letters`, `ends`, `kinds` the forms;
    `owners` and `owner_ends` the marks of each form.
    """

    directory: Array
    prints: Array
    refs: Array
    sieve: Array
    letters: Array
    ends: Array
    kinds: Array
    owners: Array
    owner_ends: Array


class Unique(NamedTuple):
    """Forms that differ, before their keys are made."""

    letters: Array
    ends: Array
    kinds: Array
    sounds: Array
    watched: Array
    folds: Array


def fold_classes(classes: Array) -> Array:
    """Fold masks of 45 classes to twelve bits; no class may be any class."""
    folded = np.zeros(classes.shape, np.uint64)
    rest = classes.copy()
    while rest.any():
        folded |= rest & np.uint64(EVERY_CLASS)
        rest >>= np.uint64(FOLD)
    folded[classes == 0] = EVERY_CLASS
    return folded.astype(np.uint32)


def make_store(tables: Tables, forms: Forms, classes: Array, watched: Array) -> Store:
    """Make the arrays; the same marks give the same bytes."""
    total = int(forms.count[0])
    key = forms.key[:total] + forms.kind[:total].astype(np.uint64)
    _, first, of = np.unique(key, return_index=True, return_inverse=True)
    owner = forms.owner[:total]
    order = np.argsort(of, kind="stable")
    counts = np.bincount(of, minlength=first.size)
    folds = np.zeros(first.size, np.uint32)
    np.bitwise_or.at(folds, of, fold_classes(classes)[owner])
    seen = np.zeros(first.size, np.uint8)
    np.maximum.at(seen, of, watched[owner])
    starts = np.concatenate([[0], forms.ends[:total]])
    sizes = (starts[1:] - starts[:-1])[first]
    ends = np.cumsum(sizes)
    letters = np.empty(int(sizes.sum()), np.uint16)
    _gather(forms.letters, starts, first, letters)
    unique = Unique(letters, ends, forms.kind[first], forms.sound[first], seen, folds)
    directory, prints, refs, sieve = _entries(tables, unique)
    return Store(
        directory,
        prints,
        refs,
        sieve,
        letters,
        ends.astype(np.uint32),
        unique.kinds,
        owner[order].astype(np.uint32),
        np.cumsum(counts).astype(np.uint32),
    )


@njit(cache=True)
def _gather(source, starts, chosen, target):
    """Copy the chosen forms end to end."""
    at = 0
    for row in chosen:
        for place in range(starts[row], starts[row + 1]):
            target[at] = source[place]
            at += 1


def _entries(tables: Tables, unique: Unique) -> tuple[Array, Array, Array, Array]:
    """Sort the keys of all forms into buckets by counting, in two passes."""
    forms = unique.ends.size
    spare, held = new_page(), _held(unique)
    count = sum(_keys(tables, unique, spare, part, held) for part in _parts(forms))
    bits = max(4, int(np.ceil(np.log2(max(count, 1) / _BUCKET))))
    shift = np.uint64(64 - bits)
    directory = np.zeros((1 << bits) + 1, np.uint32)
    for part in _parts(forms):
        _count(held[0][: _keys(tables, unique, spare, part, held)], shift, directory)
    directory = np.cumsum(directory, dtype=np.uint64).astype(np.uint32)
    prints, refs = np.empty(count, np.uint32), np.empty(count, np.uint32)
    sieve = np.zeros(max(1, count * _BITS // 64), np.uint64)
    store = (prints, refs, sieve, directory[:-1].copy())
    for part in _parts(forms):
        made = _keys(tables, unique, spare, part, held)
        entries = (held[0][:made], held[1][:made], unique.folds)
        _scatter(entries, shift, store)
    return directory, prints, refs, sieve


def _parts(forms: int) -> list[tuple[int, int]]:
    """Cut the forms into parts that fit into memory."""
    return [(at, min(at + _CHUNK, forms)) for at in range(0, forms, _CHUNK)]


def _held(unique: Unique) -> tuple[Array, Array, Array]:
    """Make room for the keys of one part."""
    most = 0
    for start, end in _parts(unique.ends.size):
        watched = int(unique.watched[start:end].sum())
        sizes = np.diff(
            unique.ends[start:end], prepend=unique.ends[start - 1] if start else 0
        )
        plain = int((sizes + 13).sum())
        most = max(most, plain + watched * MOST_KEYS_WATCHED + MOST_KEYS_WATCHED)
    return (
        np.empty(most, np.uint64),
        np.empty(most, np.uint32),
        np.empty(MOST_KEYS_WATCHED + MOST_KEYS, np.uint8),
    )


@njit(cache=True)
def _keys(tables, unique, spare, part, held):
    """Write the keys of some forms and what they stand for; give how many."""
    keys, refs, means = held
    count = 0
    for form in range(part[0], part[1]):
        start = unique.ends[form - 1] if form else 0
        letters = unique.letters[start : unique.ends[form]]
        facts = (unique.kinds[form], unique.sounds[form], unique.watched[form])
        made = keys_of_form(tables, letters, facts, spare, (keys[count:], means))
        for at in range(made):
            refs[count + at] = np.uint32(form) | np.uint32(
                np.uint32(means[at]) << MEANS
            )
        count += made
    return count


@njit(cache=True)
def _count(keys, shift, directory):
    for key in keys:
        directory[(key >> shift) + np.uint64(1)] += np.uint32(1)


@njit(cache=True)
def _scatter(entries, shift, store):
    """Put each key into its bucket and into the sieve."""
    keys, made, folds = entries
    prints, refs, sieve, free = store
    for at in range(keys.size):
        key = keys[at]
        place = free[key >> shift]
        free[key >> shift] += np.uint32(1)
        form = made[at] & np.uint32(MOST_FORMS - 1)
        print_ = np.uint32(key & np.uint64(_PRINT))
        prints[place] = (print_ << np.uint32(FOLD)) | folds[form]
        refs[place] = made[at]
        sieve[sieve_at(key, sieve.size)] |= sieve_bits(key)


@njit(inline="always")
def sieve_at(key, size):
    """Give the word of the sieve that a key belongs to."""
    return (
        ((key >> np.uint64(12)) & np.uint64(0xFFFFFFFF)) * np.uint64(size)
    ) >> np.uint64(32)


@njit(inline="always")
def sieve_bits(key):
    """Give the four bits that a key sets in its word."""
    key = key * np.uint64(0x9FB21C651E98DF25)
    one = np.uint64(1)
    low = np.uint64(63)
    return (
        (one << (key >> np.uint64(58)))
        | (one << ((key >> np.uint64(52)) & low))
        | (one << ((key >> np.uint64(46)) & low))
        | (one << ((key >> np.uint64(40)) & low))
    )
