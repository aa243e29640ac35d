"""One decorator for everything that is compiled.

Numba's cache on disk notices an edit of the file that holds a function, not of the files that the function calls. The cache folder is
therefore named by a hash of all kernel sources: any edit starts a new one.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numba
from platformdirs import user_cache_path

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

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
"""Compile without the interpreter lock, cached on disk; division by zero follows IEEE rules as in NumPy."""
