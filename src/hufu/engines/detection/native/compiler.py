"""How loops are compiled: once each, and without counting the holders of arrays.

Left to itself, numba compiles a function anew for each constant that it is called with,
and counts the holders of every array at every step; both together more than double the
time to compile. No function here makes an array, so that there is nothing to count:
what a loop works on is an argument of the outermost function and outlives it.
"""

from typing import Any

from numba import njit, types

# `_nrt` is private to numba: the lock pins it, and no function compiles if it goes.
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}


def native(function: Any, **options: bool) -> Any:
    """Compile a function for the kinds of its arguments, whatever their values."""
    compiled = njit(**{**_OPTIONS, **options})(function)
    template = compiled.get_call_template
    compiled.get_call_template = lambda args, kws: template(
        [_wide(each) for each in args], kws
    )
    return compiled


def inlined(function: Any) -> Any:
    """Compile a function into each of its callers."""
    return native(function, forceinline=True)


def _wide(given: Any) -> Any:
    """Give the kind that a value is passed as: a whole number as one of 64 bits."""
    given = types.unliteral(given)
    if isinstance(given, (types.Tuple, types.UniTuple)):
        return types.Tuple([_wide(each) for each in given.types])
    return types.int64 if given in types.signed_domain else given
