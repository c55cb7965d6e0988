import hashlib
import io
import json
from datetime import date
from pathlib import Path

import pytest

import offices
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import services as rights
from hufu.domain.rights.models import Monitor, Right
from hufu.domain.watch import queries, services
from hufu.domain.watch.models import Feed, Match, Sighting
from hufu.domain.watch.services import sweeps

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[3] / "data"
FAKE = {
    "offer_id": "1",
    "platform": "bazaar",
    "title": "高仿 Qinglan tea tin, replica",
    "brand": "Qinglan",
    "classes": [30],
    "seller_id": "s-1",
    "shop_name": "Cheap Tins",
    "url": "https://bazaar.example/1",
}


@pytest.fixture
def office(now):
    return offices.agency(now)


@pytest.fixture
def clerk(now, office):
    return offices.officer(now, office)


@pytest.fixture
def source(now, clerk, office):
    facts = services.SourceFacts(
        code="bazaar", name_en="Bazaar", name_zh="市集", budget=1000, demo=True
    )
    return services.open_source(actor=clerk, at=now, facts=facts, agency=office)


@pytest.fixture
def right(now):
    return watched(now, "Qinglan", classes=[30])


def watched(now, name, **facts):
    """Write down a right that is watched from today on."""
    row = {"kind": "trademark", "name": name, "source": "t", "source_id": name}
    row |= {"registered_on": "2020-01-01", **facts}
    content = json.dumps(row).encode()
    digest = hashlib.sha256(content).hexdigest()
    item = rights.request_import(
        actor=Clockwork(),
        at=now,
        facts=rights.ImportFacts(name, "jsonl", digest, len(content)),
    )
    rights.run_import(
        actor=Clockwork(), at=now, item=item, open_file=lambda: io.BytesIO(content)
    )
    right = Right.objects.get(source_id=name)
    Monitor.objects.create(right=right, since_on=date(2026, 1, 1), asked_by="t")
    return right


def offers(*rows):
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def send(now, source, content, format_="jsonl"):
    digest = hashlib.sha256(content).hexdigest()
    facts = services.FeedFacts("offers", format_, digest, len(content))
    feed = services.request_feed(actor=Clockwork(), at=now, source=source, facts=facts)
    return services.take_feed(
        actor=Clockwork(), at=now, feed=feed, open_file=lambda: io.BytesIO(content)
    )


def swept(now, source, scope="new"):
    actor = Clockwork(agencies=frozenset({source.agency_id}))
    return services.run_sweep(actor=actor, at=now, source=source, scope=scope)


def test_an_offer_that_names_a_watched_mark_becomes_a_lead_with_reasons(
    now, source, right
):
    send(now, source, offers(FAKE))
    sweep = swept(now, source)
    lead = Lead.objects.get()
    match = Match.objects.get()
    assert (sweep.compared, sweep.leads_opened) == (1, 1)
    assert (lead.right, lead.origin, lead.agency) == (right, "detection", source.agency)
    assert lead.demo
    assert match.lead == lead
    assert lead.reasons == match.reasons
    assert any("Qinglan" in told.words for told in match.words)


def test_a_row_that_is_bad_is_rejected_and_the_rest_goes_in(now, source):
    bad = {**FAKE, "offer_id": "2", "url": "javascript:alert(1)"}
    feed = send(now, source, offers(FAKE, bad, {"offer_id": "3"}))
    assert (feed.added, feed.rejected) == (1, 2)
    assert feed.rows.first().reason_code == "bad_url"


def test_a_feed_sent_twice_adds_nothing_and_a_changed_offer_is_a_new_sighting(
    now, source
):
    first = send(now, source, offers(FAKE))
    assert send(now, source, offers(FAKE)) == first
    dearer = {**FAKE, "price": "9.90", "currency": "CNY"}
    second = send(now, source, offers(FAKE, dearer))
    assert (second.added, second.unchanged, second.rejected) == (0, 1, 1)
    third = send(now, source, offers(dearer))
    assert third.added == 1
    assert Sighting.objects.count() == 2


def test_a_truncated_parquet_changes_nothing(now, source):
    feed = send(now, source, b"PAR1 and then nothing", format_="parquet")
    assert feed.refusal["code"] == "not_parquet"
    assert not Sighting.objects.exists()


def test_lawful_naming_is_no_lead(now, source, right):
    fits = {**FAKE, "title": "Lid for Qinglan tea tin", "brand": "Lidco"}
    send(now, source, offers(fits))
    swept(now, source)
    assert not Lead.objects.exists()


def test_an_authorised_seller_is_no_lead(now, source, right):
    right.licences.create(
        kind="seller", licensee="Cheap Tins", seller_id="S-1", from_on=date(2026, 1, 1)
    )
    send(now, source, offers(FAKE))
    swept(now, source)
    assert Match.objects.get().excused
    assert not Lead.objects.exists()


def test_a_licence_that_ran_out_excuses_nobody(now, source, right):
    right.licences.create(
        kind="seller",
        licensee="Cheap Tins",
        seller_id="s-1",
        from_on=date(2025, 1, 1),
        to_on=date(2026, 3, 1),
    )
    send(now, source, offers(FAKE))
    assert swept(now, source).leads_opened == 1


def test_goods_of_another_class_count_against(now, source, right):
    send(now, source, offers(FAKE, {**FAKE, "offer_id": "2", "classes": [12]}))
    swept(now, source)
    same, other = Match.objects.order_by("-score")
    assert same.score > other.score


def test_a_right_that_is_not_watched_or_not_in_force_is_not_compared(
    now, source, right
):
    facts = rights.EventFacts(kind="cancelled", on=date(2026, 2, 1))
    rights.note_event(actor=Clockwork(), at=now, right=right, facts=facts)
    send(now, source, offers(FAKE))
    sweep = swept(now, source)
    assert (sweep.rights_count, sweep.matched) == (0, 0)


def test_the_budget_takes_the_best_and_leaves_the_rest_readable(
    now, source, clerk, right
):
    services.tune_source(actor=clerk, at=now, source=source, threshold=0.9, budget=100)
    rows = [{**FAKE, "offer_id": str(n)} for n in range(20)]
    send(now, source, offers(*rows))
    sweep = swept(now, source)
    assert (sweep.compared, sweep.matched, sweep.leads_opened) == (20, 20, 2)


def test_an_offer_opens_one_lead_however_often_it_is_compared(now, source, right):
    send(now, source, offers(FAKE))
    swept(now, source)
    swept(now, source, scope="all")
    send(now, source, offers({**FAKE, "price": "1.00"}))
    swept(now, source)
    assert Lead.objects.count() == 1
    assert Match.objects.count() == 2


def test_a_sweep_compares_only_what_is_new(now, source, right):
    send(now, source, offers(FAKE))
    swept(now, source)
    assert swept(now, source).compared == 0


def test_a_sweep_that_was_killed_goes_on_and_its_effect_happens_once(
    now, source, right, monkeypatch
):
    monkeypatch.setattr(sweeps, "BATCH", 2)
    send(now, source, offers(*[{**FAKE, "offer_id": str(n)} for n in range(7)]))

    class KilledError(RuntimeError):
        pass

    def kill(_sweep):
        raise KilledError

    actor = Clockwork(agencies=frozenset({source.agency_id}))
    with pytest.raises(KilledError):
        services.run_sweep(actor=actor, at=now, source=source, tell=kill)
    assert Match.objects.count() == 2
    sweep = swept(now, source)
    assert (sweep.compared, sweep.matched, sweep.leads_opened) == (7, 7, 7)
    assert source.sweeps.count() == 1
    assert Entry.objects.filter(act="finish").count() == 1


def test_a_persons_verdict_becomes_a_label(now, source, clerk, right):
    send(now, source, offers(FAKE, {**FAKE, "offer_id": "2"}))
    swept(now, source)
    good, bad = Lead.objects.order_by("pk")
    leads.accept_lead(actor=clerk, at=now, lead=good)
    assert [m.verdict for m in queries.labelled_matches(clerk)] == ["confirmed"]
    leads.close_lead(
        actor=clerk, at=now, lead=bad, reason="no_infringement", text="Genuine goods."
    )
    verdicts = sorted(m.verdict for m in queries.labelled_matches(clerk))
    assert verdicts == ["confirmed", "unfounded"]


def test_another_agency_sees_and_does_nothing_here(now, source, right):
    send(now, source, offers(FAKE))
    swept(now, source)
    other = offices.agency(now, code="other", region="110000")
    stranger = offices.officer(now, other)
    for visible in (
        queries.visible_sources,
        queries.visible_feeds,
        queries.visible_sightings,
        queries.visible_sweeps,
        queries.visible_matches,
    ):
        assert not visible(stranger)
    with pytest.raises(Refusal) as refusal:
        services.start_sweep(actor=stranger, at=now, source=source)
    assert refusal.value.code == "other_agency"


def test_a_platform_sends_for_its_own_sources_only(now, source, office, clerk):
    made = offices.holder(now, "Bazaar Ltd")
    made.role = "platform"
    facts = services.FeedFacts("f", "jsonl", "0" * 64, 1)
    with pytest.raises(Refusal) as refusal:
        services.request_feed(actor=made, at=now, source=source, facts=facts)
    assert refusal.value.code == "other_source"
    mine = services.SourceFacts("own", "Own", "自有", platform=made.party)
    own = services.open_source(actor=clerk, at=now, facts=mine, agency=office)
    assert services.request_feed(actor=made, at=now, source=own, facts=facts)


def test_real_offers_that_name_a_mark_lawfully_open_few_leads(now, source):
    for name in ("ipod", "iphone", "ipad", "galaxy", "kindle"):
        watched(now, name, classes=[9])
    content = (DATA / "listings_nominative_use.csv.gz").read_bytes()
    rows = _nominative(content)
    send(now, source, offers(*rows))
    sweep = swept(now, source)
    assert sweep.compared == len(rows)
    assert sweep.leads_opened <= len(rows) * 0.02


def _nominative(content):
    import csv  # noqa: PLC0415 - only this test reads the table
    import gzip  # noqa: PLC0415 - only this test reads the table

    lines = io.TextIOWrapper(io.BytesIO(gzip.decompress(content)), encoding="utf-8")
    return [
        {"offer_id": r["listing_id"], "platform": "p", "title": r["title"],
         "brand": r["brand"]}
        for r in csv.DictReader(lines)
    ]  # fmt: skip


def test_feeds_are_kept_apart_by_source(now, source, clerk, office):
    facts = services.SourceFacts(code="second", name_en="Second", name_zh="其二")
    second = services.open_source(actor=clerk, at=now, facts=facts, agency=office)
    send(now, source, offers(FAKE))
    send(now, second, offers(FAKE))
    assert Feed.objects.count() == Sighting.objects.count() == 2
