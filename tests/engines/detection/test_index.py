"""The index: adding, withdrawing, files."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.files import IndexFileError, open_index, write_index
from hufu.engines.detection.index import Index, warm_up
from hufu.engines.detection.native.features import weigh
from hufu.engines.detection.native.hits import find

NAMES = st.text(alphabet="abcdefghijk nmorw1华为耐克运动茅台", min_size=1, max_size=9)
MARKS = st.lists(
    st.builds(Mark, id=st.sampled_from("abcdefghij"), text=NAMES), max_size=8
)
TITLES = st.lists(NAMES, min_size=1, max_size=4)


def answers(index, titles):
    found = index.sweep([Offer(str(at), title) for at, title in enumerate(titles)])
    return [[(m.mark_id, m.score, m.reasons) for m in one] for one in found]


def named(row):
    """Give a match but for what depends on how many marks there are."""
    return row[0], [reason for reason in row[2] if reason.code != "among"]


class Folder:
    """Puts a file whole: beside it first, then under its name."""

    def __init__(self, path):
        self.path = path
        self.names = []

    def __call__(self, name, parts):
        self.names.append(name)
        beside = self.path / f"{name}.new"
        beside.write_bytes(b"".join(parts))
        beside.replace(self.path / name)


@given(MARKS, MARKS, st.sets(st.sampled_from("abcdefghij")), TITLES)
@settings(deadline=None, max_examples=60)
def test_a_changed_index_answers_like_one_built_at_once(first, added, lost, titles):
    changed = Index.build(first).changed(add=added, withdraw=lost)
    held = {mark.id: mark for mark in first if mark.id not in lost}
    held |= {mark.id: mark for mark in added}
    rebuilt = Index.build(held.values())
    assert answers(changed, titles) == answers(rebuilt, titles)
    assert answers(changed.merged(), titles) == answers(rebuilt, titles)
    assert len(changed) == len(rebuilt)


@given(MARKS, NAMES, TITLES)
@settings(deadline=None, max_examples=60)
def test_adding_a_mark_never_hides_another(marks, name, titles):
    index = Index.build(marks)
    more = index.changed(add=[Mark("new", name)])
    asked = zip(answers(index, titles), answers(more, titles), strict=True)
    for before, after in asked:
        kept = [named(row) for row in after if row[0] != "new"]
        assert [named(row) for row in before] == kept


def test_many_changes_are_merged():
    index = Index.build([Mark("0", "Fictionia")])
    for number in range(1, 12):
        index = index.changed(add=[Mark(str(number), f"Fictionia{number}")])
    assert len(index) == 12
    assert len(index.segments) < 8
    assert [mark.id for mark in sorted(index.marks(), key=lambda m: int(m.id))] == [
        str(number) for number in range(12)
    ]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def index():
    marks = [
        Mark("a", "Fictionia", frozenset({25})),
        Mark("b", "青山溪"),
        Mark("c", "Lidl"),
    ]
    return Index.build(marks).changed(add=[Mark("d", "Qinglan")], withdraw=["c"])


def test_an_index_file_answers_like_the_index_it_was_written_from(folder, index):
    write_index(index, folder)
    opened = open_index(folder.path)
    titles = ["Fictionia shoes", "青山溪 冲锋衣", "qinglan tea", "lidl bag"]
    assert answers(opened, titles) == answers(index, titles)
    assert isinstance(opened.segments[0].store.prints.base, np.ndarray)
    changed = opened.changed(withdraw=["a"])
    assert answers(changed, titles)[0] == []


def test_the_list_of_segments_is_put_last(folder, index):
    write_index(index, folder)
    assert folder.names[-1] == "index.json"


def test_the_same_marks_give_the_same_bytes(folder, tmp_path):
    marks = [Mark(str(n), f"Fictionia {n}") for n in range(50)]
    one = write_index(Index.build(marks), folder)
    other = write_index(Index.build(reversed(marks)), folder)
    assert one == other
    assert len(set(folder.names)) == 2


def test_a_crash_before_the_list_leaves_the_old_index(folder, index):
    write_index(index, folder)

    def crashing(name, parts):
        if name == "index.json":
            raise OSError("the disk is full")
        folder(name, parts)

    with pytest.raises(OSError, match="full"):
        write_index(index.changed(add=[Mark("e", "Neuland")]), crashing)
    assert len(open_index(folder.path)) == len(index)


@pytest.mark.parametrize(
    "damage", ["cut", "flip", "flip_header", "magic", "format", "empty"]
)
def test_a_damaged_segment_is_refused(folder, index, damage):
    write_index(index, folder)
    path = folder.path / folder.names[0]
    content = bytearray(path.read_bytes())
    if damage == "cut":
        content = content[:-64]
    elif damage == "flip":
        content[-200] ^= 1
    elif damage == "flip_header":
        content[60] ^= 1
    elif damage == "magic":
        content[0] ^= 1
    elif damage == "format":
        content[8] ^= 2
    else:
        content = b""
    path.write_bytes(content)
    with pytest.raises(IndexFileError):
        open_index(folder.path)


@pytest.mark.parametrize(
    "listed", [b"", b"{}", b"[]", b'{"format": 9, "matcher": "x", "segments": []}']
)
def test_a_wrong_list_of_segments_is_refused(folder, index, listed):
    write_index(index, folder)
    (folder.path / "index.json").write_bytes(listed)
    with pytest.raises(IndexFileError):
        open_index(folder.path)


def test_an_index_of_another_matcher_is_refused(folder, index):
    old = replace(index, weights=replace(index.weights, matcher="names_v9"))
    write_index(old, folder)
    assert (
        json.loads((folder.path / "index.json").read_bytes())["matcher"] == "names_v9"
    )
    with pytest.raises(IndexFileError, match="names_v9"):
        open_index(folder.path)


def test_a_missing_segment_is_refused(folder, index):
    write_index(index, folder)
    (folder.path / folder.names[0]).unlink()
    with pytest.raises(IndexFileError):
        open_index(folder.path)


def test_after_the_warm_up_nothing_is_compiled_for_an_index_file(folder, index):
    warm_up()
    write_index(index, folder)
    opened = open_index(folder.path)
    opened.match(Offer("o", "Fictionia shoes", domain="fictionia.example"))
    assert len(find.signatures) == len(weigh.signatures) == 1


@pytest.mark.parametrize("floor", [1.0, 2.0])
def test_no_score_reaches_one(floor):
    index = Index.build([Mark("a", "Fictionia")])
    assert index.sweep([Offer("1", "Fictionia")], floor) == [[]]
