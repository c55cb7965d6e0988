"""The log follows the journal: every act gets one leaf, whatever dies when."""

import shutil

import pytest
from django.db import DatabaseError, transaction

import offices
from hufu.base.journal import sequence_entries
from hufu.base.models import Entry
from hufu.domain.evidence import queries
from hufu.domain.evidence.models import Leaf
from hufu.doors.storage import prooflog
from hufu.engines.proof.audits import verify_log
from hufu.engines.proof.commitments import check_opening
from hufu.engines.proof.errors import FatalLogError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Give every test a log of its own."""
    settings.HUFU_HOME = tmp_path
    return tmp_path


@pytest.fixture
def acts(now):
    """Leave some acts in the journal, with their places."""
    office = offices.agency(now)
    offices.officer(now, office, "investigator")
    sequence_entries(at=now)
    return list(Entry.objects.order_by("place__position"))


def audited():
    key = prooflog.log_signer().key
    return verify_log(prooflog.log_folder(), prooflog.log_origin(), [key])


def test_every_act_gets_one_leaf_in_the_journals_order(acts, now):
    assert prooflog.extend_log(at=now) == len(acts)
    assert prooflog.extend_log(at=now) == 0
    assert [leaf.entry for leaf in queries.leaves(prooflog.log_origin())] == acts
    assert audited().size == len(acts)


def test_the_log_shows_nothing_of_what_it_commits_to(acts, now, home):
    prooflog.extend_log(at=now)
    shown = b"".join(p.read_bytes() for p in (home / "log").rglob("*") if p.is_file())
    for act in acts:
        assert act.subject_id.encode() not in shown
        assert act.actor.encode() not in shown
        assert act.act.encode() not in shown


def test_an_act_is_proved_by_its_opening_and_its_path(acts, now):
    prooflog.extend_log(at=now)
    leaf = queries.leaf_of(acts[1])
    proof = prooflog.prove_leaf(leaf)
    opening = bytes(leaf.opening)
    key = prooflog.log_signer().key
    proof.verify(leaf.opening.leaf(), prooflog.log_origin(), [key])
    assert check_opening(leaf.opening.leaf(), opening).facts == leaf.opening.facts


def test_an_act_that_is_not_in_the_log_yet_has_no_proof(acts, now):
    assert queries.leaf_of(acts[0]) is None
    with prooflog.writing_log(at=now) as log:
        prooflog._place(log, at=now)
    assert prooflog.prove_leaf(queries.leaf_of(acts[0])) is None


def test_places_given_before_a_crash_are_filled_at_the_next_turn(acts, now):
    with prooflog.writing_log(at=now) as log:
        prooflog._place(log, at=now)
        assert log.head.size == 0
    assert prooflog.extend_log(at=now) == len(acts)
    assert audited().size == len(acts)


def test_a_log_whose_folder_vanished_is_not_begun_again(acts, now, home):
    prooflog.extend_log(at=now)
    shutil.rmtree(home / "log")
    with pytest.raises(FatalLogError, match="no folder any more"):
        prooflog.extend_log(at=now)


def test_a_database_older_than_the_log_stops_it(acts, now, home, settings):
    prooflog.extend_log(at=now)
    origin = prooflog.log_origin()
    with prooflog.writing_log(at=now) as log:
        log.append([b"what a database brought back does not know"], at=now)
    with pytest.raises(FatalLogError, match="older than the log"):
        prooflog.extend_log(at=now)
    assert Leaf.objects.filter(log=origin).count() == len(acts)


def test_a_place_in_the_log_is_never_changed_or_taken_back(acts, now):
    prooflog.extend_log(at=now)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Leaf.objects.update(salt="0" * 64)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Leaf.objects.all().delete()


def test_salts_differ(acts, now):
    prooflog.extend_log(at=now)
    salts = set(Leaf.objects.values_list("salt", flat=True))
    assert len(salts) == len(acts)


def test_the_name_comes_from_the_sites_address(settings):
    settings.HUFU_SITE_URL, settings.HUFU_LOG_ORIGIN = "https://ip.example/x", ""
    assert prooflog.log_origin() == "ip.example/x/log"
