"""Files that are refused whole, with words that say what to do."""

import gzip
import io
import tracemalloc
import zipfile
from itertools import islice

import pytest

from hufu.base.imports import MIB, UNREADABLE, Limits, UnreadableFile
from hufu.domain.rights.imports import READERS

HEAD = "kind,name,source_id\n"
GOOD = "trademark,Fictionia,1\n"
SMALL = Limits(expanded_bytes=2 * MIB, line_bytes=4096, rows=50, broken_rows=5)


def refusal(form, content, limits=SMALL):
    with pytest.raises(UnreadableFile) as caught:
        list(READERS[form](io.BytesIO(content), limits))
    assert caught.value.message == UNREADABLE[caught.value.code] % caught.value.params
    return caught.value


def packed(name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def many(count):
    return (HEAD + "".join(f"trademark,F,{n}\n" for n in range(count))).encode()


@pytest.mark.parametrize("form", sorted(READERS))
def test_an_empty_file(form):
    assert refusal(form, b"").code == "empty"


@pytest.mark.parametrize("form", sorted(READERS))
def test_a_gzip_of_nothing(form):
    assert refusal(form, gzip.compress(b"", mtime=0)).code == "empty"


def test_a_truncated_gzip():
    whole = gzip.compress(many(40), mtime=0)
    refused = refusal("csv", whole[:-12])
    assert refused.code == "truncated"
    assert "complete file" in refused.message


def test_a_damaged_gzip():
    whole = bytearray(gzip.compress(many(40), mtime=0))
    whole[-6] ^= 0xFF
    assert refusal("csv", bytes(whole)).code == "damaged"


def test_latin_1():
    refused = refusal("csv", (HEAD + "trademark,Café,1\n").encode("latin-1"))
    assert refused.code == "wrong_encoding"
    assert "Line 2" in refused.message
    assert "UTF-8" in refused.message


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_other_encodings(encoding):
    content = (HEAD + "trademark,虎符样例,1\n").encode(encoding)
    assert refusal("csv", content).code == "wrong_encoding"


def test_more_rows_than_allowed():
    assert refusal("csv", many(51)).code == "too_many_rows"
    assert len(list(READERS["csv"](io.BytesIO(many(50)), SMALL))) == 50


def test_nothing_but_blank_lines():
    assert refusal("csv", HEAD.encode() + b"\n" * 500).code == "too_many_rows"


def test_a_line_without_end():
    assert refusal("csv", (HEAD + "x" * 5000).encode()).code == "line_too_long"


def test_rows_broken_one_after_the_other():
    content = (HEAD + '"a"b,c,d\n' * 20).encode()
    assert refusal("csv", content).code == "too_many_broken_rows"


def test_a_file_that_is_no_table_of_ours():
    refused = refusal("csv", b"a,b,c\n1,2,3\n")
    assert refused.code == "missing_columns"
    assert "kind" in refused.message


def test_a_gzip_bomb_costs_no_memory():
    """Eight GiB of rows, in less than nine MiB on disk."""
    rows = f"trademark,{'F' * 4000},1\n".encode() * 4096
    bomb = gzip.compress(HEAD.encode(), mtime=0) + gzip.compress(rows) * 512
    assert len(bomb) < 20 * MIB
    roomy = Limits(expanded_bytes=8 * MIB, rows=10**9)
    tracemalloc.start()
    refused = refusal("csv", bomb, roomy)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.code == "too_large"
    assert peak < 8 * MIB


def test_a_gzip_bomb_of_one_line():
    bomb = gzip.compress(b"x" * 16 * MIB, mtime=0) * 64
    assert refusal("jsonl", bomb, Limits()).code == "line_too_long"


def test_a_zip_bomb():
    content = HEAD.encode() + (b"x" * 1023 + b"\n") * 32 * 1024
    roomy = Limits(expanded_bytes=4 * MIB)
    assert refusal("csv", packed("a.csv", content), roomy).code == "too_large"


def test_a_zip_that_ends_too_early():
    assert refusal("csv", packed("a.csv", many(40))[:-30]).code == "truncated"


def test_a_zip_without_the_file():
    refused = refusal("csv", packed("a.txt", many(1)))
    assert refused.code == "no_member"
    assert ".csv" in refused.message


def test_rows_before_the_refusal_are_given():
    """The caller's transaction decides about them."""
    cut = gzip.compress(many(40_000), mtime=0)[:-12]
    rows = READERS["csv"](io.BytesIO(cut), Limits())
    assert len(list(islice(rows, 3))) == 3
    with pytest.raises(UnreadableFile):
        list(rows)


def test_memory_does_not_grow_with_the_file():
    def peak(count):
        content = io.BytesIO(many(count))
        tracemalloc.start()
        for _row in READERS["csv"](content, Limits()):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    bytes_a_row = (peak(20_000) - peak(5_000)) / 15_000
    assert bytes_a_row < 250
