"""`./hufu law` as a program of its own, without any database."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hufu import packs
from hufu.base import law as house
from hufu.doors.cli.rulepack import compile_rules
from hufu.engines import law
from installation import Installation

DECIDE = {"rule": "deadlines.penalty.decision", "start": "2026-03-02"}
EXAMPLE = Path(packs.__file__).parent / "example"


@pytest.fixture
def program(tmp_path):
    """Run the program where no database can be opened."""
    place = Installation(tmp_path, "postgres://nobody@127.0.0.1:1/none")

    def run(*words, facts=None):
        sent = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
        done = subprocess.run(
            [sys.executable, "-m", "hufu.doors.cli.law", *map(str, words)],
            env=place.env,
            input=sent,
            capture_output=True,
            check=False,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


@pytest.fixture
def pack(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "example")


def test_a_question_is_answered_with_its_rulings(program):
    code, said, wrong = program("ask", "deadline", "--on", "2026-03-02", facts=DECIDE)
    answer = json.loads(said)
    assert (code, wrong, answer["due_on"]) == (0, "", "2026-06-01")
    assert answer["rulings"][0]["source"]["article"]["en"]


def test_every_question_says_what_it_takes_and_gives(program):
    code, said, _ = program("questions")
    assert code == 0
    assert [line.split()[0] for line in said.splitlines()] == list(law.questions())
    code, said, _ = program("schema", "crime")
    told = json.loads(said)
    assert "counterfeit_mark" in told["input"]["properties"]["offence"]["enum"]
    assert "tier" in told["output"]["required"]


@pytest.mark.parametrize(
    ("words", "facts", "named"),
    [
        (("ask", "dedline", "--on", "2026-01-05"), {}, "allowed: competence, crime"),
        (("schema", "weather"), None, "allowed: competence, crime"),
        (("ask", "crime", "--on", "2026-13-05"), {}, "YYYY-MM-DD"),
        (("ask", "crime"), {}, "--on"),
        (("ask", "crime", "--on", "2026-01-05"), {}, "offence: this field is missing"),
        (("ask", "crime", "--on", "2026-01-05"), b"{", "not JSON in UTF-8: "),
        (("ask", "crime", "--on", "2026-01-05"), b"\xff", "not JSON in UTF-8: "),
        (("ask", "crime", "--on", "2026-01-05"), [1], "facts: "),
        (
            ("ask", "deadline", "--on", "2026-01-05"),
            DECIDE | {"start": "2026-02-30"},
            "start: '2026-02-30' is not: YYYY-MM-DD",
        ),
        (
            ("ask", "deadline", "--on", "2026-01-05"),
            DECIDE | {"rule": "deadlines.penalty.decide"},
            "rule: no such value: 'deadlines.penalty.decide'; allowed: deadlines.",
        ),
        (
            ("ask", "crime", "--on", "1999-01-05"),
            {"offence": "copyright", "figures": {}},
            "on: criminal.metrics says nothing on 1999-01-05",
        ),
        (("check", "/nowhere"), None, "no such folder"),
        ((), None, "check|ask|schema|questions"),
    ],
)
def test_what_is_wrong_is_named_on_the_error_channel(program, words, facts, named):
    code, said, wrong = program(*words, facts=facts)
    assert (code, said) == (2, "")
    assert named in wrong
    assert "Traceback" not in wrong


def test_a_pack_in_order_is_surveyed(program):
    code, said, _ = program("check", "--on", "2026-11-22")
    assert code == 0
    assert "facts: 383 of 383 in the pack" in said
    assert "WARNING: official holiday calendars missing: 1\n  2027" in said
    assert "not checked for a year: none" in said
    assert "  counting.administrative_remedies since 1991-04-09: " in said


def test_a_year_later_every_rule_asks_to_be_read_again(program):
    _, said, _ = program("check", "--on", "2028-01-01")
    assert "  deadlines.penalty.decision: 2026-11-22" in said


def test_a_faulty_pack_is_told_with_file_and_line(program, pack):
    file = pack / "deadlines/answer.yaml"
    file.write_text(file.read_text().replace("checked_on:", "chekked_on:", 1))
    code, said, _ = program("check", pack)
    assert code == 1
    assert "example/deadlines/answer.yaml:1: " in said
    assert "chekked_on" in said


def test_a_fact_that_is_neither_loaded_nor_left_out_is_a_fault(program, pack):
    (pack / "coverage").mkdir()
    (pack / "coverage/facts.yaml").write_text("facts: [{id: LOST}]\nleft_out: []\n")
    code, said, _ = program("check", pack)
    assert code == 1
    assert "fact without a rule or a reason: LOST" in said


@pytest.fixture
def own_pack(settings, tmp_path, pack):
    """Let this house follow a pack that the test may change."""
    settings.HUFU_HOME, settings.HUFU_PACK = tmp_path, str(pack)
    house.book.cache_clear()
    yield pack
    house.book.cache_clear()


def fee(day="2026-01-05"):
    house.book.cache_clear()
    return house.book().rules["fees.opposition"].rulings[-1].value


def change(pack, old, new):
    file = pack / "fees/opposition.yaml"
    file.write_text(file.read_text().replace(old, new))


def test_the_house_reads_the_compiled_pack_and_it_says_the_same(own_pack, monkeypatch):
    compile_rules()
    plain = law.Book.read(own_pack)
    monkeypatch.setattr(law.Book, "read", None)  # would fail if it were called
    house.book.cache_clear()
    assert house.book().rules == plain.rules
    assert house.book().calendar.years == plain.calendar.years


def test_a_changed_file_makes_the_compiled_pack_stale(own_pack):
    first = compile_rules()
    assert str(fee()) == "12.50"
    change(own_pack, "12.50", "13.50")
    assert str(fee()) == "13.50"
    second = compile_rules()
    assert second != first
    assert [p.name for p in second.parent.iterdir()] == [second.name]


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "binary", "gone"])
def test_a_damaged_compiled_pack_is_never_believed_and_made_anew(own_pack, damage):
    place = compile_rules()
    whole = place.read_bytes()
    wrong = {
        "cut": whole[:-7],
        "changed": whole.replace(b"12.50", b"99.50"),
        "empty": b"",
        "binary": os.urandom(500) + b"\xff",
    }
    if damage == "gone":
        place.unlink()
    else:
        assert wrong[damage] != whole
        place.write_bytes(wrong[damage])
    assert str(fee()) == "12.50"
    assert compile_rules().read_bytes() == whole
