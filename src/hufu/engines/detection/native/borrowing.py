"""Arrays without an owner: what the caller holds need not be counted in every loop.

Native code counts the holders of an array at each call, which takes longer than the
work of a small function. A borrowed array has no counter; its owner is an argument of
the outermost function and outlives it. A mapped file is borrowed like memory.
"""

from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from hufu.engines.detection.native.page import Page
from hufu.engines.detection.native.store import Store
from hufu.engines.detection.native.windows import Probes
from hufu.engines.detection.tables import Tables


@intrinsic
def _borrowed(_typing, array):
    """Give an array without the pointers to its owner; a read-only one as any other."""
    plain = types.Array(array.dtype, array.ndim, "C")

    def generate(context, builder, _signature, given):
        held = context.make_array(array)(context, builder, value=given[0])
        held.meminfo = cgutils.get_null_value(held.meminfo.type)
        held.parent = cgutils.get_null_value(held.parent.type)
        return held._getvalue()  # noqa: SLF001 - the way numba's own code reads a struct

    return plain(array), generate


@njit(cache=True, nogil=True)
def borrow_tables(tables):
    """Borrow the tables of letters and words."""
    return Tables(
        _borrowed(tables.fold),
        _borrowed(tables.drawn),
        _borrowed(tables.syllable),
        _borrowed(tables.other),
        _borrowed(tables.letters),
        _borrowed(tables.starts),
        _borrowed(tables.near),
        _borrowed(tables.code),
        _borrowed(tables.power),
        _borrowed(tables.keys),
        _borrowed(tables.ranks),
    )


@njit(cache=True, nogil=True)
def borrow_page(page):
    """Borrow the room for a text."""
    return Page(
        _borrowed(page.raw),
        _borrowed(page.place),
        _borrowed(page.skeleton),
        _borrowed(page.root),
        _borrowed(page.hashes),
        _borrowed(page.sounds),
        _borrowed(page.inside),
        _borrowed(page.tokens),
        _borrowed(page.count),
    )


@njit(cache=True, nogil=True)
def borrow_probes(probes):
    """Borrow the room for keys and windows."""
    return Probes(
        _borrowed(probes.keys),
        _borrowed(probes.of),
        _borrowed(probes.how),
        _borrowed(probes.windows),
        _borrowed(probes.found),
        _borrowed(probes.letters),
        _borrowed(probes.count),
    )


@njit(cache=True, nogil=True)
def borrow_store(store):
    """Borrow the arrays of an index."""
    return Store(
        _borrowed(store.directory),
        _borrowed(store.prints),
        _borrowed(store.refs),
        _borrowed(store.sieve),
        _borrowed(store.letters),
        _borrowed(store.ends),
        _borrowed(store.kinds),
        _borrowed(store.owners),
        _borrowed(store.owner_ends),
    )
