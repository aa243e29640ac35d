"""The one writer of files: whole or not at all.

Every file and every folder is filled under a temporary name beside its place and renamed at the end. An error or
Ctrl-C on the way removes what was begun, including parent folders made for it, and leaves what stood there before.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from shadowline.errors import Code, InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

MANIFEST = "manifest.json"


def write_text(path: Path, text: str) -> None:
    """Write `text` in UTF-8 to `path`, making missing parent folders.

    Raises
    ------
    InputError
        CANNOT_WRITE if the system refuses.
    """
    _write(path, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))


def write_json(path: Path, value: object) -> None:
    """Write `value` as indented JSON to `path`; its keys keep their order.

    Raises
    ------
    InputError
        CANNOT_WRITE if the system refuses.
    ValueError
        If a number is NaN or infinite, which JSON cannot say.
    """
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write an Arrow table to `path`; the same table gives the same bytes.

    Raises
    ------
    InputError
        CANNOT_WRITE if the system refuses.
    """
    # Imported here: the words before a run need no Arrow, and `--help` should not wait for it.
    import pyarrow.parquet as pq

    _write(path, lambda part: pq.write_table(table, part, compression="zstd"))


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Yield an empty temporary folder that becomes `path` when the block ends well.

    An empty folder at `path`, or one that an earlier run of shadowline wrote, is replaced as a whole; anything else
    is refused before the block begins.

    Raises
    ------
    InputError
        CANNOT_WRITE if the system refuses or something else stands at `path`.
    """
    path = Path(path).resolve()
    with _parents(path):
        with _refusals(path):
            _check_replaceable(path)
            part = _part_of(path)
            part.mkdir()
        try:
            yield part
            with _refusals(path):
                _swap_in(part, path)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file at `path` in hexadecimal digits."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, fill: Callable[[Path], object]) -> None:
    path = Path(path).resolve()
    with _parents(path), _refusals(path):
        part = _part_of(path)
        try:
            fill(part)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


@contextmanager
def _parents(path: Path) -> Iterator[None]:
    """Make the missing parents of `path`; if the block fails, remove those that were made."""
    with _refusals(path):
        missing = [parent for parent in path.parents if not parent.exists()]
    try:
        with _refusals(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for parent in missing:
            try:
                parent.rmdir()
            except OSError:
                break  # never made, or somebody else has put something into it
        raise


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Turn the system's refusals into coded errors about `path`."""
    try:
        yield
    except OSError as refusal:
        reason = (refusal.strerror or str(refusal)).lower()
        raise InputError(Code.CANNOT_WRITE, f"cannot write: {reason}", where=Where(file=str(path))) from refusal


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _check_replaceable(path: Path) -> None:
    if not path.exists() or (path.is_dir() and (not any(path.iterdir()) or _is_results(path))):
        _check_nothing_else(path)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise PermissionError(None, "permission denied")
        return
    fault = "a folder that shadowline did not make is there" if path.is_dir() else "a file is there"
    raise InputError(Code.CANNOT_WRITE, fault, where=Where(file=str(path)), expected="a new or empty folder, or earlier results")


def _check_nothing_else(folder: Path) -> None:
    """Refuse earlier results among which somebody has put files of his own: they would be gone."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return
    try:
        listed = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    except (ValueError, TypeError, KeyError):
        return
    ours = {MANIFEST, *listed}
    others = sorted(name for file in folder.rglob("*") if file.is_file() and (name := file.relative_to(folder).as_posix()) not in ours)
    if others:
        fault = "other files lie among the results that are there, such as " + others[0]
        raise InputError(Code.CANNOT_WRITE, fault, where=Where(file=str(folder)), expected="another folder, or that file elsewhere")


def _is_results(folder: Path) -> bool:
    """Return whether `folder` holds a manifest of ours; other programs have files of that name too."""
    manifest = folder / MANIFEST
    try:
        return manifest.is_file() and '"shadowline' in manifest.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _swap_in(part: Path, path: Path) -> None:
    """Rename `part` to `path`; what stood there is moved aside first and removed last."""
    if not path.exists():
        part.rename(path)
        return
    aside = _part_of(path)
    path.rename(aside)
    try:
        part.rename(path)
    except BaseException:
        aside.rename(path)
        raise
    shutil.rmtree(aside, ignore_errors=True)
