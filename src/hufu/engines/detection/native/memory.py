"""Memory asked for before it is needed, so that many answers are on their way."""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

# As the compiler numbers them; both it and this name are pinned by the lock.
_READ, _KEEP, _DATA = 0, 3, 1


@intrinsic
def fetch(_, array, at):
    """Begin to read one item of an array."""

    def write(context, builder, signature, arguments):
        held = context.make_array(signature.args[0])(context, builder, arguments[0])
        item = builder.gep(held.data, [arguments[1]])
        item = builder.bitcast(item, cgutils.voidptr_t)
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, *[number] * 3])
        call = cgutils.get_or_insert_function(
            builder.module, kind, "llvm.prefetch.p0i8"
        )
        told = (ir.Constant(number, each) for each in (_READ, _KEEP, _DATA))
        builder.call(call, [item, *told])
        return context.get_dummy_value()

    return types.void(array, at), write
