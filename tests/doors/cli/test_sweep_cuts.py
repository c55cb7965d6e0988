"""A file that is cut gives what the whole file gives: rows, lines and rejections."""

import io
from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hufu.base.imports import UnreadableFile, lines
from hufu.base.parquet import parquet_records
from hufu.base.records import Record, csv_records, json_records
from hufu.doors.cli.sweeping import cuts
from hufu.doors.cli.sweeping.files import LIMITS, FileFault
from hufu.doors.cli.sweeping.records import read

BOM = "\ufeff".encode()
HEAD = b"id,title\n"
here = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def names(content):
    for number, text in lines(content, LIMITS):
        parts = text.partition(";")[0].split()
        if parts and parts[0][0] not in "$#@":
            yield Record(number, {"domain": parts[0].rstrip(".")})


AT_ONCE = {
    "csv": lambda content: csv_records(content, (frozenset(),), LIMITS),
    "jsonl": lambda content: json_records(content, LIMITS),
    "names": names,
}


@pytest.fixture
def compare(tmp_path, monkeypatch):
    """Read a text in pieces of a size and at once; give how many pieces there were."""

    def run(kind, content, size):
        path = tmp_path / f"text.{kind}"
        path.write_bytes(content)
        monkeypatch.setattr(cuts, "SIZE", size)
        pieces = list(cuts.cut(path, kind, domains=kind == "names"))
        assert pieces[0].begin == 0
        assert pieces[-1].end == len(content)
        assert all(one.end == other.begin for one, other in pairwise(pieces))
        in_pieces = [row for piece in pieces for row in read(path, kind, piece)]
        assert in_pieces == list(AT_ONCE[kind](io.BytesIO(content)))
        return len(pieces)

    return run


TABLES = {
    "plain": b"1,a\n2,b\n3,c\n",
    "no line end at the end": b"1,a\n2,b\n3,c",
    "line ends of Windows": b"1,a\r\n2,b\r\n3,c\r\n",
    "empty lines": b"\n\n1,a\n\n\n2,b\n\n3,c\n\n",
    "line ends inside a field": b'1,"a\nb\r\nc"\n2,"\n\n"\n3,c\n',
    "quotes inside a field": b'1,"a ""b"" c"\n2,a"b\n3,"c"\n',
    "a bad row": b'1,"a"b\n2,b\n3,c,d\n4\n5,e\n',
    "a quote that is not closed": b'1,a\n2,"b\n3,c\n4,d\n',
    "a quote that is closed too late": b'1,"b\n' + b"2,c\n" * 250 + b'3,"d"\n4,e\n',
    "quotes that swallow good rows": b'1,"b\n2,c\n3,"d\n4,"e"\n',
    "letters of many bytes": "1,青山溪\n2,ﬁ\n3,🙂\n".encode(),
    "half letters": b"1,\xe9\x9d\n2,\x92\xff\n3,\xc3",
    "a byte-order mark inside": b"1,a\n" + BOM + b"2,b\n" + BOM + b'"3",c\n',
    "a carriage return alone": b"1,a\rb\n2,b\n3,c\r\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("size", [1, 7, 30])
@pytest.mark.parametrize("marked", [b"", BOM], ids=["unmarked", "marked"])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_in_pieces_is_the_table(compare, name, marked, size):
    many = compare("csv", marked + HEAD + TABLES[name], size)
    assert many > 1 or not TABLES[name] or size > 7


@pytest.mark.parametrize("size", [1, 5, 64])
def test_names_of_columns_over_several_lines_belong_to_every_piece(compare, size):
    head = b'\n\n"long\nname",title \n'
    assert compare("csv", head + b"1,a\n" * 50, size) > 1


@here
@given(
    content=st.lists(
        st.sampled_from(
            [b'"', b'""', b",", b"\n", b"\r\n", b"\r", b"a", b"\xe9", BOM, b"\n" * 9]
        ),
        max_size=60,
    ),
    size=st.integers(1, 40),
)
def test_a_table_of_anything_in_pieces_is_the_table(compare, content, size):
    compare("csv", HEAD + b"".join(content), size)


@here
@given(
    content=st.lists(
        st.sampled_from(
            [
                b"\n",
                b"\r\n",
                b"\r",
                b'{"domain": "a"}',
                b"a.example",
                b"[]",
                b"$TTL",
                b"; b",
                b" ",
                b"\xe9\x9d",
                "溪".encode(),
                BOM,
            ]
        ),
        min_size=1,
        max_size=60,
    ),
    size=st.integers(1, 40),
    kind=st.sampled_from(["jsonl", "names"]),
)
def test_lines_of_anything_in_pieces_are_the_lines(compare, content, size, kind):
    compare(kind, b"".join(content), size)


@pytest.mark.parametrize("group", [1, 3, 10, 64])
@pytest.mark.parametrize("rows", [1, 4, 25])
def test_a_parquet_file_in_pieces_is_the_file(tmp_path, monkeypatch, group, rows):
    path = tmp_path / "offers.parquet"
    table = pa.Table.from_pylist([{"id": n, "title": f"t{n}"} for n in range(25)])
    pq.write_table(table, path, row_group_size=group)
    monkeypatch.setattr(cuts, "ROWS", rows)
    pieces = list(cuts.cut(path, "parquet", domains=False))
    assert len(pieces) == -(-25 // rows)
    in_pieces = [row for piece in pieces for row in read(path, "parquet", piece)]
    with path.open("rb") as file:
        assert in_pieces == list(parquet_records(file))


def test_a_file_that_grew_keeps_its_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(cuts, "SIZE", 30)
    path = tmp_path / "offers.csv"
    path.write_bytes(HEAD + b"1,one\n" * 20)
    before = list(cuts.cut(path, "csv", domains=False))
    path.write_bytes(path.read_bytes() + b"2,two\n" * 20)
    after = list(cuts.cut(path, "csv", domains=False))
    assert after[: len(before) - 1] == before[:-1]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "names"])
def test_a_file_that_changed_since_is_not_read_as_what_it_was(tmp_path, kind):
    path = tmp_path / "offers"
    path.write_bytes(HEAD + b"1,one\n")
    (piece,) = cuts.cut(path, kind, domains=kind == "names")
    path.write_bytes(HEAD + b"2,two\n")
    with pytest.raises(FileFault, match="changed while it was read"):
        list(read(path, kind, piece))


@pytest.mark.parametrize("kind", ["csv", "jsonl", "names"])
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_a_line_that_is_too_long_is_told_by_its_number(
    tmp_path, monkeypatch, kind, size
):
    path = tmp_path / "long"
    head = HEAD if kind == "csv" else b"{}\n"
    with path.open("wb") as file:
        file.write(head + b"{}\n")
        file.seek(LIMITS.line_bytes, io.SEEK_CUR)
        file.write(b"\n{}\n")
    monkeypatch.setattr(cuts, "SIZE", size)
    with pytest.raises(UnreadableFile, match="Line 3 is longer than 262144 KiB"):
        list(cuts.cut(path, kind, domains=kind == "names"))


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("csv", b"", "The file is empty"),
        ("names", b"", "The file is empty"),
        ("parquet", b"", "The file is empty"),
        ("csv", b"colour,size\nred,1\n", "lacks the columns: title"),
        ("csv", b'"title\nred\n', "lacks the columns: title"),
        ("parquet", b"PAR1 cut short", "not a readable Parquet file"),
    ],
)
def test_a_file_without_anything_to_compare_is_refused(tmp_path, kind, content, told):
    path = tmp_path / "bad"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        list(cuts.cut(path, kind, domains=False))
