"""One decorator for everything that is compiled.

Numba's cache on disk notices an edit of the file that holds a function, not of the files that the function calls. The cache folder is
therefore named by a hash of all kernel sources: any edit starts a new one.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numba
from numba.core import codegen
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Callable

_PACKAGE = Path(__file__).resolve().parent.parent
_KERNEL_ROOMS = ("engine", "mechanisms")


def source_hash() -> str:
    """Return a hash (16 hexadecimal digits) over the sources of all kernels and of the compiler's version."""
    digest = hashlib.sha256(numba.__version__.encode())
    for room in _KERNEL_ROOMS:
        for path in sorted((_PACKAGE / room).glob("*.py")):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Return the folder of compiled code for exactly these sources (it may not exist yet)."""
    root = os.environ.get("SHADOWLINE_CACHE")
    return (Path(root) if root else user_cache_path("shadowline")) / "kernels" / source_hash()


if "NUMBA_CACHE_DIR" not in os.environ:
    numba.config.CACHE_DIR = str(cache_folder())


def _optimise_once() -> None:
    """Let LLVM optimise a private kernel only where it ends up, inside the kernels that call it.

    By default Numba optimises every function together with all that it calls, so a kernel six calls deep is optimised six times; leaving
    that to the outermost ones takes a third off the first start and changes no result. The switch is not public: without it, compilation
    is merely slower.
    """
    library = getattr(codegen, "CPUCodeLibrary", None)
    optimise = getattr(library, "_optimize_final_module", None)
    if library is None or optimise is None or getattr(library, "_shadowline", False):
        return

    def optimise_outermost(self: Any) -> None:
        inner = self.name in _INNER
        if not inner:
            optimise(self)

    library._optimize_final_module = optimise_outermost  # noqa: SLF001 - see above
    library._shadowline = True  # noqa: SLF001


OUTERMOST = {"play_draw", "tell_future", "fill_uniforms", "spread"}
"""Kernels that Python calls; all others end up inside them."""
_INNER: set[str] = set()
_optimise_once()
_OPTIONS = {"cache": True, "nogil": True, "error_model": "numpy", "no_rewrites": True}


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a kernel without the interpreter lock, cached on disk; division by zero follows IEEE rules as in NumPy.

    A private kernel (its name begins with an underscore), and a mechanism's kernel that takes the world, can be called by kernels only:
    making no entry from Python for them saves a third of the time of compilation. Their ``py_func`` is the uncompiled function.
    """
    takes_world = function.__code__.co_varnames[:1] == ("world",)
    private = function.__name__.startswith("_") or (takes_world and ".mechanisms." in function.__module__)
    if function.__qualname__ not in OUTERMOST:
        _INNER.add(function.__qualname__)
    return numba.njit(no_cpython_wrapper=private, no_cfunc_wrapper=True, **_OPTIONS)(function)  # type: ignore[no-any-return]
