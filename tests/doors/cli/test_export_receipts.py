"""What a depositor got goes out with the exhibit, and never who must stay unknown."""

import base64
import io
import json
import zipfile

import pytest

import casework
import offices
from doors.cli.test_export_evidence import (
    export,
    handwork,
    judged,
    photo,
    read,
    remade,
    standalone,
)
from hufu.domain.cases import services as cases
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.services.exports import leaving_deposit
from hufu.doors.letters.demo_authority import make_demo_authority
from hufu.doors.storage.receipts import receipt_of
from hufu.engines.proof.commitments import canonical
from hufu.engines.proof.findings import Verdict
from hufu.engines.proof.receipts import Receipt

pytestmark = pytest.mark.django_db
RECEIPT = "data/receipts/0001.json"


@pytest.fixture
def desk(now, storage, settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    return casework.Desk(now, storage)


def deposited(desk, actor, data=b"what the officer saw", name="seen.txt"):
    kept = evidence.keep_file(storage=desk.storage, stream=io.BytesIO(data), name=name)
    facts = evidence.DepositFacts()
    return evidence.deposit_file(actor=actor, at=desk.at, kept=kept, facts=facts)


def shown(desk, case, item):
    cases.add_exhibit(
        actor=desk.one, at=desk.at, case=case, item=item, purpose="shows the sale"
    )
    return case


@pytest.fixture
def deposit(desk):
    return deposited(desk, desk.one)


@pytest.fixture
def case(desk, deposit):
    """Investigate with what an officer deposited, and with what came otherwise."""
    case = shown(desk, desk.investigating(), deposit.item)
    return shown(desk, case, desk.item(data=b"a photo of the stall"))


def test_the_receipt_of_a_deposit_goes_out_and_holds_in_all_three_ways(
    case, deposit, tmp_path
):
    make_demo_authority()
    path = export(case, tmp_path)
    report = judged(path.read_bytes(), tmp_path)
    assert report.is_sound, report.findings
    (held,) = report.of("receipt")
    assert held.verdict == Verdict.HOLDS
    assert held.message.startswith("Exhibit 1: seen.txt: the log signed a receipt")
    first, second = read(path, "bundle")["exhibits"]
    assert (first["receipt"], second.get("receipt")) == (RECEIPT, None)
    with zipfile.ZipFile(path) as package:
        raw = package.read(f"evidence/{RECEIPT}")
    assert raw == bytes(receipt_of(deposit, {}))
    receipt = Receipt.parse(raw)
    assert receipt.statement.deposit == str(deposit.pk)
    assert receipt.proof
    assert receipt.timestamps
    assert "ok     Exhibit 1: seen.txt: receipt: signed at" in standalone(path).stdout
    assert f"{RECEIPT}: read" in handwork(path, tmp_path)


def _of_the_other_exhibit(files):
    one, two = files["data/bundle.json"]["exhibits"]
    two["receipt"] = one.pop("receipt")


def _rewritten(files):
    receipt = json.loads(files[RECEIPT])
    receipt["statement"] = receipt["statement"].replace('"at":"20', '"at":"19', 1)
    files[RECEIPT] = canonical(receipt) + b"\n"


def _with_another_opening(files):
    receipt = json.loads(files[RECEIPT])
    receipt["opening"] = files["data/openings/0001.json"].decode()
    files[RECEIPT] = canonical(receipt) + b"\n"


@pytest.mark.parametrize(
    "change", [_of_the_other_exhibit, _rewritten, _with_another_opening]
)
def test_a_forged_receipt_in_a_bundle_is_found_by_both(case, tmp_path, change):
    path = export(case, tmp_path)
    assert judged(remade(path, lambda _files: None), tmp_path).is_sound
    report = judged(remade(path, change), tmp_path)
    assert Verdict.FAILS in [found.verdict for found in report.of("receipt")]


def test_what_an_informant_deposited_before_reporting_it_is_in_no_bundle(
    desk, case, tmp_path
):
    """The very bytes that were reported lie in a deposit of a known account."""
    informant, sent = offices.holder(desk.at, "Informant"), photo("Insider")
    own = deposited(desk, informant, sent, "insider.jpg")
    receipt_of(own, {})
    lead = desk.lead(9, files=[offices.kept(desk.storage, sent, "tip.jpg")])
    other = shown(desk, desk.investigating([lead]), lead.attachments.get().item)
    with zipfile.ZipFile(export(other, tmp_path)) as package:
        names = package.namelist()
        whole = b"".join(package.read(name) for name in names)
    assert not [name for name in names if "/receipts/" in name]
    assert str(informant.pk).encode() not in whole
    assert str(own.pk).encode() not in whole
    assert own.sha256.encode() not in whole


def test_of_a_sealed_file_no_receipt_may_leave(deposit):
    assert leaving_deposit(deposit.item) == deposit
    deposit.item.sealed = True
    assert leaving_deposit(deposit.item) is None


def test_a_receipt_by_an_earlier_key_of_the_log_is_left_out_and_said_to_be(
    case, deposit, settings, tmp_path
):
    receipt_of(deposit, {})
    settings.HUFU_LOG_KEY = base64.b64encode(bytes(range(32))).decode()
    path = export(case, tmp_path)
    assert judged(path.read_bytes(), tmp_path).is_sound
    index = read(path, "bundle")
    assert "receipt" not in index["exhibits"][0]
    (left,) = index["left_out"]
    assert left["what"] == "the receipt of Exhibit 1: seen.txt"
