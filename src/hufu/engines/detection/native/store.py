"""The flat arrays of an index, and how they are made from the forms of marks."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np

from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.forms import (
    KINDS,
    MOST_KEYS,
    MOST_KEYS_WATCHED,
    WORDS_AT,
    Forms,
    keys_of_form,
)
from hufu.engines.detection.native.lengths import LENGTHS_EACH, length_of
from hufu.engines.detection.native.page import new_page
from hufu.engines.detection.tables import Array, Tables

# An entry: the classes folded, what its key stands for and the length of the name (its
# mark), and the print, of which the last bits stand above the number of the form.
FOLD, MARK, FORM = 12, 6, 26
EVERY_CLASS = (1 << FOLD) - 1
MOST_FORMS = 1 << FORM
_PRINT_BITS = 32 - FOLD - MARK
_PRINT, _REST = (1 << _PRINT_BITS) - 1, (1 << (32 - FORM)) - 1
_BUCKET = 10
_BITS = 9
_CHUNK = 100_000
THREADS = 2
WIDE = 0x80
_BYTE = 0xFF


class Store(NamedTuple):
    """What the native code looks keys up in.

    `directory` gives the first entry of each bucket; `prints` fourteen bits of the
    key, its mark and its classes folded; `refs` six bits of the key and its form;
    `sieve` a Bloom filter of words of 64 bits; `letters`, `ends`, `kinds` the forms,
    a letter in one byte, or in two (kind `WIDE`) where some of the form need two;
    `owners` the mark of each form that has one, then the marks of the others, whose
    ends are in `owner_ends`.
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
    key = forms.key[:total] + (forms.kind[:total] & KINDS).astype(np.uint64)
    _, first, of, counts = np.unique(
        key, return_index=True, return_inverse=True, return_counts=True
    )
    # Forms of one mark come first.
    order = np.argsort(counts > 1, kind="stable")
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size)
    first, counts, of = first[order], counts[order], place[of]
    owner = forms.owner[:total]
    folds = np.zeros(first.size, np.uint32)
    np.bitwise_or.at(folds, of, fold_classes(classes)[owner])
    seen = np.zeros(first.size, np.uint8)
    np.maximum.at(seen, of, watched[owner])
    starts = np.concatenate([[0], forms.ends[:total]])
    sizes = (starts[1:] - starts[:-1])[first]
    letters = np.empty(int(sizes.sum()), np.uint16)
    _gather(forms.letters, starts, first, letters)
    unique = Unique(
        letters, np.cumsum(sizes), forms.kind[first], forms.sound[first], seen, folds
    )
    directory, prints, refs, sieve = _entries(tables, unique)
    return Store(
        directory,
        prints,
        refs,
        sieve,
        *_packed(unique),
        owner[np.argsort(of, kind="stable")].astype(np.uint32),
        np.cumsum(counts)[counts > 1].astype(np.uint32),
    )


def _packed(unique: Unique) -> tuple[Array, Array, Array]:
    """Write letters in one byte where that is enough; give them with ends and kinds."""
    sizes = np.diff(unique.ends, prepend=0)
    high = np.concatenate([[0], np.cumsum(unique.letters > _BYTE)])
    wide = high[unique.ends] > high[unique.ends - sizes]
    ends = np.cumsum(np.where(wide, 2 * sizes, sizes))
    out = np.empty(int(ends[-1]) if ends.size else 0, np.uint8)
    _pack(unique.letters, unique.ends, wide, out)
    kinds = unique.kinds | np.where(wide, WIDE, 0).astype(np.uint8)
    return out, ends.astype(np.uint32), kinds


@native
def _pack(letters, ends, wide, out):
    """Write each letter in one byte, or the low and the high one."""
    at, begun = 0, 0
    for form in range(ends.size):
        for place in range(begun, ends[form]):
            out[at] = letters[place] & np.uint16(_BYTE)
            at += 1
            if wide[form]:
                out[at] = letters[place] >> np.uint16(8)
                at += 1
        begun = ends[form]


@native
def letters_of(store, form, out):
    """Write the letters of a form; give how many there are."""
    at = np.int64(store.ends[form - 1]) if form else 0
    end = np.int64(store.ends[form])
    size = 0
    step = 2 if store.kinds[form] & WIDE else 1
    while at < end:
        letter = np.uint16(store.letters[at])
        if step == 2:
            letter |= np.uint16(store.letters[at + 1]) << np.uint16(8)
        out[size] = letter
        size += 1
        at += step
    return size


@inlined
def kind_of(store, form):
    """Give what a form is of its mark."""
    return np.int64(store.kinds[form]) & KINDS


@inlined
def words_of(store, form):
    """Give the number of words of a form."""
    return (np.int64(store.kinds[form]) & ~WIDE) >> WORDS_AT


def owners_of(store: Store, forms: Array) -> tuple[Array, Array]:
    """Give the marks of forms: for each mark the number of its form, and its row."""
    single = store.kinds.size - store.owner_ends.size
    shared = forms - single
    ends = np.concatenate([[single], store.owner_ends]).astype(np.int64)
    starts = np.where(shared < 0, forms, ends[np.maximum(shared, 0)])
    counts = np.where(
        shared < 0,
        1,
        ends[np.minimum(np.maximum(shared, -1) + 1, ends.size - 1)] - starts,
    )
    of = np.repeat(np.arange(forms.size), counts)
    within = np.arange(of.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return of, store.owners[starts[of] + within].astype(np.int64)


@native
def _gather(source, starts, chosen, target):
    """Copy the chosen forms end to end."""
    at = 0
    for row in chosen:
        for place in range(starts[row], starts[row + 1]):
            target[at] = source[place]
            at += 1


def _entries(tables: Tables, unique: Unique) -> tuple[Array, Array, Array, Array]:
    """Sort the keys of all forms into buckets by counting.

    Parts are made side by side, and each thread fills buckets and words of the sieve
    of its own, so that every entry has one place whoever is faster.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(partial(_made, tables, unique), _parts(unique.ends.size)))
        count = sum(keys.size for keys, _, _ in parts)
        bits = max(4, int(np.ceil(np.log2(max(count, 1) / _BUCKET))))
        shift = np.uint64(64 - bits)
        directory = np.zeros((1 << bits) + 1, np.uint32)
        for keys, _, _ in parts:
            _count(keys, shift, directory[1:])
        directory = np.cumsum(directory, dtype=np.uint64).astype(np.uint32)
        prints, refs = np.empty(count, np.uint32), np.empty(count, np.uint32)
        sieve = np.zeros(max(1, count * _BITS // 64), np.uint64)
        store = (prints, refs, sieve, directory[:-1].copy())

        def fill(half: int) -> None:
            for part in parts:
                _scatter((*part, unique.folds), shift, store, half)

        list(pool.map(fill, (0, 1)))
    return directory, prints, refs, sieve


def _made(tables: Tables, unique: Unique, part: tuple[int, int]) -> tuple[Array, ...]:
    """Make the keys of one part."""
    held = _held(unique, part)
    made = _keys(tables, unique, new_page(), part, held)
    keys, marks, forms, _ = held
    return keys[:made].copy(), marks[:made].copy(), forms[:made].copy()


def _parts(forms: int) -> list[tuple[int, int]]:
    """Cut the forms into parts that fit into memory."""
    return [(at, min(at + _CHUNK, forms)) for at in range(0, forms, _CHUNK)]


def _held(unique: Unique, part: tuple[int, int]) -> tuple[Array, ...]:
    """Make room for the keys of one part."""
    start, end = part
    watched = int(unique.watched[start:end].sum())
    begun = unique.ends[start - 1] if start else 0
    sizes = np.diff(unique.ends[start:end], prepend=begun)
    most = int((sizes + 13).sum()) + (watched + 1) * MOST_KEYS_WATCHED
    return (
        np.empty(most, np.uint64),
        np.empty(most, np.uint8),
        np.empty(most, np.uint32),
        np.empty(MOST_KEYS_WATCHED + MOST_KEYS, np.uint8),
    )


@native
def _keys(tables, unique, spare, part, held):
    """Write the keys of some forms and what they stand for; give how many."""
    keys, marks, forms, means = held
    count = 0
    for form in range(part[0], part[1]):
        start = unique.ends[form - 1] if form else 0
        letters = unique.letters[start : unique.ends[form]]
        length = length_of(letters)
        facts = (unique.kinds[form], unique.sounds[form], unique.watched[form])
        made = keys_of_form(tables, letters, facts, spare, (keys[count:], means))
        for at in range(made):
            marks[count + at] = means[at] * LENGTHS_EACH + length
            forms[count + at] = form
        count += made
    return count


@native
def _count(keys, shift, counts):
    for key in keys:
        counts[key >> shift] += np.uint32(1)


@native
def _scatter(entries, shift, store, half):
    """Put keys into their buckets and into the sieve, one half of either."""
    keys, marks, forms, folds = entries
    prints, refs, sieve, free = store
    middle = np.uint64(sieve.size // 2)
    for at in range(keys.size):
        key = keys[at]
        word = sieve_at(key, sieve.size)
        if (word < middle) == (half == 0):
            sieve[word] |= sieve_bits(key)
        if (key >> np.uint64(63)) != np.uint64(half):
            continue
        place = free[key >> shift]
        free[key >> shift] += np.uint32(1)
        told = (print_of(key) << np.uint32(MARK)) | np.uint32(marks[at])
        prints[place] = (told << np.uint32(FOLD)) | folds[forms[at]]
        refs[place] = (rest_of(key) << np.uint32(FORM)) | forms[at]


@inlined
def print_of(key):
    """Give the bits of a key that stand first in an entry."""
    return np.uint32(key & np.uint64(_PRINT))


@inlined
def rest_of(key):
    """Give the bits of a key that stand beside the form."""
    return np.uint32((key >> np.uint64(_PRINT_BITS)) & np.uint64(_REST))


@inlined
def sieve_at(key, size):
    """Give the word of the sieve that a key belongs to."""
    return (
        ((key >> np.uint64(12)) & np.uint64(0xFFFFFFFF)) * np.uint64(size)
    ) >> np.uint64(32)


@inlined
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
