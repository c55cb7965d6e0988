"""The index of the public register follows it, and discloses nothing else."""

from datetime import date

import pytest

import offices
from hufu.domain.rights import services as rights
from hufu.doors.identity import now, today
from hufu.doors.storage import compiling
from hufu.doors.storage.registerindex import (
    near,
    register_index,
    renew_register_index,
)
from hufu.engines.detection import Offer
from names import registered, struck_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    return tmp_path


def found(text):
    return [
        row.right.name for row in near(register_index().match(Offer("", text)), today())
    ]


def test_there_is_none_before_it_is_built_nor_while_the_matcher_is_compiled(home):
    assert register_index() is None
    assert renew_register_index(today())
    assert len(register_index()) == 0
    compiling.begin_compiling()
    assert register_index() is None
    compiling.wait_compiled()


def test_it_is_renewed_when_the_register_changed_and_only_then():
    first = registered(now(), "Fictionia")
    assert renew_register_index(today())
    assert found("fictlonia boots") == ["Fictionia"]
    assert not renew_register_index(today())
    registered(now(), "Lucidora")
    assert renew_register_index(today())
    assert set(found("lucidora and fictionia")) == {"Fictionia", "Lucidora"}
    struck_off(now(), first)
    # What ended since the index was built is not told either.
    assert found("lucidora and fictionia") == ["Lucidora"]
    assert renew_register_index(today())
    assert len(register_index()) == 1


def test_names_in_use_and_applications_stand_too_and_secrets_never():
    in_use = {"not_a_registration": "yes"}
    registered(now(), "Fictionia", extra=in_use, registered_on=None)
    filed = date(2024, 1, 1)
    registered(now(), "Lucidora", registered_on=None, filed_on=filed, expires_on=None)
    registered(now(), "Oldoria", expires_on=date(2000, 1, 1))
    registered(
        now(), "Secretia", kind="trade_secret", extra={"secret_sha256": "0" * 64}
    )
    renew_register_index(today())
    names = [mark.text for mark in register_index().marks()]
    assert sorted(names) == ["Fictionia", "Lucidora"]


def test_what_is_monitored_and_who_sells_cannot_be_read_from_it(storage):
    holder = offices.holder(now())
    right = offices.right_of(holder, now(), storage, classes=(30,))
    renew_register_index(today())
    before = list(register_index().marks())
    rights.ask_monitoring(actor=holder, at=now(), right=right)
    shop = rights.LicenceFacts("seller", "Own shop", today(), seller_id="own-1")
    rights.add_licence(actor=holder, at=now(), right=right, facts=shop)
    renew_register_index(today())
    assert list(register_index().marks()) == before


def test_a_damaged_index_is_not_used_and_said_so(home, caplog):
    registered(now(), "Fictionia")
    renew_register_index(today())
    (segment,) = (home / "register-index").glob("*.segment")
    segment.write_bytes(segment.read_bytes()[:-64])
    assert register_index() is None
    assert "cut short" in caplog.text
    assert renew_register_index(today())
    assert found("fictlonia boots") == ["Fictionia"]
