"""`./hufu export-evidence`: a bundle of a case, checked three ways, and attacked."""

import io
import json
import re
import subprocess
import sys
import threading
import zipfile

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image

import casework
import offices
from engines.proof.bundling import rewritten
from hufu.base.journal import digest_of
from hufu.base.models import Entry
from hufu.domain.cases import services as cases
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Custody
from hufu.doors.cli.proof import main
from hufu.doors.letters.demo_authority import make_demo_authority
from hufu.doors.storage import prooflog
from hufu.doors.storage.handouts import verifier
from hufu.doors.witness.__main__ import open_key
from hufu.doors.witness.server import Server, known_logs
from hufu.engines.proof.bags import write_bag
from hufu.engines.proof.bundles import Trust, verify_bundle
from hufu.engines.proof.commitments import canonical
from hufu.engines.proof.witness import Witness

pytestmark = pytest.mark.django_db
NAME, CONTACT = "Reporter Wang", "wang@reporter.test"


def photo(maker):
    """Draw a picture that says in its metadata who took it."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = maker
    Image.new("RGB", (8, 8), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def desk(now, storage, settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    return casework.Desk(now, storage)


@pytest.fixture
def case(desk):
    """Investigate what a stranger and a named person reported, and an officer saw."""
    sent = photo("A Stranger")
    unknown = desk.lead(files=[offices.kept(desk.storage, sent, "stranger.jpg")])
    told = photo(NAME)
    named = desk.lead(
        2,
        name=NAME,
        contact=CONTACT,
        files=[offices.kept(desk.storage, told, "wang.jpg")],
    )
    case = desk.investigating([unknown, named])
    items = [
        desk.item(),
        *(lead.attachments.get().item for lead in (unknown, named)),
    ]
    for item in items:
        cases.add_exhibit(
            actor=desk.one, at=desk.at, case=case, item=item, purpose="shows the sale"
        )
    evidence.unseal_item(
        actor=_unsealer(desk, items[1]),
        at=desk.at,
        storage=desk.storage,
        item=items[1],
        reason=f"To ask {NAME} about it",
    )[1].close()
    return case


def _unsealer(desk, item):
    evidence.grant_item(
        actor=desk.one, at=desk.at, item=item, grantee=desk.director.label
    )
    return desk.director


def export(case, tmp_path, *, user="one-shenzhen", name="bundle.zip"):
    path = tmp_path / name
    words = ["--as", user] if user else []
    call_command("export_evidence", case.number, "--out", str(path), *words)
    return path


def standalone(path):
    key = f"--key={prooflog.log_signer().key}"
    command = [sys.executable, "-I", "-S", "-", path, key]
    given = verifier().decode()
    return subprocess.run(
        command, input=given, capture_output=True, text=True, check=False
    )


def judged(data, tmp_path):
    """Ask both verifiers; they must agree on whether the bundle can be relied on."""
    report = verify_bundle(io.BytesIO(data), Trust([prooflog.log_signer().key]))
    path = tmp_path / "judged.zip"
    path.write_bytes(data)
    done = standalone(path)
    assert (done.returncode == 0) == report.is_sound, (done.stdout, report.findings)
    return report


def read(path, name):
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read(f"evidence/data/{name}.json"))


def remade(path, change):
    """Whoever rewrites a bundle can write new manifests and no seal of ours."""
    with zipfile.ZipFile(path) as package:
        files = {
            i.filename.partition("/")[2]: package.read(i) for i in package.filelist
        }
    files = {k: v for k, v in files.items() if k.startswith("data/")}
    for name in ("data/bundle.json", "data/custody.json"):
        files[name] = json.loads(files[name])
    change(files)
    out = io.BytesIO()
    plain = {k: canonical(v) if isinstance(v, dict) else v for k, v in files.items()}
    write_bag(out, [(k, [v]) for k, v in plain.items()], {})
    return out.getvalue()


def test_the_bundle_of_a_case_is_believed_by_both_verifiers(case, tmp_path, capsys):
    path = export(case, tmp_path)
    report = judged(path.read_bytes(), tmp_path)
    assert report.is_sound, report.findings
    assert main(["verify", str(path)]) == 0
    said = capsys.readouterr().out
    assert "Exhibit 1: photo.txt: act recorded as entry" in said
    assert "The whole custody: act recorded as entry" in said
    index = read(path, "bundle")
    assert [len(one["proofs"]) for one in index["exhibits"]] == [2, 1, 1]
    unproved = [f for f in report.findings if "nothing in a log" in f.message]
    assert unproved == []


def handwork(path, tmp_path):
    with zipfile.ZipFile(path) as package:
        package.extractall(tmp_path)
    folder = tmp_path / "evidence"
    text = (folder / "VERIFY.md").read_text()
    script = "set -eu\n" + "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    done = subprocess.run(
        ["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "WRONG" not in said
    return said


def test_the_handwork_of_the_instructions_proves_it(case, tmp_path):
    said = handwork(export(case, tmp_path), tmp_path)
    assert "files: ok" in said
    # Under the checkpoint, and under the list of files.
    assert said.count("Signature Verified Successfully") == 2


def test_the_timestamps_over_the_log_prove_each_exhibit_in_all_three_ways(
    case, tmp_path
):
    make_demo_authority()
    path = export(case, tmp_path)
    report = judged(path.read_bytes(), tmp_path)
    stamps = report.of("timestamp")
    assert len(stamps) == 3
    assert all("The checkpoint of" in stamp.message for stamp in stamps)
    assert all("not independent" in stamp.message for stamp in stamps)
    said = standalone(path).stdout
    assert said.count("the checkpoint of") == 3
    by_hand = handwork(path, tmp_path)
    assert by_hand.count("Verification: OK") == 1
    assert by_hand.count("its checkpoint was stamped: ok") == 3


def _swap_stamp(files):
    (reply,) = (name for name in files if name.endswith(".tsr"))
    files[reply] = files[reply][:-1] + bytes([files[reply][-1] ^ 1])


def _move_stamp(files):
    for exhibit in files["data/bundle.json"]["exhibits"]:
        for stamp in exhibit["timestamps"]:
            stamp["over"] = "data/custody.json"


@pytest.mark.parametrize("change", [_swap_stamp, _move_stamp])
def test_a_timestamp_that_was_changed_or_is_over_another_file_is_found_by_both(
    case, tmp_path, change
):
    make_demo_authority()
    path = export(case, tmp_path)
    assert not judged(remade(path, change), tmp_path).is_sound


def test_who_exports_is_in_every_custody_and_in_the_case_before_bytes_leave(
    case, desk, tmp_path
):
    path = export(case, tmp_path)
    for exhibit in case.exhibits.all():
        link = exhibit.item.custody.last()
        assert (link.act, link.actor) == ("downloaded", desk.one.label)
        assert case.number in link.reason
    entry = Entry.objects.get(act="export-evidence")
    assert (entry.subject_id, entry.actor) == (str(case.pk), desk.one.label)
    assert entry.facts["exhibits"] == [1, 2, 3]
    links = read(path, "custody")["links"]
    assert sum(link["act"] == "downloaded" for link in links) == 3
    assert len(links) == Custody.objects.filter(item__exhibits__case=case).count()


def test_nothing_of_a_source_that_the_law_protects_enters(case, desk, tmp_path):
    path = export(case, tmp_path)
    with zipfile.ZipFile(path) as package:
        whole = b"".join(
            i.filename.encode() + package.read(i) for i in package.filelist
        )
    sealed = [e.item for e in case.exhibits.all() if e.item.collected_by == "reporter"]
    assert len(sealed) == 2
    hidden = [NAME, CONTACT, "A Stranger", "stranger.jpg", "wang.jpg", '"reporter"']
    hidden += [offices.receipt(1), offices.receipt(2), "reporter\\"]
    hidden += [digest_of(f"To ask {NAME} about it")]
    for item in sealed:
        hidden += [item.blob_id, item.source]
        assert item.working_id.encode() in whole
        with desk.storage.open(item.blob_id) as original:
            assert original.read() not in whole
    assert [text for text in hidden if text.encode() in whole] == []
    links = read(path, "custody")["links"]
    first = next(link for link in links if link["exhibit"] == "Exhibit 2")
    assert (first["act"], first["who"]) == ("deposited", "a protected source")
    assert first["proofs"][0]["opening"] == ""
    opened = next(link for link in links if link["act"] == "unsealed")
    assert "reason_sha256" not in opened
    assert opened["proofs"][0]["opening"] == ""
    assert opened["who"] == desk.director.label
    assert read(path, "bundle")["left_out"][0]["reason"] == "protected by law"


def test_a_party_who_gave_something_sealed_is_not_named(desk, tmp_path):
    case, holder = desk.investigating(), offices.holder(desk.at)
    upload = evidence.Upload(io.BytesIO(photo("Insider")), "insider.jpg", sealed=True)
    item = evidence.deposit_item(
        actor=holder,
        at=desk.at,
        storage=desk.storage,
        upload=upload,
        agency=desk.office,
    )
    cases.add_exhibit(
        actor=desk.one, at=desk.at, case=case, item=item, purpose="the plan"
    )
    evidence.view_item(actor=holder, at=desk.at, item=item)
    path = export(case, tmp_path)
    with zipfile.ZipFile(path) as package:
        whole = b"".join(package.read(i) for i in package.filelist)
    assert str(holder.pk).encode() not in whole
    assert judged(path.read_bytes(), tmp_path).is_sound


def test_a_case_of_another_agency_is_as_unknown_as_one_that_is_not(
    case, now, storage, tmp_path
):
    casework.Desk(now, storage, "guangzhou", "440100")
    for number, user in (
        (case.number, "dir-guangzhou"),
        (case.number, "intake-shenzhen"),
        ("no such number", "dir-shenzhen"),
    ):
        out = str(tmp_path / "x.zip")
        with pytest.raises(CommandError, match="There is no case"):
            call_command("export_evidence", number, "--as", user, "--out", out)
    with pytest.raises(CommandError, match="no officer"):
        export(case, tmp_path, user="nobody")
    assert not list(tmp_path.glob("*.zip*"))


def test_what_the_officer_may_not_see_stays_and_is_said_to(case, desk, tmp_path):
    item = case.exhibits.get(number=1).item
    head = desk.director.label
    evidence.revoke_item(actor=desk.one, at=desk.at, item=item, grantee=head)
    path = export(case, tmp_path, user="dir-shenzhen")
    last = read(path, "bundle")["exhibits"][-1]
    assert (last["title"], last["path"]) == ("Exhibit 1", "")
    assert "not open to whoever" in last["reason"]
    assert item.custody.last().act != "downloaded"


def test_at_the_console_the_system_exports_for_the_agency(case, tmp_path):
    path = export(case, tmp_path, user=None)
    assert judged(path.read_bytes(), tmp_path).is_sound
    assert Entry.objects.get(act="export-evidence").actor == "system"


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_file_that_is_not_whole_stops_it_and_leaves_no_trace(
    case, desk, tmp_path, damage
):
    place = desk.storage.path_of(case.exhibits.get(number=1).item.blob_id)
    if damage == "missing":
        place.unlink()
    else:
        place.write_bytes(place.read_bytes()[:-1] + b"?")
    before = Entry.objects.count()
    with pytest.raises(CommandError, match="Nothing was written: The file"):
        export(case, tmp_path)
    assert Entry.objects.count() == before
    assert not list(tmp_path.glob("*.zip*"))


def test_a_case_without_exhibits_and_a_file_that_exists_are_refused(desk, tmp_path):
    with pytest.raises(CommandError, match="no exhibit"):
        export(desk.investigating(), tmp_path)
    (tmp_path / "bundle.zip").write_text("mine")
    with pytest.raises(CommandError, match="exists"):
        export(desk.investigating(), tmp_path)
    assert (tmp_path / "bundle.zip").read_text() == "mine"


def test_one_changed_byte_of_an_exhibit_is_found(case, tmp_path):
    def change(name, data):
        return data[:-1] + b"!" if name == "data/exhibits/0001/attachment.txt" else data

    packed = io.BytesIO(export(case, tmp_path).read_bytes())
    assert not judged(rewritten(packed, change).getvalue(), tmp_path).is_sound

    def rewrite(files):
        files["data/exhibits/0001/attachment.txt"] = b"what nobody saw"

    report = judged(remade(tmp_path / "bundle.zip", rewrite), tmp_path)
    assert not report.is_sound


def _take_link(files):
    del files["data/custody.json"]["links"][1]


def _rewrite_reason(files):
    links = files["data/custody.json"]["links"]
    next(link for link in links if "reason" in link)["reason"] = "nothing"


def _rename_officer(files):
    files["data/custody.json"]["links"][0]["who"] = "officer:somebody"


def _drop_officer(files):
    del files["data/custody.json"]["links"][0]["who"]


def _unmask(files):
    links = files["data/custody.json"]["links"]
    said = next(link for link in links if link["who"] == "a protected source")
    said["who"] = "party:an invented one"


def _swap_proofs(files):
    one, two = files["data/bundle.json"]["exhibits"][:2]
    one["proofs"], two["proofs"] = two["proofs"], one["proofs"]


def _swap_paths(files):
    one, two = files["data/custody.json"]["links"][:2]
    a, b = one["proofs"][0], two["proofs"][0]
    a["proof"], b["proof"] = b["proof"], a["proof"]


@pytest.mark.parametrize(
    "change",
    [
        _take_link,
        _rewrite_reason,
        _rename_officer,
        _drop_officer,
        _unmask,
        _swap_proofs,
        _swap_paths,
    ],
)
def test_what_is_rewritten_with_new_manifests_is_found_by_both(case, tmp_path, change):
    path = export(case, tmp_path)
    assert judged(remade(path, lambda _files: None), tmp_path).is_sound
    assert not judged(remade(path, change), tmp_path).is_sound


@pytest.mark.enable_socket
def test_the_checkpoint_carries_the_witness_who_was_asked(case, now, tmp_path):
    folder = tmp_path / "witness"
    cosigner = open_key(folder, "witness.example")
    known = {prooflog.log_origin(): [str(prooflog.log_signer().key)]}
    (folder / "logs.json").write_text(json.dumps(known))
    witness = Witness(cosigner, known_logs(folder))
    server = Server(("127.0.0.1", 0), witness, folder, lambda: now)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        row = {"vkey": str(cosigner.key), "url": url, "own": False}
        (tmp_path / "witnesses.json").write_text(json.dumps([row]))
        path = export(case, tmp_path)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    witnesses = read(path, "bundle")["witnesses"]
    assert [one["key"] for one in witnesses] == [str(cosigner.key)]
    report = verify_bundle(
        io.BytesIO(path.read_bytes()), Trust(witnesses=[cosigner.key])
    )
    assert "signed by 1 witnesses: 1 known" in report.of("witnesses")[0].message
