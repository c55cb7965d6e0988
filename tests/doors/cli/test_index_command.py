"""`./hufu index`: built from what is watched or from a file, refused when damaged."""

import pytest

import offices
from hufu.domain.rights import services as rights
from hufu.doors.cli import index as command
from hufu.doors.identity import now as this_moment
from hufu.doors.identity import today
from hufu.doors.storage.registerindex import register_index, renew_register_index
from hufu.engines.detection import Offer
from hufu.engines.detection.files import open_index
from names import registered

MARKS = "mark_id,wordmark,nice_classes\n1,Fictionia,25\n2,青山溪,\n3,,99\n"


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text(MARKS)
    return path


def build(tmp_path, *more):
    return command.main(["build", "--folder", str(tmp_path / "index"), *map(str, more)])


def test_an_index_is_built_from_a_register_and_checked(tmp_path, register, capsys):
    assert build(tmp_path, "--marks", register) == 0
    (found,) = open_index(tmp_path / "index").match(Offer("1", "fictlonia boots"))
    assert found.mark_id == "1"
    assert command.main(["check", "--folder", str(tmp_path / "index")]) == 0
    assert "in order, 3 marks" in capsys.readouterr().out


def test_a_new_index_takes_the_place_of_the_old_one_while_that_is_read(
    tmp_path, register
):
    build(tmp_path, "--marks", register)
    old = open_index(tmp_path / "index")
    register.write_text("mark_id,wordmark\n9,Lucidora\n")
    build(tmp_path, "--marks", register)
    assert old.match(Offer("1", "Fictionia boots"))
    assert open_index(tmp_path / "index").match(Offer("1", "Lucidora boots"))
    names = sorted(path.suffix for path in (tmp_path / "index").iterdir())
    assert names == [".json", ".segment"]


def test_a_register_with_a_bad_row_leaves_the_old_index_in_force(
    tmp_path, register, capsys
):
    build(tmp_path, "--marks", register)
    register.write_text(MARKS + "1,Again,\n")
    assert build(tmp_path, "--marks", register) == 2
    assert "marks.csv, line 5, mark_id" in capsys.readouterr().err
    assert len(open_index(tmp_path / "index")) == 3


@pytest.mark.parametrize("harm", ["cut", "changed", "gone"])
def test_a_damaged_index_is_refused_with_what_to_do(tmp_path, register, capsys, harm):
    build(tmp_path, "--marks", register)
    (segment,) = (tmp_path / "index").glob("*.segment")
    content = bytearray(segment.read_bytes())
    content[-100] ^= 255
    if harm == "gone":
        segment.unlink()
    else:
        segment.write_bytes(content[:-64] if harm == "cut" else content)
    assert command.main(["check", "--folder", str(tmp_path / "index")]) == 1
    assert "./hufu index build" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_public_register_is_indexed_whoever_watches_it(tmp_path, settings, capsys):
    settings.HUFU_HOME = tmp_path
    right = registered(this_moment(), "Fictionia")
    assert command.main(["build", "--register"]) == 0
    (mark,) = register_index().marks()
    assert mark.id == str(right.pk)
    assert command.main(["check", "--register"]) == 0
    assert "register-index: in order, 1 marks" in capsys.readouterr().out
    # What the command built the job need not build again.
    assert not renew_register_index(today())


@pytest.mark.django_db
def test_what_is_watched_is_what_the_index_holds(tmp_path, storage):
    at = this_moment()
    holder = offices.holder(at)
    right = offices.right_of(holder, at, storage, classes=(30,))
    assert build(tmp_path) == 0
    assert len(open_index(tmp_path / "index")) == 0
    rights.ask_monitoring(actor=holder, at=at, right=right)
    assert build(tmp_path) == 0
    (mark,) = open_index(tmp_path / "index").marks()
    assert mark.id == str(right.pk)
