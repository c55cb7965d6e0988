import io
from datetime import date

import pytest
from django.urls import reverse

import offices
from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import services
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import Claim, Licence, Right

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(now):
    return offices.holder(now)


@pytest.fixture
def right(now):
    row = RightRow(kind="trademark", name="青岚茶业", source="t", source_id="1",
                   registered_on=date(2020, 1, 1))  # fmt: skip
    return services.record_right(actor=Clockwork(), at=now, row=row)


@pytest.fixture
def mine(now, holder, storage):
    return offices.right_of(holder, now, storage)


def signed_in(client, account):
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_anybody_finds_a_right_by_two_characters(client, right):
    page = client.get(reverse("portal:rights"), {"text": "青岚"})
    assert page.status_code == 200
    assert "青岚茶业" in page.text
    assert reverse("portal:right", args=[right.pk]) in page.text


@pytest.mark.parametrize(
    "asked",
    [{"nice": "46"}, {"nice": "x"}, {"day": "tomorrow"}, {"kind": "star"},
     {"register": "none"}, {"text": "\x00"}, {"page": "-1", "text": "a"}],
)  # fmt: skip
def test_a_senseless_question_gets_the_page_and_not_an_error(client, right, asked):
    page = client.get(reverse("portal:rights"), asked)
    assert page.status_code == 200


def test_a_right_tells_its_status_on_the_day_asked(client, right):
    address = reverse("portal:right", args=[right.pk])
    assert "not yet filed" in client.get(address, {"day": "2019-12-31"}).text
    assert "in force" in client.get(address, {"day": "2020-01-01"}).text
    assert client.get(address, {"day": "2020-99-01"}).status_code == 200


def test_a_name_in_use_says_that_it_is_no_registration(client, now):
    row = RightRow(kind="trademark", name="Tea", source="names", source_id="1",
                   extra={"not_a_registration": "yes"})  # fmt: skip
    right = services.record_right(actor=Clockwork(), at=now, row=row)
    page = client.get(reverse("portal:right", args=[right.pk]))
    assert "not a registration" in page.text
    client.cookies["django_language"] = "zh-hans"
    assert "非注册" in client.get(reverse("portal:right", args=[right.pk])).text


def test_a_trade_secret_does_not_exist_for_the_public(client, now):
    row = RightRow(kind="trade_secret", name="Recipe", source="t", source_id="9",
                   extra={"secret_sha256": "c" * 64})  # fmt: skip
    right = services.record_right(actor=Clockwork(), at=now, row=row)
    assert client.get(reverse("portal:right", args=[right.pk])).status_code == 404


def test_a_claim_is_sent_with_its_proof(client, now, holder, right):
    office = offices.agency(now, "register", "000000", "ip_office")
    offices.officer(now, office, "registrar")
    proof = io.BytesIO(offices.PNG)
    proof.name = "proof.png"
    page = signed_in(client, holder).post(
        reverse("portal:right-claim", args=[right.pk]),
        {"statement": "Ours.", "principal_country": "CN", "proof": proof},
    )
    assert page.status_code == 302
    assert Claim.objects.get().statement == "Ours."


def test_nothing_typed_is_lost_when_a_claim_is_refused(client, holder, right):
    proof = io.BytesIO(offices.PNG)
    proof.name = "proof.png"
    page = signed_in(client, holder).post(
        reverse("portal:right-claim", args=[right.pk]),
        {"statement": "Ours since 2020.", "proof": proof},
    )
    assert page.status_code == 200
    assert "Ours since 2020." in page.text
    assert "No office here can verify claims yet." in page.text
    assert not Claim.objects.exists()


def test_a_holder_has_a_right_watched_and_names_a_seller(client, holder, mine):
    signed_in(client, holder)
    address = reverse("portal:my-right", args=[mine.pk])
    client.post(reverse("portal:right-monitor", args=[mine.pk]), {"act": "begin"})
    assert mine.monitors.filter(until_on=None).exists()
    said = {"kind": "seller", "licensee": "茶铺", "from_on": "2026-03-02"}
    assert client.post(address, said).status_code == 302
    licence = Licence.objects.get()
    assert "茶铺" in client.get(address).text
    client.post(reverse("portal:licence-end", args=[licence.pk]))
    licence.refresh_from_db()
    assert licence.to_on


def test_what_was_typed_of_a_licence_stays_after_an_error(client, holder, mine):
    said = {"kind": "seller", "licensee": "茶铺", "from_on": "2026-13-02"}
    page = signed_in(client, holder).post(
        reverse("portal:my-right", args=[mine.pk]), said
    )
    assert page.status_code == 200
    assert "2026-13-02" in page.text
    assert not Licence.objects.exists()


def test_another_holders_right_does_not_exist(client, now, holder, mine):
    signed_in(client, offices.holder(now, "Somebody Else"))
    for address in ("portal:my-right", "portal:right-monitor"):
        page = client.post(reverse(address, args=[mine.pk]))
        assert page.status_code == 404
    assert "QINGLAN" not in client.get(reverse("portal:my-rights")).text


def test_strangers_are_sent_to_sign_in(client, right):
    for name in ("portal:my-rights", "portal:feeds"):
        assert client.get(reverse(name)).status_code == 302
    assert Right.objects.count() == 1
