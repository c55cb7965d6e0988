import secrets

import pytest

from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.people import queries, services
from hufu.domain.people.models import ApiKey
from offices import agency, holder, officer

TOKEN = secrets.token_urlsafe(32)


def open_key(account, now, name="stock system", token=TOKEN):
    return services.open_key(actor=account, at=now, name=name, token=token)


def test_a_key_leads_to_its_account_and_is_kept_only_as_a_hash(db, now):
    account = holder(now)
    key = open_key(account, now)
    assert queries.key_by_token(TOKEN).account == account
    assert TOKEN not in str(ApiKey.objects.values().get(pk=key.pk))
    assert TOKEN not in str(list(Entry.objects.values("facts")))


def test_a_closed_key_opens_nothing(db, now):
    account = holder(now)
    key = open_key(account, now)
    services.close_key(actor=account, at=now, key=key)
    assert queries.key_by_token(TOKEN) is None
    with pytest.raises(Refusal):
        services.close_key(actor=account, at=now, key=key)


def test_the_key_of_a_closed_account_opens_nothing(db, now):
    office = agency(now)
    clerk, chief = officer(now, office), officer(now, office, "administrator")
    open_key(clerk, now)
    services.close_account(actor=chief, at=now, account=clerk)
    assert queries.key_by_token(TOKEN) is None


def test_whoever_looks_after_the_accounts_may_close_a_key_and_others_may_not(db, now):
    office = agency(now)
    clerk, chief = officer(now, office), officer(now, office, "administrator")
    stranger = officer(now, agency(now, "beijing", "110000"), "administrator")
    key = open_key(clerk, now)
    with pytest.raises(Refusal) as refusal:
        services.close_key(actor=stranger, at=now, key=key)
    assert refusal.value.code == "not_found"
    assert services.close_key(actor=chief, at=now, key=key).closed_at == now


def test_a_key_says_what_it_is_for(db, now):
    with pytest.raises(Refusal):
        open_key(holder(now), now, name="  ")


def test_nobody_piles_up_keys(db, now):
    account = holder(now)
    for number in range(services.MOST_KEYS):
        open_key(account, now, token=f"{number:040}")
    with pytest.raises(Refusal):
        open_key(account, now, token="x" * 40)


def test_the_day_of_the_last_use_is_kept(db, now):
    account = holder(now)
    key = open_key(account, now)
    services.note_use(at=now, key=key)
    services.note_use(at=now, key=ApiKey.objects.get(pk=key.pk))
    assert str(ApiKey.objects.get().last_used_on) == "2026-03-02"
