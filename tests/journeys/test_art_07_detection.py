"""Opinions art. 7: leads of infringement are found by machines, decided by people."""

import io

import pytest

import offices
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import services as rights
from hufu.domain.watch import queries
from hufu.domain.watch import services as watch

pytestmark = pytest.mark.django_db
OFFERS = """offer_id,platform,title,shop_name,seller_id,price,currency,class_hint
1,Fair,QINGLAN tea tin AAA copy,Lucky Stall,lucky,9.00,CNY,30
2,Fair,QINGLAN tea tin,Own shop,own-1,99.00,CNY,30
3,Fair,Filter compatible with QINGLAN tins,Patch,patch,5.00,CNY,30
4,Fair,Plain tea tin,Plain,plain,5.00,CNY,30
"""


def test_an_offer_becomes_a_lead_with_reasons_and_a_person_decides(now, storage):
    office = offices.agency(now)
    officer = offices.officer(now, office)
    holder = offices.holder(now)
    right = offices.right_of(holder, now, storage, classes=(30,))
    rights.ask_monitoring(actor=holder, at=now, right=right)
    own = rights.LicenceFacts("seller", "Own shop", now.date(), seller_id="own-1")
    rights.add_licence(actor=holder, at=now, right=right, facts=own)
    source = watch.open_source(
        actor=officer,
        at=now,
        facts=watch.SourceFacts("fair", "Fair", "集市", office.region, budget=1000),
        agency=office,
    )
    data = OFFERS.encode()
    facts = watch.FeedFacts("offers.csv", "csv", "0" * 64, len(data))
    feed = watch.request_feed(actor=officer, at=now, source=source, facts=facts)
    watch.take_feed(
        actor=officer, at=now, feed=feed, open_file=lambda: io.BytesIO(data)
    )
    for _ in range(2):
        watch.run_sweep(actor=Clockwork(), at=now, source=source)

    lead = Lead.objects.get()
    assert (lead.origin, lead.state, lead.right) == ("detection", "new", right)
    assert {r["code"] for r in lead.reasons} >= {"title_contains", "betrays"}
    excused = queries.visible_matches(officer).get(sighting__offer_id="2")
    assert excused.excused
    assert excused.lead is None

    leads.close_lead(actor=officer, at=now, lead=lead, reason="no_infringement")
    verdict = queries.labelled_matches(officer).get()
    assert verdict.lead_id == lead.pk
