"""Files and folders are written whole or not at all."""

import hashlib
import json
import stat

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shadowline import store
from shadowline.errors import Code, InputError
from shadowline.store import new_folder, sha256_of, write_json, write_parquet, write_text


def names(folder):
    """Return the names of everything in `folder`, hidden parts included."""
    return sorted(path.name for path in folder.iterdir())


def fill(folder, mark):
    """Write what a run writes: a manifest that names shadowline, and a table's stand-in."""
    write_json(folder / "manifest.json", {"shadowline": "0.1.0"})
    write_text(folder / "mark.txt", mark)


def test_text_is_written_in_utf8_with_its_parents(tmp_path):
    """Text arrives in UTF-8 with plain line ends, and missing parent folders are made."""
    write_text(tmp_path / "a" / "b" / "x.txt", "Kata'ib Hizbullāh\n")

    assert (tmp_path / "a" / "b" / "x.txt").read_bytes() == "Kata'ib Hizbullāh\n".encode()
    assert names(tmp_path / "a" / "b") == ["x.txt"]


def test_json_keeps_order_and_refuses_nan(tmp_path):
    """JSON keeps the order of keys, and a NaN leaves no file behind."""
    write_json(tmp_path / "x.json", {"b": 1, "a": "ā"})

    assert list(json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))) == ["b", "a"]
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path / "nan.json", {"a": float("nan")})
    assert names(tmp_path) == ["x.json"]


def test_the_same_table_gives_the_same_bytes(tmp_path):
    """A table is read back as it was, and writing it twice gives equal hashes."""
    table = pa.table({"run": [0, 1], "event": ["attack", "strike"]})
    for name in ("one.parquet", "two.parquet"):
        write_parquet(tmp_path / name, table)

    assert pq.read_table(tmp_path / "one.parquet").equals(table)
    assert sha256_of(tmp_path / "one.parquet") == sha256_of(tmp_path / "two.parquet")


def test_the_hash_is_sha256_of_the_bytes(tmp_path):
    """The hash of a file is the SHA-256 of its bytes."""
    write_text(tmp_path / "x", "abc")

    assert sha256_of(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()


def test_a_folder_appears_only_when_complete(tmp_path):
    """Until the block ends, nothing stands at the folder's place; then all of it does."""
    place = tmp_path / "results" / "one"
    with new_folder(place) as part:
        fill(part, "first")
        assert not place.exists()

    assert names(place) == ["manifest.json", "mark.txt"]
    assert names(tmp_path / "results") == ["one"]
    assert stat.S_IMODE(place.stat().st_mode) == stat.S_IMODE((tmp_path / "results").stat().st_mode)


@pytest.mark.parametrize("interruption", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_an_interrupted_folder_leaves_nothing_behind(tmp_path, interruption):
    """An error or Ctrl-C in the block leaves neither the folder, nor a part of it, nor parents made for it."""
    with pytest.raises(interruption), new_folder(tmp_path / "deep" / "er" / "one") as part:
        fill(part, "first")
        raise interruption

    assert names(tmp_path) == []


def test_earlier_results_are_replaced_as_a_whole(tmp_path):
    """Results of an earlier run are replaced, files of the old ones do not linger."""
    place = tmp_path / "one"
    with new_folder(place) as part:
        fill(part, "first")
        write_text(part / "old.txt", "old")
    with new_folder(place) as part:
        fill(part, "second")

    assert names(place) == ["manifest.json", "mark.txt"]
    assert (place / "mark.txt").read_text() == "second"
    assert names(tmp_path) == ["one"]


def test_an_interruption_keeps_the_earlier_results(tmp_path):
    """If the second run is interrupted, the results of the first stand untouched."""
    place = tmp_path / "one"
    with new_folder(place) as part:
        fill(part, "first")
    with pytest.raises(KeyboardInterrupt), new_folder(place) as part:
        fill(part, "second")
        raise KeyboardInterrupt

    assert (place / "mark.txt").read_text() == "first"
    assert names(tmp_path) == ["one"]


def test_a_failed_swap_puts_the_earlier_results_back(tmp_path, monkeypatch):
    """If the system refuses the last rename, the earlier results are back in their place."""
    place = tmp_path / "one"
    with new_folder(place) as part:
        fill(part, "first")
    rename = store.Path.rename

    def refuse_the_new(self, target):
        if (self / "mark.txt").read_text() == "second":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(store.Path, "rename", refuse_the_new)
    with pytest.raises(InputError, match="no space left"), new_folder(place) as part:
        fill(part, "second")

    assert (place / "mark.txt").read_text() == "first"
    assert names(tmp_path) == ["one"]


def test_an_empty_folder_is_filled(tmp_path):
    """A folder that is empty may be named as the place of results."""
    (tmp_path / "one").mkdir()
    with new_folder(tmp_path / "one") as part:
        fill(part, "first")

    assert names(tmp_path / "one") == ["manifest.json", "mark.txt"]


@pytest.mark.parametrize("content", ["thesis.txt", "manifest.json"])
def test_a_folder_of_somebody_else_is_refused_before_the_work(tmp_path, content):
    """A folder with other content, even with some other program's manifest, is never replaced."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / content).write_text('{"name": "my thesis"}')

    with pytest.raises(InputError) as caught, new_folder(tmp_path / "one"):
        pytest.fail("the block must not begin")

    assert caught.value.code is Code.CANNOT_WRITE
    assert names(tmp_path / "one") == [content]


def test_a_file_in_the_way_is_refused(tmp_path):
    """A file at the place of the folder, or of one of its parents, is a coded error and stays as it is."""
    (tmp_path / "file").write_text("mine")

    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError) as caught, new_folder(place):
            pytest.fail("the block must not begin")
        assert caught.value.code is Code.CANNOT_WRITE
    with pytest.raises(InputError):
        write_text(tmp_path / "file" / "below.txt", "x")
    assert (tmp_path / "file").read_text() == "mine"
    assert names(tmp_path) == ["file"]


def test_an_unwritable_folder_is_a_coded_error(tmp_path, monkeypatch):
    """If the system gives no permission, the error says so with its code and the path."""

    def refuse(self, *_args, **_options):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(store.Path, "mkdir", refuse)
    with pytest.raises(InputError, match="permission denied") as caught, new_folder(tmp_path / "one"):
        pytest.fail("the block must not begin")

    assert caught.value.code is Code.CANNOT_WRITE
    assert caught.value.where.file == str(tmp_path / "one")


def test_a_file_that_cannot_replace_a_folder_leaves_no_part(tmp_path):
    """Writing a file over a folder fails with a code and leaves no temporary file."""
    (tmp_path / "x.txt").mkdir()

    with pytest.raises(InputError) as caught:
        write_text(tmp_path / "x.txt", "text")

    assert caught.value.code is Code.CANNOT_WRITE
    assert names(tmp_path) == ["x.txt"]


def test_files_of_others_among_earlier_results_are_kept(tmp_path):
    """Earlier results among which somebody has put a file of his own are not replaced, and the message names it."""
    with new_folder(tmp_path / "out") as part:
        write_text(part / "figures" / "a.svg", "<svg/>")
        write_json(part / "manifest.json", {"shadowline": "0", "files": {"figures/a.svg": "0"}})
    with new_folder(tmp_path / "out") as part:
        write_json(part / "manifest.json", {"shadowline": "0", "files": {}})
    (tmp_path / "out" / "notes.txt").write_text("mine")

    with pytest.raises(InputError, match=r"notes\.txt") as caught, new_folder(tmp_path / "out"):
        pass

    assert caught.value.code == Code.CANNOT_WRITE
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"
