"""Was a party on a list on a day: who may ask, what the answer is worth, what leaks."""

import json
import subprocess
from base64 import b64encode
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

import offices
import verdicts
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, sequence_entries
from hufu.base.models import Entry
from hufu.domain.people import uscc
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.services import PartyFacts, represent_party
from hufu.domain.publication import services
from hufu.domain.publication.listmaps import ROW, draw_map
from hufu.domain.publication.models import ListDay, ListEnquiry
from hufu.doors.cli.proof import main
from hufu.doors.jobs import tasks
from hufu.doors.storage import listmaps, prooflog
from hufu.doors.storage.auditing import audit_house
from hufu.engines.proof import vrf
from hufu.engines.proof.certificates import Certificate
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.heads import MapHead
from hufu.engines.proof.maps import SparseMap, alpha_of, place_of

pytestmark = pytest.mark.django_db
CLEAN = "9111000071093123XX"
CLEAN = CLEAN[:17].replace("X", "1") + uscc.check_character(
    CLEAN[:17].replace("X", "1")
)
LISTED = verdicts.CODE
NAME = "penalty-notices"
PAGE = "/certificates/"


@pytest.fixture
def office(now, storage, monkeypatch, settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    made = verdicts.notified(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.now)
    return made


@pytest.fixture
def notice(office):
    said = {"actor": office.reviewer, "at": office.now}
    drafted = services.draft_notice(
        actor=office.handler,
        at=office.now,
        decision=verdicts.served(office),
        choices=services.Choices(),
    )
    seen = services.words_digest(drafted)
    services.confirm_notice(**said, notice=drafted, seen=seen)
    return services.publish_notice(**said, notice=drafted)


def log_the_day(office):
    tasks.commit_lists.func()
    sequence_entries(at=office.now)
    prooflog.extend_log(at=office.now)


@pytest.fixture
def logged(office, notice):
    log_the_day(office)
    return office


def ask(client, code, day="", **said):
    return client.post(PAGE, {"name": NAME, "code": code, "day": day, **said})


def file_of(client, code, day="", **said):
    answer = ask(client, code, day, **{"as": "json", **said})
    assert answer["Content-Type"] == "application/json", answer.content.decode()
    return answer.content


def checked(tmp_path, capsys, data, *more):
    path = tmp_path / "certificate.json"
    path.write_bytes(data)
    key = str(prooflog.log_signer().key)
    code = main(["verify-certificate", str(path), "--key", key, *more])
    return code, capsys.readouterr().out


def test_a_listed_party_gets_presence_and_another_absence(
    client, logged, tmp_path, capsys
):
    code, said = checked(tmp_path, capsys, file_of(client, LISTED))
    assert (code, f"{LISTED} was on the list {NAME}" in said) == (0, True)
    code, said = checked(tmp_path, capsys, file_of(client, CLEAN))
    assert (code, f"{CLEAN} was NOT on the list {NAME}" in said) == (0, True)
    assert "0 known witnesses signed" in said


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_says_what_is_proved_and_what_is_not(client, logged, language):
    titles = {"en": "was not on the list", "zh-hans": "该代码不在名单上"}
    limits = {"en": "What no certificate proves", "zh-hans": "证明不能证明的事项"}
    for wanted in ("", "print"):
        client.cookies["django_language"] = language
        answer = client.post(
            PAGE,
            {"name": NAME, "code": CLEAN, "as": wanted},
            headers={"accept-language": language},
        ).content.decode()
        assert titles[language] in answer
        assert limits[language] in answer


def test_a_certificate_is_checked_offline_by_a_program_of_its_own(
    client, logged, tmp_path
):
    path = tmp_path / "certificate.json"
    path.write_bytes(file_of(client, CLEAN))
    key = str(prooflog.log_signer().key)
    done = subprocess.run(
        ["./hufu", "proof", "verify-certificate", str(path), "--key", key],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "HUFU_DATABASE_URL": "nothing://there"},
    )
    assert f"{CLEAN} was NOT on the list" in done.stdout


def test_a_changed_certificate_is_refused(client, logged, tmp_path, capsys):
    value = json.loads(file_of(client, LISTED))
    for change in ({"entry": ""}, {"entry": "", "status": "absent"}, {"code": CLEAN}):
        data = json.dumps(
            value | change, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        code, said = checked(tmp_path, capsys, data.encode())
        assert (code, said.startswith("FAILED")) == (1, True)
    other = str(prooflog.log_signer().key).replace("+", "x+", 1)
    path = str(tmp_path / "certificate.json")
    assert main(["verify-certificate", path, "--key", other]) == 1


def test_nothing_of_the_other_parties_is_in_a_certificate(client, logged):
    text = file_of(client, CLEAN).decode()
    row = ListDay.objects.get()
    assert LISTED not in text
    assert verdicts.FIRM not in text
    rows = bytes(row.rows).hex()
    places = [rows[i : i + 2 * ROW] for i in range(0, len(rows), 2 * ROW)]
    assert places
    assert not [hex_ for hex_ in places if hex_[:64] in text or hex_[64:] in text]


def test_the_rows_of_a_day_do_not_tell_who_was_listed(logged):
    rows = bytes(ListDay.objects.get().rows)
    assert LISTED.encode() not in rows
    without_the_key = draw_map(
        name=NAME, day=logged.today, codes=[LISTED], seed=b"a guess" + bytes(25)
    )
    assert without_the_key.rows[:64] not in rows


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "This field is required"),
        ("91350100M000100Y4", "this one has 17"),
        ("91350100M000100YIO", "I O"),
        ("91350100M000100Y44", "does not fit the others"),
        ("深圳市虚构甲贸易有限公司", "18 characters"),
    ],
)
def test_a_wrong_code_is_explained_and_nothing_typed_is_lost(
    client, logged, code, words
):
    answer = ask(client, code).content.decode()
    assert words in answer
    assert f'value="{code}"' in answer or not code


def test_blanks_dashes_and_small_letters_do_no_harm(client, logged):
    assert Certificate.parse(file_of(client, "91350100-m000100y 43")).code == LISTED


def test_after_the_logs_key_was_replaced_a_day_is_refused_in_words(
    client, logged, settings
):
    assert "certificate" in ask(client, CLEAN).context
    settings.HUFU_LOG_KEY = b64encode(bytes(range(32))).decode()
    answer = ask(client, CLEAN)
    assert answer.status_code == 200
    assert "certificate" not in answer.context
    assert "key of this log was replaced" in answer.content.decode()


def test_of_a_past_day_strangers_learn_nothing(client, logged):
    past = str(logged.today)
    logged.later(days=1)
    for code in (LISTED, CLEAN):
        answer = ask(client, code, past, **{"as": "json"}).content.decode()
        assert "only the party itself" in answer
        assert "the list</" not in answer
    tomorrow = str(logged.today + timedelta(days=1))
    assert "has not come yet" in ask(client, LISTED, tomorrow).content.decode()


def test_the_party_itself_asks_about_a_past_day(client, logged):
    past = str(logged.today)
    logged.later(days=1)
    client.force_login(verdicts.respondent_account(logged))
    assert Certificate.parse(file_of(client, LISTED, past)).is_present
    assert "only the party itself" in ask(client, CLEAN, past).content.decode()


def test_who_came_in_with_the_code_of_a_notice_asks_about_its_party(client, logged):
    past = str(logged.today)
    logged.later(days=1)
    party = logged.case.parties.get(role="respondent")
    party.notice_code_hash = "x" * 64
    party.save(update_fields=["notice_code_hash"])
    session = client.session
    session["notice_party"] = str(party.pk)
    session.save()
    assert Certificate.parse(file_of(client, LISTED, past)).is_present
    assert "only the party itself" in ask(client, CLEAN, past).content.decode()


def test_whoever_only_says_to_be_the_party_is_not_believed(client, logged):
    past = str(logged.today)
    logged.later(days=1)
    account = offices.holder(logged.now)
    account.party = None
    account.save(update_fields=["party"])
    facts = PartyFacts(kind="company", name="Somebody", uscc=CLEAN)
    represent_party(actor=account, at=logged.now, facts=facts)
    client.force_login(account)
    assert "only the party itself" in ask(client, CLEAN, past).content.decode()


def test_an_officer_says_why_and_the_reason_stays(client, logged):
    past = str(logged.today)
    logged.later(days=1)
    client.force_login(logged.handler)
    assert "Say why you ask" in ask(client, LISTED, past).content.decode()
    assert not ListEnquiry.objects.exists()
    why = "Asked by the people's court in case 1."
    assert Certificate.parse(file_of(client, LISTED, past, reason=why)).is_present
    kept = ListEnquiry.objects.get()
    assert (kept.reason, kept.asked_by) == (why, logged.handler.label)
    entry = Entry.objects.get(act="enquire_list")
    assert entry.facts["reason"] == digest_of(why)
    assert LISTED not in str(entry.facts)


def test_an_administrator_does_not_ask(logged):
    admin = offices.officer(logged.now, logged.agency, "administrator", "admin")
    with pytest.raises(Refusal):
        services.enquire_list(
            actor=admin,
            at=logged.now,
            row=ListDay.objects.get(),
            code=LISTED,
            reason="curious",
        )


def test_a_withdrawn_notice_is_gone_from_the_next_day_on(client, logged, notice):
    services.withdraw_notice(
        actor=logged.director, at=logged.now, notice=notice, reason="A mistake."
    )
    assert Certificate.parse(file_of(client, LISTED)).is_present
    logged.later(days=1)
    assert "not in the log yet" in ask(client, LISTED).content.decode()
    log_the_day(logged)
    assert not Certificate.parse(file_of(client, LISTED)).is_present


def test_a_day_has_one_map_however_often_the_job_runs(logged):
    first = ListDay.objects.get()
    log_the_day(logged)
    assert ListDay.objects.get().pk == first.pk
    assert Entry.objects.filter(act="commit_list").count() == 1
    made = draw_map(name=NAME, day=logged.today, codes=(), seed=listmaps.list_seed())
    kept = services.commit_list(actor=Clockwork(), at=logged.now, made=made)
    assert kept.root == first.root


def test_only_the_clock_fixes_a_list(logged):
    made = draw_map(name="x", day=logged.today, codes=(), seed=bytes(32))
    with pytest.raises(Refusal):
        services.commit_list(actor=logged.director, at=logged.now, made=made)


def test_the_heads_are_public_and_open_their_leaves(client, logged):
    data = json.loads(client.get(reverse("portal:list-heads")).content)
    [head] = data["heads"]
    row = ListDay.objects.get()
    assert (head["root"], head["index"]) == (row.root, row.entry.leaf.index)
    assert LISTED not in str(data)


def second_head(office):
    """Let an operator sign another map of the day, past every service and row."""
    made = draw_map(name=NAME, day=office.today, codes=(), seed=listmaps.list_seed())
    head = MapHead(NAME, office.today, made.root, made.key)
    opening = head.opening(bytes(32))
    with prooflog.writing_log(at=office.now) as log:
        place = log.append([head.leaf(opening)], at=office.now).first
        log.publish()
    note, view = prooflog.published_head()
    logged = Envelope(place, tuple(view.prove_inclusion(place)), note)
    alpha = alpha_of(NAME, office.today, LISTED)
    output, proof = vrf.prove(listmaps.list_seed(), alpha)
    absent = SparseMap({}).prove(place_of(output))
    return Certificate(LISTED, "", proof, absent, opening, logged)


def test_a_hidden_second_head_is_found_by_certificate_log_page_and_audit(
    client, logged, tmp_path, capsys
):
    log = str(prooflog.log_folder().root)
    published = tmp_path / "heads.json"
    published.write_bytes(client.get(reverse("portal:list-heads")).content)
    more = ("--log", log, "--published", str(published))
    honest = file_of(client, LISTED)
    code, said = checked(tmp_path, capsys, honest, *more)
    assert (code, "Its head is the one that was published." in said) == (0, True)
    assert "No list has two heads on one day in this log." in said
    lie = second_head(logged)
    code, said = checked(tmp_path, capsys, bytes(lie))
    assert (code, "had no second head that day" in said) == (
        0,
        True,
    )
    code, said = checked(tmp_path, capsys, bytes(lie), *more[2:])
    assert (code, "not the head that was published" in said) == (1, True)
    for data in (bytes(lie), honest):
        code, said = checked(tmp_path, capsys, data, *more[:2])
        assert (code, "are two heads of the list penalty-notices" in said) == (1, True)
    words = {"receipt": bytes(lie).decode(), "sha256": ""}
    shown = client.post(reverse("portal:verify"), words).content.decode()
    assert "This is not the head that was published" in shown
    assert "was not on the list" not in shown
    assert any("are two heads of the list" in one for one in audit_house())


def named():
    return [one for one in audit_house() if one.startswith("list")]


def test_rows_that_an_administrator_rewrites_are_named(logged):
    row = ListDay.objects.get()
    assert named() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        ListDay.objects.filter(pk=row.pk).update(rows=b"")
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER publication_listday_no_update")
    ListDay.objects.filter(pk=row.pk).update(rows=b"")
    assert named() == [f"list {row.pk} ({row}): its rows were changed"]
