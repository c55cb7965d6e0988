"""Timestamps in a receipt, from the authority to the page that checks them."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.urls import reverse

from engines.proof.authority import Authority
from hufu.base.journal import sequence_entries
from hufu.domain.evidence import services
from hufu.domain.evidence.kept import KeptReceipt
from hufu.domain.evidence.models import Deposit
from hufu.doors.cli.proof import main
from hufu.doors.jobs.tasks import stamp_log
from hufu.doors.letters import demo_authority
from hufu.doors.storage import prooflog
from hufu.engines.proof.checkpoints import Checkpoint
from hufu.engines.proof.notes import encode_base64
from hufu.engines.proof.receipts import Receipt
from hufu.engines.proof.timestamps import Reply, make_request

pytestmark = pytest.mark.django_db
DATA = b"a drawing of a teapot"
VERIFY = reverse("portal:verify")


@pytest.fixture
def deposit(desk, now):
    desk.post(
        reverse("portal:deposit-hash"), {"sha256": hashlib.sha256(DATA).hexdigest()}
    )
    log(now)
    return Deposit.objects.get()


@pytest.fixture
def far(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "a")


@pytest.fixture
def other(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "b")


@pytest.fixture
def raw(desk, deposit, now, far):
    """Return a receipt with a timestamp."""
    stamped(now, far)
    return fetched(desk, deposit)


def log(now):
    sequence_entries(at=now)
    prooflog.extend_log(at=now)


def stamped(now, authority, name="Far", *, own=False):
    """Keep a stamp of the published head, as the job does with an answer."""
    note, _view = prooflog.published_head()
    head = Checkpoint.parse(note.text)
    digest = hashlib.sha256(note.text.encode()).digest()
    raw = authority.reply(make_request(digest, nonce=7))
    facts = services.StampFacts(
        log=head.origin,
        size=head.size,
        note=str(note),
        authority=name,
        own=own,
        reply=raw,
        roots=authority.root.decode(),
        stamped_at=Reply(raw).at,
    )
    return services.keep_stamp(at=now, facts=facts)


def page(name, deposit):
    return reverse(f"portal:{name}", args=[deposit.pk])


def fetched(desk, deposit):
    return desk.get(page("deposit-json", deposit)).content


def asked(desk, raw, language="en"):
    desk.cookies["django_language"] = language
    text = raw.decode() if isinstance(raw, bytes) else json.dumps(raw)
    return desk.post(VERIFY, {"receipt": text, "sha256": ""}).text


def test_the_receipt_gets_place_and_timestamp_under_one_checkpoint(
    desk, deposit, now, far
):
    stamped(now, far)
    read = Receipt.parse(fetched(desk, deposit))
    (one,) = read.timestamps
    text = read.proof.note.text.encode()
    assert Reply(one.reply).digest == hashlib.sha256(text).digest()
    for name in ("deposit", "deposit-receipt"):
        assert "Stamped by Far on " in desk.get(page(name, deposit)).text


def test_a_receipt_that_was_kept_before_is_stamped_later(desk, deposit, now, far):
    first = fetched(desk, deposit)
    assert KeptReceipt.objects.filter(stage="proved").exists()
    stamped(now, far)
    later = Receipt.parse(fetched(desk, deposit))
    assert later.timestamps
    assert Receipt.parse(first).note == later.note


def test_once_whoever_was_asked_has_stamped_the_receipt_stays_the_same(
    desk, deposit, now, far, monkeypatch
):
    stamped(now, far)
    assert not KeptReceipt.objects.filter(stage="stamped").exists()
    monkeypatch.setattr(
        "hufu.doors.identity.timezone.now", lambda: now + timedelta(minutes=2)
    )
    first = fetched(desk, deposit)
    stamped(now, far, "Another")
    assert fetched(desk, deposit) == first
    assert KeptReceipt.objects.get(stage="stamped").content == first


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("A timestamp authority has stamped", "Far proves that the deposit")),
        ("zh-hans", ("时间戳机构已为该检查点加盖时间戳", "Far 证明该存证")),
    ],
)
def test_the_page_says_who_stamped_and_when(desk, raw, language, words):
    shown = asked(desk, raw, language)
    for each in words:
        assert each in shown


def test_the_demonstrations_authority_is_told_to_count_for_nothing(desk, deposit):
    demo_authority.make_demo_authority()
    stamp_log.call()
    shown = asked(desk, fetched(desk, deposit))
    assert "own authority has stamped the checkpoint" in shown
    assert demo_authority.NAME in shown
    assert "it counts for nothing" in shown
    assert "Only the office" in shown


def test_without_a_timestamp_the_page_says_so(desk, deposit):
    assert "No timestamp covers it yet" in asked(desk, fetched(desk, deposit))


def with_reply(raw, reply, roots=None):
    told = json.loads(raw)
    told["timestamps"][0]["reply"] = encode_base64(reply)
    told["timestamps"][0]["roots"] = roots or told["timestamps"][0]["roots"]
    return told


def stamp_of(raw, authority):
    text = Receipt.parse(raw).proof.note.text.encode()
    return authority.reply(make_request(hashlib.sha256(text).digest(), nonce=7))


def test_bad_timestamps_are_refused_with_the_reason(desk, raw, far):
    elsewhere = far.reply(make_request(hashlib.sha256(b"x").digest(), nonce=7))
    whole = Receipt.parse(raw).timestamps[0].reply
    flipped = whole[:-1] + bytes([whole[-1] ^ 1])
    for reply, reason in (
        (elsewhere, "Far: It is over another checkpoint."),
        (flipped, "Far: It was changed after it was signed."),
        (b"hello", "Far: It cannot be read as an RFC 3161 timestamp."),
    ):
        shown = asked(desk, with_reply(raw, reply))
        assert "A timestamp does not hold" in shown
        assert reason in shown
        assert "The deposit stands in the log" in shown


def test_an_authority_that_only_the_receipt_vouches_for_is_told_apart(desk, raw, other):
    reply = stamp_of(raw, other)
    shown = asked(desk, with_reply(raw, reply, other.root.decode()))
    assert "an authority that this office does not know" in shown
    assert "not under the root named" in asked(desk, with_reply(raw, reply))


def test_the_command_checks_it_offline_against_given_roots(
    raw, far, other, tmp_path, capsys
):
    receipt, file, roots = (tmp_path / name for name in ("r.json", "f", "roots.pem"))
    receipt.write_bytes(raw)
    file.write_bytes(DATA)
    roots.write_bytes(far.root)
    key = str(prooflog.log_signer().key)
    words = ["verify", str(receipt), "--key", key, "--file", str(file), "--roots"]
    assert main([*words, str(roots)]) == 0
    said = capsys.readouterr().out
    assert "The file is the one that was deposited" in said
    assert "stamped by CN=Test authority, a trusted authority." in said
    roots.write_bytes(other.root)
    assert main([*words, str(roots)]) == 1
    assert "No chain led to a trusted root" in capsys.readouterr().out
    file.write_bytes(DATA + b"x")
    assert main(words[:-1]) == 1
