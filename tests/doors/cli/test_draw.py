"""`./hufu draw`: the plan first, the value later, and anybody repeats it."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from engines.proof import test_beacons as beacons
from engines.proof.signers import log_signer
from hufu.doors.cli import draw
from hufu.engines.proof.draws import DrawPlan
from hufu.engines.proof.receipts import Statement, sign_receipt

NAMES = ["丙市场", "甲市场", "乙市场", "Market D"]
KNOWN = datetime(2026, 3, 2, 12, tzinfo=UTC)
SIGNATURE = b"a round's signature"
VALUE = hashlib.sha256(SIGNATURE).hexdigest()


@pytest.fixture
def clock(monkeypatch):
    def stand(at):
        monkeypatch.setattr(draw, "now", lambda: at)

    stand(KNOWN - timedelta(hours=1))
    return stand


@pytest.fixture
def say(capsys, tmp_path, clock, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.txt").write_text("\n".join(NAMES) + "\n\n", "utf-8")

    def run(*words):
        code = draw.main([str(word) for word in words])
        return code, capsys.readouterr().out

    return run


def planned(say, *more, out="plan.json"):
    words = ["plan", "--candidates", "names.txt", "--purpose", "March", "--seats", 2]
    words += ["--source", "drand test chain", "--round", 11, "--out", out]
    return say(*words, *(more or ("--known-at", KNOWN.isoformat())))


def drawn(say, clock):
    planned(say)
    clock(KNOWN + timedelta(minutes=1))
    words = ("run", "plan.json", "--value", VALUE, "--out", "draw.json")
    return say(*words, "--signature", SIGNATURE.hex())


def test_a_draw_is_planned_drawn_and_repeated(say, clock, tmp_path):
    code, said = planned(say)
    digest = hashlib.sha256((tmp_path / "plan.json").read_bytes()).hexdigest()
    assert (code, f"SHA-256 of the plan: {digest}" in said) == (0, True)
    code, said = drawn(say, clock)
    assert code == 0
    first, second = said.splitlines()[:2]
    assert {first, second} < set(NAMES)
    code, said = say("verify", "draw.json", "--candidates", "names.txt")
    assert code == 0
    assert f"ok     This value draws {first}, {second}." in said
    assert "ok     The candidates are those of names.txt." in said
    assert "open   Compare the value with what drand test chain, round 11" in said


def test_a_draw_by_quicknet_is_drawn_by_the_networks_signature_alone(
    say, clock, tmp_path
):
    clock(datetime(2023, 8, 23, 15, 0, tzinfo=UTC))
    words = ["--candidates", "names.txt", "--purpose", "March", "--seats", 2]
    words += ["--source", "quicknet", "--round", 1000, "--out", "plan.json"]
    assert say("plan", *words)[0] == 0
    clock(KNOWN)
    run = ("run", "plan.json", "--out", "draw.json", "--signature")
    code, said = say(*run, SIGNATURE.hex())
    assert (code, "no signature or key" in said) == (1, True)
    assert not (tmp_path / "draw.json").exists()
    assert say(*run, beacons.SIGNATURE.hex())[0] == 0
    code, said = say("verify", "draw.json")
    assert (code, "ok     The network of drand quicknet signed it" in said) == (0, True)


def test_a_round_that_is_over_cannot_be_planned_with_an_hour_to_come(say, tmp_path):
    later = ("--known-at", KNOWN.isoformat(), "--source", "quicknet")
    code, said = planned(say, *later)
    assert (code, "is known since 2023-08-23" in said) == (1, True)
    assert not (tmp_path / "plan.json").exists()


def test_a_plan_after_its_value_is_refused(say, clock, tmp_path):
    clock(KNOWN)
    code, said = planned(say)
    assert (code, "could choose the outcome" in said) == (1, True)
    assert not (tmp_path / "plan.json").exists()


def test_a_draw_before_its_value_is_refused(say):
    planned(say)
    words = ("run", "plan.json", "--value", VALUE, "--out", "draw.json")
    code, said = say(*words)
    assert (code, "is not known before 2026-03-02 12:00:00 UTC" in said) == (1, True)


def test_the_hour_of_a_round_follows_from_the_chains_rhythm(say, tmp_path):
    genesis = int(KNOWN.timestamp()) - 10 * 30
    assert planned(say, "--genesis", genesis, "--period", 30)[0] == 0
    plan = DrawPlan.parse((tmp_path / "plan.json").read_bytes())
    assert plan.source["known_at"] == KNOWN.isoformat()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--known-at", "tomorrow"), "is no instant"),
        (("--known-at", "2026-03-02T12:00:00"), "offset"),
        (("--period", "3"), "--known-at, or --genesis and --period"),
    ],
)
def test_an_hour_that_is_not_clear_is_asked_for(say, more, words):
    code, said = planned(say, *more)
    assert (code, words in said) == (1, True)


def test_a_candidate_named_twice_is_shown_with_its_lines(say, tmp_path):
    (tmp_path / "names.txt").write_text("a\nb\n a \n", "utf-8")
    code, said = planned(say)
    assert (code, "line 3: a stands in line 1 too" in said) == (1, True)
    (tmp_path / "names.txt").write_bytes(b"\xff\xfe")
    assert "is not UTF-8" in planned(say)[1]


def test_a_plan_is_never_overwritten(say, tmp_path):
    planned(say)
    before = (tmp_path / "plan.json").read_bytes()
    assert planned(say)[0] == 2
    assert (tmp_path / "plan.json").read_bytes() == before


@pytest.mark.parametrize("name", ["drawn", "value", "signature", "candidates"])
def test_whoever_changes_a_draw_is_found(say, clock, tmp_path, name):
    drawn(say, clock)
    value = json.loads((tmp_path / "draw.json").read_bytes())
    if name == "candidates":
        value["plan"]["candidates"].pop()
    elif name == "drawn":
        value["drawn"] = sorted(set(NAMES) - set(value["drawn"]))
    else:
        value[name] = hashlib.sha256(b"other").hexdigest()
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (tmp_path / "draw.json").write_text(text, "utf-8")
    assert say("verify", "draw.json")[0] == 1


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff", b'{"format":1}', b"[" * 9999]
)
def test_what_is_no_draw_is_refused(say, tmp_path, data):
    (tmp_path / "draw.json").write_bytes(data)
    assert say("verify", "draw.json")[0] == 1
    assert say("run", "draw.json", "--value", VALUE, "--out", "x")[0] == 1


def receipt_of(tmp_path, at, sha256):
    """Write the receipt of a deposit of a hash at some hour; return how to give it."""
    signer = log_signer()
    statement = Statement(
        deposit="1",
        sha256=sha256,
        size=None,
        at=at.isoformat(timespec="microseconds"),
        promise=600,
        log=str(signer.key),
    )
    (tmp_path / "r.json").write_bytes(bytes(sign_receipt(statement, signer)))
    return ("--receipt", "r.json", "--key", signer.key)


def test_a_receipt_proves_that_the_plan_was_there_first(say, clock, tmp_path):
    drawn(say, clock)
    digest = DrawPlan.parse((tmp_path / "plan.json").read_bytes()).digest().hex()

    def with_receipt(at, sha256):
        return say("verify", "draw.json", *receipt_of(tmp_path, at, sha256))

    code, said = with_receipt(KNOWN - timedelta(minutes=5), digest)
    assert (code, "ok     The log signed that the plan was there" in said) == (0, True)
    assert "open   No witness that you named cosigned before" in said
    code, said = with_receipt(KNOWN + timedelta(minutes=5), digest)
    assert (code, "deposited only at" in said) == (1, True)
    code, said = with_receipt(KNOWN - timedelta(minutes=5), "0" * 64)
    assert (code, "that of another file" in said) == (1, True)


def test_nothing_is_drawn_of_a_plan_that_came_after_its_value(say, clock, tmp_path):
    planned(say)
    digest = DrawPlan.parse((tmp_path / "plan.json").read_bytes()).digest().hex()
    clock(KNOWN + timedelta(minutes=9))
    words = ("run", "plan.json", "--value", VALUE, "--out", "draw.json")
    late = receipt_of(tmp_path, KNOWN, digest)
    code, said = say(*words, *late)
    assert (code, "FAILED The plan was deposited only at" in said) == (1, True)
    assert not (tmp_path / "draw.json").exists()
    early = receipt_of(tmp_path, KNOWN - timedelta(seconds=1), digest)
    code, said = say(*words, *early)
    assert (code, "ok     The log signed that the plan was there" in said) == (0, True)
