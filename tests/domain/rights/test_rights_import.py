import gzip
import hashlib
import io
from pathlib import Path

import pytest

from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.people.actors import Clockwork, Reporter
from hufu.domain.rights import services
from hufu.domain.rights.models import Import, Right, RightEvent
from hufu.domain.rights.services import intake

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[3] / "data"
HEAD = "kind,name,source_id,classes,registered_on,holder_name\n"
GOOD = HEAD + "trademark,青岚,A1,30,2020-01-01,青岚茶业\ntrademark,Qinglan,A2,30 35,,\n"
BAD = GOOD + "trademark,,A3,,,\ntrademark,X,A4,99,,\nstar,Y,A5,,,\n"


def bring(content, now, name="own.csv", format_="csv", **facts):
    content = content.encode() if isinstance(content, str) else content
    digest = hashlib.sha256(content).hexdigest()
    about = services.ImportFacts(name, format_, digest, len(content), **facts)
    item = services.request_import(actor=Clockwork(), at=now, facts=about)
    return services.run_import(
        actor=Clockwork(), at=now, item=item, open_file=lambda: io.BytesIO(content)
    )


def test_bad_rows_are_listed_with_line_field_and_reason_and_the_rest_goes_in(now):
    item = bring(BAD, now)
    assert (item.added, item.rejected) == (2, 3)
    rows = list(item.rows.values_list("line", "field", "reason_code"))
    assert rows == [
        (4, "name", "missing"),
        (5, "classes", "bad_class"),
        (6, "kind", "bad_choice"),
    ]
    assert Right.objects.count() == 2


def test_the_same_file_twice_changes_nothing(now):
    first = bring(GOOD, now)
    entries = Entry.objects.count()
    again = bring(GOOD, now)
    assert again == first
    assert (Import.objects.count(), Entry.objects.count()) == (1, entries)


def test_the_same_rows_in_another_file_are_counted_and_left_alone(now):
    bring(GOOD, now)
    pks = set(Right.objects.values_list("pk", flat=True))
    again = bring(GOOD + "\n", now)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert set(Right.objects.values_list("pk", flat=True)) == pks


def test_only_what_changed_is_written_and_what_people_noted_stays(now):
    bring(GOOD, now)
    right = Right.objects.get(source_id="A1")
    facts = services.EventFacts(kind="renewed", on=now.date())
    services.note_event(actor=Clockwork(), at=now, right=right, facts=facts)
    item = bring(GOOD.replace("A1,30", "A1,30 43"), now)
    assert (item.changed, item.unchanged) == (1, 1)
    right = Right.objects.get(source_id="A1")
    assert [c.number for c in right.classes.all()] == [30, 43]
    kinds = RightEvent.objects.filter(right=right).values_list("kind", flat=True)
    assert list(kinds) == ["registered", "renewed"]


def test_one_entry_with_a_manifest_stands_for_every_row(now):
    item = bring(BAD, now)
    entry = Entry.objects.get(act="import", subject_id=item.pk)
    figures = {k: entry.facts[k] for k in ("added", "rejected", "sha256", "size")}
    assert figures == {
        "added": 2,
        "rejected": 3,
        "sha256": item.sha256,
        "size": item.size,
    }
    assert len(entry.facts["written"]) == 64


@pytest.mark.parametrize(
    ("content", "format_", "code"),
    [
        (gzip.compress(GOOD.encode() * 500, mtime=0)[:-40], "csv", "truncated"),
        (GOOD.encode("utf-16"), "csv", "wrong_encoding"),
        (b"", "csv", "empty"),
        (b"name;kind\n1;2\n", "csv", "missing_columns"),
        (b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', "st96", "dtd_forbidden"),
        (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            "st66",
            "dtd_forbidden",
        ),
    ],
)
def test_a_file_that_cannot_be_trusted_changes_nothing(content, format_, code, now):
    item = bring(content, now, format_=format_)
    assert item.refused
    assert item.refusal["code"] == code
    assert not Right.objects.exists()
    assert Entry.objects.get(act="refuse", subject_id=item.pk)


def test_a_bad_end_of_the_file_is_found_before_anything_is_written(now, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 1)
    item = bring(GOOD.encode() + b"\xff\xfe\n", now)
    assert item.refusal["code"] == "wrong_encoding"
    assert not Right.objects.exists()


def test_an_import_that_was_killed_goes_on_where_it_stopped(now, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 1)
    content = GOOD.encode()
    digest = hashlib.sha256(content).hexdigest()
    facts = services.ImportFacts("f.csv", "csv", digest, len(content))
    item = services.request_import(actor=Clockwork(), at=now, facts=facts)

    class KilledError(RuntimeError):
        pass

    def kill(_item):
        raise KilledError

    def run(tell=None):
        found = services.request_import(actor=Clockwork(), at=now, facts=facts)
        return services.run_import(
            actor=Clockwork(),
            at=now,
            item=found,
            open_file=lambda: io.BytesIO(content),
            tell=tell,
        )

    with pytest.raises(KilledError):
        run(kill)
    assert Right.objects.count() == 1
    done = run()
    assert (done.pk, done.added, done.rows_read) == (item.pk, 2, 2)
    assert Entry.objects.filter(act="import").count() == 1


def test_who_may_not_import_is_refused(now):
    facts = services.ImportFacts("f", "csv", "0" * 64, 1)
    with pytest.raises(Refusal) as refusal:
        services.request_import(actor=Reporter(), at=now, facts=facts)
    assert refusal.value.code == "no_permission"


def test_names_in_use_are_no_registrations(now):
    row = "S1,青岚,Han,zh,brand,,30,shop/tea,cn,,nsi,x\n"
    head = (
        "mark_id,wordmark,script,lang,role,owner,nice_inferred,category,country,"
        "wikidata,source,source_id\n"
    )
    bring(head + row, now, demo=True)
    right = Right.objects.get()
    assert not right.is_registration
    assert right.demo
    assert right.register.licence


@pytest.mark.parametrize("name", ["rn2178784", "rn2713476", "sn85334015"])
def test_both_standards_say_the_same_of_one_mark(name, now):
    said = []
    for standard in ("66", "96"):
        content = (DATA / f"uspto_tm_xml/{name}-ST{standard}.xml").read_bytes()
        bring(content, now, format_=f"st{standard}", register=f"r{standard}")
        right = Right.objects.get(register=f"r{standard}")
        classes = [c.number for c in right.classes.all()]
        said.append((right.name, right.number, right.registered_on, classes))
    assert said[0] == said[1]


def test_the_register_of_indications_keeps_its_dates(now):
    content = (DATA / "gi_register.csv.gz").read_bytes()
    item = bring(content, now, format_="gi")
    assert item.added == Right.objects.count() == 2641
    torino = Right.objects.get(number="PGI-IT-02305")
    assert str(torino.registered_on) == "1991-06-14"
    again = bring(gzip.compress(gzip.decompress(content), mtime=1), now, format_="gi")
    assert (again.changed, again.unchanged) == (0, 2641)


def test_of_a_trade_secret_only_the_hash_is_kept(now):
    content = (
        "kind,name,source_id,goods,secret_sha256\n"
        f"trade_secret,Recipe 7,T1,boil it twice,{'a' * 64}\n"
    )
    bring(content, now)
    right = Right.objects.get()
    assert (right.goods, right.extra) == ("", {})
    assert right.secret_sha256 == "a" * 64
