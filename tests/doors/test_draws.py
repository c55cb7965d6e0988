"""Fair draws at both faces: planned, drawn, published, and repeated by strangers."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

import drawing
import offices
from hufu.base.journal import sequence_entries
from hufu.domain.inspections import services
from hufu.domain.inspections.models import Draw
from hufu.doors.cli import draw as cli
from hufu.doors.storage import prooflog

pytestmark = pytest.mark.django_db
VERIFY = reverse("portal:verify")
LIST, PUBLIC_LIST = reverse("workbench:draws"), reverse("portal:draws")
PLAN = reverse("workbench:draw-plan")
PURPOSE = "Visits in August"
FORM = {
    "purpose": PURPOSE,
    "candidates": "\r\n".join(drawing.NAMES),
    "seats": "2",
    "source": "beacon",
    # In Shanghai; the round of this second is the one that was published.
    "known_at": "2023-08-23T23:59:24",
}
ROUND = json.dumps(
    {
        "round": drawing.ROUND,
        "randomness": drawing.VALUE,
        "signature": drawing.SIGNATURE,
    }
)


class Clock:
    """The hour of the doors, which a test moves."""

    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at


@pytest.fixture
def clock(monkeypatch, settings, tmp_path):
    """Stand an hour before the round becomes known."""
    settings.HUFU_HOME = tmp_path
    made = Clock(drawing.KNOWN - timedelta(hours=1))
    monkeypatch.setattr("hufu.doors.identity.timezone.now", made.now)
    monkeypatch.setattr(cli, "now", made.now)
    return made


@pytest.fixture
def desk(clock):
    return drawing.Desk(clock.at)


def signed_in(account, language="en"):
    client = Client()
    client.force_login(account)
    client.cookies["django_language"] = language
    return client


@pytest.fixture
def officer(desk):
    return signed_in(desk.officer)


@pytest.fixture
def director(desk):
    return signed_in(desk.director)


def planned(officer, **said):
    answer = officer.post(PLAN, FORM | said)
    assert answer.status_code == 302, answer.text
    return Draw.objects.latest("planned_at")


def page(name, draw, *more):
    return reverse(name, args=[draw.pk, *more])


def settled(officer, draw, clock, said=ROUND, **more):
    clock.at = drawing.KNOWN
    return officer.post(page("workbench:draw-settle", draw), {"said": said, **more})


def published(officer, director, clock):
    draw = planned(officer)
    assert settled(officer, draw, clock).status_code == 302
    assert director.post(page("workbench:draw-publish", draw)).status_code == 302
    return draw


def content(client, face, draw, name):
    answer = client.get(page(f"{face}:draw-file", draw, name))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def logged(clock):
    sequence_entries(at=clock.at)
    prooflog.extend_log(at=clock.at)


def test_the_files_of_a_published_draw_pass_the_command_and_the_page(
    officer, director, clock, tmp_path, capsys
):
    client = Client()
    draw = planned(officer)
    logged(clock)
    settled(officer, draw, clock)
    director.post(page("workbench:draw-publish", draw))
    shown = client.get(page("portal:draw", draw)).text
    command = re.search(r"--key &#x27;(.+?)&#x27;", shown)
    files = {}
    for name in ("draw", "receipt", "plan"):
        files[name] = tmp_path / f"{name}.json"
        files[name].write_bytes(content(client, "portal", draw, name))
    given = ["--receipt", str(files["receipt"]), "--key", command[1]]
    listed = tmp_path / "candidates.txt"
    listed.write_text("\n".join(drawing.NAMES), encoding="utf-8")
    given += ["--candidates", str(listed)]
    assert cli.main(["verify", str(files["draw"]), *given]) == 0
    said = capsys.readouterr().out
    for words in (
        "The network of drand quicknet signed it",
        "The log signed that the plan was there at",
        "The candidates are those of",
    ):
        assert words in said
    answer = client.post(VERIFY, {"receipt": files["draw"].read_text("utf-8")})
    assert "Repeated, the draw gives the same" in answer.text
    assert "The value is the public one" in answer.text
    answer = client.post(VERIFY, {"receipt": files["plan"].read_text("utf-8")})
    assert "This is a plan; nothing is drawn yet" in answer.text
    receipt = {"receipt": files["receipt"].read_text("utf-8"), "sha256": draw.digest}
    assert "The deposit stands in the log" in client.post(VERIFY, receipt).text


def test_the_plan_that_the_officer_downloads_runs_with_the_command(
    officer, clock, tmp_path
):
    draw = planned(officer)
    plan, out = tmp_path / "plan.json", tmp_path / "out.json"
    plan.write_bytes(content(officer, "workbench", draw, "plan"))
    settled(officer, draw, clock)
    given = ["run", str(plan), "--signature", drawing.SIGNATURE, "--out", str(out)]
    assert cli.main(given) == 0
    assert out.read_bytes() == content(officer, "workbench", draw, "draw")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_public_sees_no_candidate_before_the_draw_is_published(
    officer, director, client, clock, language
):
    client.cookies["django_language"] = language
    draw = planned(officer)
    for step in ("planned", "known", "settled"):
        if step == "known":
            clock.at = drawing.KNOWN
        if step == "settled":
            settled(officer, draw, clock)
        answer = client.get(page("portal:draw", draw))
        assert PURPOSE in answer.text
        assert draw.digest in answer.text
        answers = [answer.text, client.get(PUBLIC_LIST).text]
        answers.append(content(client, "portal", draw, "receipt").decode())
        assert not any(name in text for name in drawing.NAMES for text in answers)
        for name in ("plan", "draw", "other"):
            at = page("portal:draw-file", draw, name)
            assert client.get(at).status_code == 404
    director.post(page("workbench:draw-publish", draw))
    shown = client.get(page("portal:draw", draw)).text
    assert all(name in shown for name in drawing.NAMES)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("The value does not exist yet", "drand quicknet, round 1000")),
        ("zh-hans", ("随机值尚未产生", "drand quicknet，第1000轮")),
    ],
)
def test_the_officer_s_page_waits_for_the_hour_and_then_asks(
    desk, clock, language, words
):
    officer = signed_in(desk.officer, language)
    draw = planned(officer)
    shown = officer.get(page("workbench:draw", draw)).text
    assert all(each in shown for each in (*words, *drawing.NAMES))
    action = page("workbench:draw-settle", draw)
    assert action not in shown
    clock.at = drawing.KNOWN
    assert action in officer.get(page("workbench:draw", draw)).text


def test_a_value_before_its_hour_or_of_another_round_is_refused(officer, clock):
    draw = planned(officer)
    action = page("workbench:draw-settle", draw)
    early = officer.post(action, {"said": ROUND})
    assert early.status_code == 409
    assert "not known before the planned hour" in early.text
    wrong = settled(officer, draw, clock, said="00" * 48)
    assert wrong.status_code == 409
    assert "did not sign the planned round" in wrong.text
    assert settled(officer, draw, clock, said="").status_code == 422
    assert settled(officer, draw, clock, said=drawing.SIGNATURE).status_code == 302
    assert settled(officer, draw, clock).status_code == 409


def test_a_plan_whose_value_is_known_is_refused(officer, clock):
    clock.at = drawing.KNOWN
    assert "known already" in officer.post(PLAN, FORM).text
    assert not Draw.objects.exists()


def test_another_source_needs_its_words_and_draws_with_a_text(
    officer, director, client, clock, tmp_path
):
    asked = officer.post(PLAN, FORM | {"source": "other"}).text
    assert "Another value needs this." in asked
    draw = planned(officer, source="other", **drawing.LOTTERY)
    told = {"said": "03 12 25", "told_by": "Bulletin 142"}
    assert settled(officer, draw, clock, **told).status_code == 302
    director.post(page("workbench:draw-publish", draw))
    shown = client.get(page("portal:draw", draw)).text
    assert all(words in shown for words in told.values())
    file = tmp_path / "draw.json"
    file.write_bytes(content(client, "portal", draw, "draw"))
    assert cli.main(["verify", str(file)]) == 0
    answer = client.post(VERIFY, {"receipt": file.read_text("utf-8")})
    assert "Is the value the public one?" in answer.text


def test_another_agency_finds_no_draw(officer, desk, clock):
    draw = planned(officer)
    office = offices.agency(clock.at, "beijing", "110000")
    other = signed_in(offices.officer(clock.at, office, "investigator"))
    assert PURPOSE in officer.get(LIST).text
    assert PURPOSE not in other.get(LIST).text
    assert other.get(page("workbench:draw", draw)).status_code == 404
    at = page("workbench:draw-file", draw, "plan")
    assert other.get(at).status_code == 404
    assert settled(other, draw, clock).status_code == 404


def test_an_investigator_does_not_publish(officer, clock):
    draw = planned(officer)
    settled(officer, draw, clock)
    assert officer.post(page("workbench:draw-publish", draw)).status_code == 403


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_lists_cite_the_rule_and_lead_on(officer, client, language):
    draw = planned(officer)
    for who, name in ((officer, LIST), (client, PUBLIC_LIST)):
        who.cookies["django_language"] = language
        shown = who.get(name).text
        cited = "Art. 54" if language == "en" else "第五十四条"
        assert cited in shown
        assert str(draw.pk) in shown


def test_the_longest_draw_that_is_taken_can_be_checked_on_the_page(desk, client):
    names = [f"Market {number:05}" for number in range(13_000)]
    draw = desk.plan(candidates=names, seats=len(names))
    assert len(draw.plan) > services.LARGEST * 0.95
    text = bytes(desk.settle(draw).result).decode()
    answer = client.post(VERIFY, {"receipt": text})
    assert "Repeated, the draw gives the same" in answer.text
