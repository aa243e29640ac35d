"""The world as compiled code sees it: one pointer.

A world is some thirty arrays. Passing them all to every function makes calls and compilation several times slower, so compiled code gets
the address of a small table (data pointer and lengths of every array) and `world.proxies` loads from it. In plain Python the same name is
an ordinary attribute; mechanisms cannot tell the difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.imputils import impl_ret_borrowed, lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, register_model, typeof_impl, unbox
from numba.np.arrayobj import populate_array
from numba.np.numpy_support import from_dtype

WORDS_PER_ARRAY = 4
"""Data pointer and up to three lengths."""


class World:
    """Everything that one future is made of, as C-contiguous arrays by name.

    Parameters
    ----------
    arrays : dict of str to array
        Must hold the same names, types and numbers of dimensions for all worlds: that is what compiled code was compiled for.
    """

    kinds: ClassVar[dict[str, tuple[np.dtype, int]]] = {}

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Say that arrays are attributes."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        kinds = {name: (array.dtype, array.ndim) for name, array in arrays.items()}
        World.kinds.update(kinds if not World.kinds else {})
        if World.kinds != kinds:
            msg = "all worlds must have the same arrays"
            raise TypeError(msg)
        self._places = {name: n for n, name in enumerate(arrays)}
        self._table = np.zeros(len(arrays) * WORDS_PER_ARRAY, np.int64)
        self._address = int(self._table.ctypes.data)
        for name, array in arrays.items():
            self.put(name, array)

    def put(self, name: str, array: np.ndarray) -> None:
        """Replace one array by another of the same type."""
        if not array.flags.c_contiguous:
            msg = f"{name} must be contiguous"
            raise ValueError(msg)
        setattr(self, name, array)
        first = self._places[name] * WORDS_PER_ARRAY
        self._table[first] = array.ctypes.data
        self._table[first + 1 : first + 1 + array.ndim] = array.shape


class _WorldType(types.Type):
    """Numba's type of a world."""

    def __init__(self) -> None:
        super().__init__(name="shadowline.World")


world_type = _WorldType()


def _array_type(name: str) -> tuple[int, types.Array]:
    """Return the place and Numba's type of one array of the world."""
    dtype, dimensions = World.kinds[name]
    return list(World.kinds).index(name), types.Array(from_dtype(dtype), dimensions, "C")


@typeof_impl.register(World)
def _typeof_world(_value, _context):
    return world_type


@register_model(_WorldType)
class _WorldModel(models.PrimitiveModel):
    """A world is an address, a 64-bit integer."""

    def __init__(self, manager, kind):
        super().__init__(manager, kind, ir.IntType(64))


@unbox(_WorldType)
def _unbox_world(_kind, value, c):
    address = c.pyapi.object_getattr_string(value, "_address")
    native = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    return NativeValue(native)


@infer_getattr
class _WorldAttributes(AttributeTemplate):
    """Types of the world's attributes."""

    key = _WorldType

    def generic_resolve(self, _kind, name):
        """Return the type of an array, None if there is none of that name."""
        return _array_type(name)[1] if name in World.kinds else None


@lower_getattr_generic(_WorldType)
def _lower_attribute(context, builder, _kind, value, name):
    """Build the array from its pointer and lengths; it borrows its memory, so nothing is counted."""
    place, array_type = _array_type(name)
    table = builder.inttoptr(value, ir.IntType(64).as_pointer())
    constant = builder.module.add_metadata([])

    def word(n):
        loaded = builder.load(cgutils.gep_inbounds(builder, table, place * WORDS_PER_ARRAY + n))
        loaded.set_metadata("invariant.load", constant)
        return loaded

    size = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    lengths = [word(1 + n) for n in range(array_type.ndim)]
    strides = [context.get_constant(types.intp, size)]
    for length in reversed(lengths[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    array = context.make_array(array_type)(context, builder)
    data = builder.inttoptr(word(0), array.data.type)
    populate_array(array, data=data, shape=lengths, strides=strides, itemsize=context.get_constant(types.intp, size), meminfo=None)
    return impl_ret_borrowed(context, builder, array_type, array._getvalue())  # noqa: SLF001 - Numba's way
