import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from shadowline.errors import ShadowlineError
from shadowline.record.load import load_record
from shadowline.record.rows import READERS

CELLS = st.one_of(st.sampled_from(["", "event", "total", "attack", "2024-01-01", "a", "7", "public", "-1", "1e9"]), st.text())


def refused_or_read(tmp_path_factory, content):
    """Write a file, read it as a record, and let pass only a record or an error of this project."""
    path = tmp_path_factory.getbasetemp() / "fuzzed.csv"
    path.write_bytes(content)
    try:
        return load_record(path)
    except ShadowlineError as fault:
        return str(fault)


@given(st.lists(st.lists(CELLS, min_size=len(READERS), max_size=len(READERS)), max_size=4))
def test_no_cell_breaks_the_reader(tmp_path_factory, rows):
    """Whatever stands in the cells, the table is read or refused with a coded error."""
    table = io.StringIO()
    csv.writer(table).writerows([list(READERS), *rows])
    content = table.getvalue().encode("utf-8", errors="surrogatepass")
    assert refused_or_read(tmp_path_factory, content) is not None


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(tmp_path_factory, content):
    """Whatever bytes a file holds, it is read or refused with a coded error."""
    assert refused_or_read(tmp_path_factory, content) is not None
