"""A scenario to start from: a small invented war in which every section says what it means, its unit and its usual range."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from string import Template

from shadowline.errors import Code, InputError, Where
from shadowline.scenario.references import ID
from shadowline.store import new_folder, write_text

HERE = Path(__file__).parent
FIRST_CHANGE = "actors.norland.order.fixed=0"
"""A change worth trying first: the invented patron orders a halt."""


def starter_id(name: str) -> str:
    """Return the id of a scenario that lives in a folder of that name: lower case, with hyphens for blanks, dots and underscores.

    Raises
    ------
    InputError
        BAD_ID if the name holds other signs than letters from a to z, digits and these.
    """
    key = re.sub(r"[\s._-]+", "-", name.lower()).strip("-")
    if ID.match(key):
        return key
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    nearest = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    expected = "letters from a to z, digits, hyphens, underscores, dots or blanks"
    raise InputError(Code.BAD_ID, "the folder's name cannot become a scenario's id", found=name, expected=expected, nearest=nearest or None)


def starter_files(key: str) -> dict[str, str]:
    """Return the texts of a starter scenario of that id, by file name: the scenario first, then its README."""
    words = {"id": key, "title": key.replace("-", " ").capitalize()}
    sources = {f"{key}.yaml": "scenario.yaml", "README.md": "README.md"}
    return {name: Template((HERE / source).read_text(encoding="utf-8")).substitute(words) for name, source in sources.items()}


def write_starter(folder: Path) -> tuple[Path, ...]:
    """Write a starter scenario into a new or empty folder, whole or not at all.

    Parameters
    ----------
    folder : Path
        Where; its name gives the scenario its id.

    Returns
    -------
    tuple of Path
        The files written, the scenario first.

    Raises
    ------
    InputError
        BAD_ID if the folder's name cannot become an id, CANNOT_WRITE if something is there already or the system refuses.
    """
    files = starter_files(starter_id(_name_of(folder)))
    _refuse_taken(folder)
    with new_folder(folder) as part:
        for name, text in files.items():
            write_text(part / name, text)
    return tuple(folder / name for name in files)


def _name_of(folder: Path) -> str:
    """Return a folder's own name; paths such as ``.`` have one only when they are followed."""
    return folder.name if folder.name not in {"", ".."} else folder.resolve().name


def _refuse_taken(folder: Path) -> None:
    """Refuse a folder with anything in it, earlier results included, and the one that the user stands in."""
    where = Where(file=str(folder))
    expected = "a new or empty folder"
    try:
        taken = folder.is_dir() and any(folder.iterdir())
        inside = folder.is_dir() and Path.cwd().is_relative_to(folder.resolve())
    except OSError as refusal:
        reason = (refusal.strerror or str(refusal)).lower()
        raise InputError(Code.CANNOT_WRITE, f"cannot look into it: {reason}", where=where, expected=expected) from refusal
    if taken:
        raise InputError(Code.CANNOT_WRITE, "there is something in this folder", where=where, expected=expected)
    if inside:  # it is replaced as a whole, which would leave the user standing in a folder that is gone
        raise InputError(Code.CANNOT_WRITE, "the folder you are in cannot be replaced", where=where, expected=f"{expected} below it")
