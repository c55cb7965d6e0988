"""Rights that no office registers, written down by their holder."""

import io
from datetime import date
from hashlib import sha256

import pytest

import offices
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.evidence.queries import visible_items
from hufu.domain.evidence.services import Upload
from hufu.domain.rights import queries, services
from hufu.domain.rights.models import Status

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
HASH = "a" * 64
WORK = {
    "kind": "copyright",
    "name": "Rill (a fictional program)",
    "subtype": "software",
    "author": "Somebody",
    "author_kind": "organisation",
    "created_on": date(2020, 2, 2),
    "sha256": HASH,
}
SECRET = {"kind": "trade_secret", "name": "Recipe 7", "sha256": HASH}
KNOWLEDGE = {
    "kind": "traditional_knowledge",
    "name": "Indigo vat",
    "author": "A village",
    "about": "How the vat is kept.",
}


@pytest.fixture
def holder(now):
    return offices.holder(now)


@pytest.fixture
def registrar(now):
    office = offices.agency(now, code="ip", kind="ip_office")
    return offices.officer(now, office, role="registrar")


def state(now, holder, facts, work=None, **changed):
    said = services.StatedFacts(**{**facts, **changed})
    return services.state_right(actor=holder, at=now, facts=said, work=work)


@pytest.mark.parametrize("facts", [WORK, SECRET, KNOWLEDGE], ids=lambda f: f["kind"])
def test_a_stated_right_is_its_holders_and_says_that_nobody_verified_it(
    now, holder, facts
):
    right = state(now, holder, facts)
    assert right.is_stated
    assert right.holder == holder.party
    assert list(queries.rights_of(holder, day=DAY)) == [right]
    assert queries.status_on(right, DAY) == Status.IN_FORCE
    entry = Entry.objects.get(subject_id=str(right.pk), act="state")
    assert facts["name"] not in str(entry.facts)


def test_of_a_secret_only_name_and_hash_are_kept(now, holder):
    right = state(now, holder, SECRET, about="four parts of salt", author="Somebody")
    assert (right.secret_sha256, right.goods, right.extra) == (HASH, "", {})
    assert right.deposit is None


def test_nobody_but_its_holder_finds_a_secret(now, holder):
    right = state(now, holder, SECRET, is_listed=True)
    other = offices.holder(now, "Somebody else")
    clerk = offices.officer(now, offices.agency(now))
    assert not queries.public_rights().exists()
    assert not queries.search_rights(queries.Search(day=DAY, text="Recipe")).keys
    assert not queries.visible_rights(other).exists()
    assert not queries.visible_rights(clerk).exists()
    assert queries.visible_rights(holder).get() == right


def test_a_work_is_found_by_the_public_only_where_its_holder_lists_it(now, holder):
    right = state(now, holder, WORK)
    assert not queries.public_rights().exists()
    services.list_right(actor=holder, at=now, right=right)
    assert queries.public_rights().get() == right
    services.unlist_right(actor=holder, at=now, right=right)
    assert not queries.public_rights().exists()


def test_a_secret_is_never_listed(now, holder):
    right = state(now, holder, SECRET)
    refused("secret_stays", services.list_right, actor=holder, at=now, right=right)


def test_only_its_holder_lists_a_right(now, holder):
    right = state(now, holder, WORK)
    other = offices.holder(now, "Somebody else")
    refused("not_yours", services.list_right, actor=other, at=now, right=right)


def test_a_deposited_work_gives_its_own_hash_and_is_open_to_its_holder_alone(
    now, holder, storage
):
    work = offices.kept(storage, b"print('rill')\n", "rill.txt")
    right = state(now, holder, WORK, work=work, sha256="")
    assert right.work_sha256 == sha256(b"print('rill')\n").hexdigest()
    assert visible_items(holder).get() == right.deposit
    assert not visible_items(offices.officer(now, offices.agency(now))).exists()


@pytest.mark.parametrize(
    ("code", "facts", "changed"),
    [
        ("hash_malformed", SECRET, {"sha256": "a" * 63}),
        ("hash_malformed", SECRET, {"sha256": "g" * 64}),
        ("hash_malformed", WORK, {"sha256": "see attachment"}),
        ("hash_missing", SECRET, {"sha256": ""}),
        ("work_missing", WORK, {"sha256": ""}),
        ("name_missing", KNOWLEDGE, {"name": "  "}),
        ("register_needed", WORK, {"kind": "trademark"}),
        ("day_to_come", WORK, {"created_on": date(2026, 3, 3)}),
        ("days_in_order", WORK, {"published_on": date(2020, 2, 1)}),
    ],
)
def test_what_cannot_be_is_refused(now, holder, code, facts, changed):
    said = services.StatedFacts(**{**facts, **changed})
    refused(code, services.state_right, actor=holder, at=now, facts=said)


def test_a_file_with_a_secret_is_refused(now, holder, storage):
    said = services.StatedFacts(**SECRET)
    work = offices.kept(storage, b"four parts of salt", "secret.txt")
    refused(
        "secret_stays",
        services.state_right,
        actor=holder,
        at=now,
        facts=said,
        work=work,
    )


def test_a_file_must_have_the_hash_that_was_typed(now, holder, storage):
    said = services.StatedFacts(**WORK)
    work = offices.kept(storage, b"something else", "work.txt")
    refused(
        "hash_differs",
        services.state_right,
        actor=holder,
        at=now,
        facts=said,
        work=work,
    )


def test_the_same_content_is_recorded_once_by_one_holder(now, holder):
    state(now, holder, SECRET)
    said = services.StatedFacts(**{**SECRET, "sha256": HASH.upper()})
    refused("already_stated", services.state_right, actor=holder, at=now, facts=said)
    assert state(now, offices.holder(now, "Somebody else"), SECRET)


def test_an_officer_cannot_state_a_right(now):
    said = services.StatedFacts(**WORK)
    clerk = offices.officer(now, offices.agency(now))
    refused("no_permission", services.state_right, actor=clerk, at=now, facts=said)


def test_it_is_monitored_only_once_an_officer_has_verified_it(
    now, holder, registrar, storage
):
    right = state(now, holder, WORK)
    refused("not_verified", services.ask_monitoring, actor=holder, at=now, right=right)
    claim = services.claim_right(
        actor=holder,
        at=now,
        storage=storage,
        right=right,
        facts=services.ClaimFacts(),
        upload=Upload(io.BytesIO(b"certificate"), "certificate.txt"),
    )
    services.verify_claim(actor=registrar, at=now, claim=claim)
    right.refresh_from_db()
    assert not right.is_stated
    assert services.ask_monitoring(actor=holder, at=now, right=right)


def test_the_office_that_is_sent_proof_sees_the_secrets_record(
    now, holder, registrar, storage
):
    right = state(now, holder, SECRET)
    services.claim_right(
        actor=holder,
        at=now,
        storage=storage,
        right=right,
        facts=services.ClaimFacts(),
        upload=Upload(io.BytesIO(b"agreement"), "agreement.txt"),
    )
    assert queries.visible_claims(registrar).get().right == right


def refused(code, act, **said):
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert refusal.value.code == code
