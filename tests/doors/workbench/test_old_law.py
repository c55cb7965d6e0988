"""What was decided under an old law explains itself after the law has changed."""

import re
import shutil
from datetime import date

import pytest
from django.urls import reverse

import verdicts
from hufu import packs
from hufu.base import law as house
from hufu.base.clocks import explain_clock, extend_clock
from hufu.domain.remedies.letter import letter_of
from hufu.domain.remedies.models import Decision
from hufu.engines.law import Extension, check

pytestmark = pytest.mark.django_db
CHANGED = date(2026, 1, 1)
USED = (
    "penalties/trademark_infringement",
    "deadlines/penalty/payment",
    "deadlines/penalty/decision",
    "deadlines/penalty/statement_and_defence",
    "deadlines/penalty/hearing_request",
    "deadlines/reconsideration/apply",
    "deadlines/litigation/sue",
    "procedure/daily_surcharge_percent",
)


@pytest.fixture(autouse=True)
def office(now, storage, monkeypatch, settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    settings.HUFU_STORAGE_KEY = verdicts.STORAGE_KEY
    made = verdicts.notified(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.now)
    return made


@pytest.fixture
def later_pack(settings, tmp_path):
    """Let the house follow a copy of the pack that the test may change."""
    copy = shutil.copytree(packs.folder("cn"), tmp_path / "pack")
    settings.HUFU_PACK = str(copy)
    yield copy
    house.book.cache_clear()


def raise_every_value(pack):
    """Let other numbers hold from now on, in a law of another article."""
    for name in USED:
        file = pack / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        head, values = text.split("values:\n")
        found = re.split(r"(?m)^(?=  - since:)", values)
        *older, last = (v for v in found if not v.startswith("  - since: 2027"))
        newer = re.sub(r"since: \S+", "since: 2026-01-01", last, count=1)
        newer = re.sub(r"(?m)^    facts:.*\n", "", newer)
        newer = re.sub(r"en: Art[^,}]+", "en: Art. 999", newer)
        newer = re.sub(r"\b(?:250000|15|60|6|90|3)\b", "7", newer)
        assert newer != last
        kept = re.sub(r"(?m)^    until:.*\n", "", last)
        file.write_text(head + "values:\n" + "".join([*older, kept, newer]))
    house.book.cache_clear()


def remove_every_rule(pack):
    for name in USED:
        (pack / f"{name}.yaml").unlink()
    house.book.cache_clear()


CHANGES = [raise_every_value, remove_every_rule]


def seen(client, office, decision, party):
    """Return everything the house says of the decision and its periods."""
    client.force_login(party)
    pages = read(client, [reverse("portal:decision", args=[decision.pk])])
    client.force_login(office.director)
    addresses = [
        reverse("workbench:decision", args=[decision.pk]),
        reverse("workbench:case", args=[decision.case_id]),
        *(
            reverse("workbench:case-why", args=[decision.case_id, clock.pk])
            for clock in decision.case.clocks.all()
        ),
    ]
    return pages + read(client, addresses)


def read(client, addresses):
    pages = []
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        pages.append(re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode()))
    return pages


def letters(decision):
    fresh = Decision.objects.get(pk=decision.pk)
    return [letter_of(fresh, language) for language in ("en", "zh-hans")]


@pytest.mark.parametrize("change", CHANGES)
def test_a_decision_still_shows_its_values_and_articles(
    client, office, later_pack, change
):
    decision = verdicts.served(office)
    party = verdicts.respondent_account(office)
    pages, words = seen(client, office, decision, party), letters(decision)
    assert sum("Art. 60(2)" in page for page in pages) >= 2
    assert "250,000" in "".join(words[0].texts())
    change(later_pack)
    assert letters(decision) == words
    assert seen(client, office, decision, party) == pages


@pytest.mark.parametrize("change", CHANGES)
def test_a_period_is_explained_and_extended_by_the_law_it_began_under(
    office, later_pack, change
):
    clock = office.case.clocks.get(rule="deadlines.penalty.decision")
    why = explain_clock(clock)
    change(later_pack)
    assert explain_clock(clock) == why
    due_on = clock.due_on
    assert extend_clock(clock, extension=Extension("complex")).due_on > due_on


def test_the_changed_packs_would_decide_otherwise_today(later_pack):
    raise_every_value(later_pack)
    assert check(later_pack) == []
    rule = house.book().on(CHANGED, "deadlines.penalty.decision")
    assert rule.value["limit"]["n"] == 7
    assert rule.source.article.en == "Art. 999"
    remove_every_rule(later_pack)
    assert "deadlines.penalty.decision" not in house.book().rules
