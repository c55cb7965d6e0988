"""Evidence bundles, verified three ways, and refused when tampered with."""

import io
import json
import re
import subprocess
import sys
import zipfile

import pytest

from engines.proof.authority import Authority
from engines.proof.bundling import SEALER, Bundling, rewritten
from engines.proof.signers import ORIGIN, cosigner, log_signer
from hufu.doors.storage.handouts import verifier
from hufu.engines.proof.bags import write_bag
from hufu.engines.proof.bundles import Trust, verify_bundle
from hufu.engines.proof.commitments import canonical
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Verdict
from hufu.engines.proof.timestamps import read_certificates

HOLDS, FAILS, OPEN = Verdict.HOLDS, Verdict.FAILS, Verdict.OPEN
TRUST = Trust(log=[log_signer().key], witnesses=[cosigner().key])


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "a")


@pytest.fixture(scope="module")
def packed(authority):
    return Bundling(authority=authority).pack().getvalue()


def standalone(path, *arguments):
    # -I and -S: nothing but the standard library can be imported.
    command = [sys.executable, "-I", "-S", "-", path, *arguments]
    given = verifier().decode()
    return subprocess.run(
        command, input=given, capture_output=True, text=True, check=False
    )


def judged(data, tmp_path, trust=TRUST):
    """Ask both verifiers; they must agree on whether the bundle can be relied on."""
    report = verify_bundle(io.BytesIO(data), trust)
    path = tmp_path / "bundle.zip"
    path.write_bytes(data)
    keys = [f"--key={key}" for key in trust.log]
    done = standalone(path, *keys)
    assert (done.returncode == 0) == report.is_sound, (done.stdout, report.findings)
    return report


def verdicts(report, code):
    return [found.verdict for found in report.of(code)]


def test_a_whole_bundle_is_believed_by_both_verifiers(packed, tmp_path, authority):
    roots = read_certificates(authority.root)
    trust = Trust([log_signer().key, SEALER.key], [cosigner().key], roots)
    report = judged(packed, tmp_path, trust)
    assert report.is_sound
    for code in ("files", "keys", "seal", "logged", "witnesses", "timestamp"):
        assert set(verdicts(report, code)) == {HOLDS}, code
    assert len(report.of("logged")) == 6
    assert verdicts(report, "left_out") == [OPEN]


def test_keys_that_only_the_bundle_brings_are_named_as_such(packed, tmp_path):
    report = judged(packed, tmp_path, Trust())
    assert report.is_sound
    assert verdicts(report, "keys") == verdicts(report, "timestamp") == [OPEN]
    assert str(log_signer().key) in report.of("keys")[0].message


def test_a_seal_by_a_key_that_only_the_bundle_names_proves_nothing_yet(
    packed, tmp_path
):
    for trust in (Trust(), Trust([log_signer().key])):
        report = judged(packed, tmp_path, trust)
        assert verdicts(report, "seal") == [OPEN]
        assert str(SEALER.key) in report.of("seal")[0].message
    path = tmp_path / "bundle.zip"
    path.write_bytes(packed)
    words = "ok     seal: by a key that only the bundle names, compare it"
    assert words in standalone(path).stdout
    known = standalone(path, f"--key={log_signer().key}", f"--key={SEALER.key}").stdout
    assert "ok     seal: signed by hufu.example/export, a key known before" in known


def test_a_bundle_of_another_log_is_refused(packed, tmp_path):
    stranger = Trust(log=[log_signer("other.example").key])
    report = judged(packed, tmp_path, stranger)
    assert set(verdicts(report, "logged")) == {FAILS}


def test_the_standalone_verifier_says_what_it_found(packed, tmp_path, authority):
    path, roots = tmp_path / "bundle.zip", tmp_path / "roots.pem"
    path.write_bytes(packed)
    roots.write_bytes(authority.root)
    done = standalone(path, f"--key={log_signer().key}", f"--roots={roots}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok     Exhibit 1: deposit, entry 0 of 6, 1 witnesses" in done.stdout
    assert "ok     timestamp: data/exhibits/0001/photo-1.txt was there" in done.stdout
    assert "open   left out: an informant's name" in done.stdout
    assert done.stdout.endswith("All that is claimed holds.\n")


def unpacked(data, folder):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        package.extractall(folder)
    return folder / "evidence"


def by_hand(folder):
    """Run what VERIFY.md teaches, command by command."""
    text = (folder / "VERIFY.md").read_text()
    script = "set -eu\n" + "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_handwork_of_the_instructions_proves_it(packed, tmp_path):
    done = by_hand(unpacked(packed, tmp_path))
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "files: ok" in said
    assert "WRONG" not in said
    # The checkpoint by the log and by the witness, and the seal.
    assert said.count("Signature Verified Successfully") == 3
    assert "Verification: OK" in said


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/exhibits/0001/photo-1.txt", b"exhibit 1", b"exhibit 7"),
        ("data/openings/0001.json", b"deposit", b"deposti"),
        ("data/bundle.json", ORIGIN.encode() + b"+", b"evil.example/log+"),
    ],
)
def test_handwork_finds_what_was_changed(packed, tmp_path, name, old, new):
    folder = unpacked(packed, tmp_path)
    path = folder / name
    path.write_bytes(path.read_bytes().replace(old, new))
    assert by_hand(folder).returncode != 0


NAMES = sorted(Bundling().contents())


@pytest.mark.parametrize("name", NAMES)
def test_any_file_changed_is_found(packed, tmp_path, name):
    def change(path, data):
        return data[:-1] + bytes([data[-1] ^ 1]) if path == name else data

    report = judged(rewritten(io.BytesIO(packed), change).getvalue(), tmp_path)
    assert FAILS in verdicts(report, "files")


@pytest.mark.parametrize("name", NAMES)
def test_any_file_taken_is_found(packed, tmp_path, name):
    def take(path, data):
        return None if path == name else data

    report = judged(rewritten(io.BytesIO(packed), take).getvalue(), tmp_path)
    assert not report.is_sound


def test_a_file_slipped_in_is_found(packed, tmp_path):
    out = io.BytesIO(packed)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("evidence/data/extra.txt", b"x")
    report = judged(out.getvalue(), tmp_path)
    assert verdicts(report, "files") == [FAILS]


def remade(change, tmp_path):
    """Whoever rewrites a file can write new manifests; the proofs must not hold."""
    making = Bundling()
    files = making.contents()
    change(files)
    return judged(making.pack(files).getvalue(), tmp_path)


def edit(files, path, change):
    value = json.loads(files[path])
    change(value)
    files[path] = canonical(value)


def test_an_exhibit_rewritten_with_its_manifest_is_found(tmp_path):
    def rewrite(files):
        files["data/exhibits/0001/photo-1.txt"] = b"another\n"

    assert verdicts(remade(rewrite, tmp_path), "exhibit") == [FAILS]


def test_an_exhibit_rewritten_with_its_index_is_found(tmp_path):
    def rewrite(files):
        files["data/exhibits/0001/photo-1.txt"] = b"exhibit 2\n"
        other = "data/exhibits/0002/photo-2.txt"
        digest = next(
            e["sha256"]
            for e in json.loads(files["data/bundle.json"])["exhibits"]
            if e["path"] == other
        )
        edit(
            files,
            "data/bundle.json",
            lambda v: v["exhibits"][0].update(sha256=digest),
        )

    report = remade(rewrite, tmp_path)
    assert "The log recorded something else" in report.of("logged")[0].message


@pytest.mark.parametrize("kind", ["opening", "leaf", "proof"])
def test_proofs_swapped_between_exhibits_are_found(tmp_path, kind):
    def swap(files):
        def change(value):
            first, second = value["exhibits"][:2]
            one, two = first["proofs"][0], second["proofs"][0]
            one[kind], two[kind] = two[kind], one[kind]

        edit(files, "data/bundle.json", change)

    assert FAILS in verdicts(remade(swap, tmp_path), "logged")


@pytest.mark.parametrize(("old", "new"), [("officer 7", "officer 8"), ("T12", "T11")])
def test_custody_that_was_rewritten_is_found(tmp_path, old, new):
    def rewrite(files):
        text = files["data/custody.json"].decode()
        files["data/custody.json"] = text.replace(old, new, 1).encode()

    assert not remade(rewrite, tmp_path).is_sound


def test_custody_out_of_order_and_gaps_are_shown(tmp_path):
    def add(files):
        first = json.loads(files["data/custody.json"])["links"][0]
        link = {**first, "at": "2026-03-01T12:00:00Z", "gap": "no record", "proofs": []}
        edit(files, "data/custody.json", lambda v: v["links"].append(link))

    report = remade(add, tmp_path)
    said = [found.message for found in report.of("custody")]
    assert any("comes before the one above" in message for message in said)
    assert any("a gap: no record" in message for message in said)


def test_an_exhibit_left_out_is_still_proved_by_its_digest(tmp_path):
    def seal_off(files):
        del files["data/exhibits/0003/photo-3.txt"]
        edit(
            files,
            "data/bundle.json",
            lambda v: v["exhibits"][2].update(path="", reason="informant"),
        )

    report = remade(seal_off, tmp_path)
    assert report.is_sound
    assert len(report.of("logged")) == 6
    assert "left out (informant)" in report.of("left_out")[0].message


def test_what_nothing_proves_is_said_to_be_unproved(tmp_path):
    def strip(files):
        edit(files, "data/bundle.json", lambda v: v["exhibits"][0].update(proofs=[]))
        edit(
            files,
            "data/bundle.json",
            lambda v: v.update(witnesses=[], custody="", export={}),
        )

    report = remade(strip, tmp_path)
    assert report.is_sound
    assert verdicts(report, "exhibit") == verdicts(report, "custody") == [OPEN]


def test_a_witness_of_the_operator_does_not_count_as_independent():
    making = Bundling()
    files = making.contents()

    def own(value):
        value["witnesses"][0]["independent"] = False

    edit(files, "data/bundle.json", own)
    report = verify_bundle(making.pack(files))
    assert verdicts(report, "witnesses") == [OPEN]
    said = report.of("witnesses")[0].message
    assert "by 1 witnesses: 0 known before; 0 independent" in said


def test_independence_that_only_the_bundle_claims_stays_open():
    report = verify_bundle(Bundling().pack())
    assert verdicts(report, "witnesses") == [OPEN]
    said = report.of("witnesses")[0].message
    assert "0 known before; 1 independent of the operator, as the bundle says" in said


def test_a_seal_that_was_taken_off_or_moved_is_told(packed, tmp_path):
    def unseal(path, data):
        return None if path == "manifest.note" else data

    report = judged(rewritten(io.BytesIO(packed), unseal).getvalue(), tmp_path)
    assert verdicts(report, "seal") == [OPEN]
    other = Bundling(2).pack()
    with zipfile.ZipFile(other) as package:
        stolen = package.read("evidence/manifest.note")

    def reseal(path, data):
        return stolen if path == "manifest.note" else data

    report = judged(rewritten(io.BytesIO(packed), reseal).getvalue(), tmp_path)
    assert verdicts(report, "seal") == [FAILS]


def test_a_timestamp_over_another_file_is_found(tmp_path, authority):
    making = Bundling(authority=authority)
    files = making.contents()
    other = "data/exhibits/0002/photo-2.txt"
    edit(files, "data/bundle.json", lambda v: v["timestamps"][0].update(over=other))
    report = judged(making.pack(files).getvalue(), tmp_path)
    assert verdicts(report, "timestamp") == [FAILS]


def hostile(name, data=b"x"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip",
        hostile("evidence/../../evil"),
        hostile("/etc/passwd"),
        hostile("evidence/bagit.txt"),
        hostile("evidence/data/bomb", bytes(40 << 20)),
    ],
)
def test_hostile_files_are_refused_by_both_verifiers(data, tmp_path):
    assert not judged(data, tmp_path).is_sound


def test_an_index_that_lacks_what_it_needs_is_refused(tmp_path):
    for change in (
        lambda v: v.update(format="other"),
        lambda v: v.pop("log"),
        lambda v: v.update(exhibits=[{}]),
        lambda v: v.update(witnesses=[{"key": "x"}]),
        lambda v: v["exhibits"][0].update(proofs=[{"leaf": "../x"}]),
    ):

        def damage(files, change=change):
            edit(files, "data/bundle.json", change)

        assert not remade(damage, tmp_path).is_sound


def test_a_bag_takes_its_payload_under_data_only():
    with pytest.raises(ProofError):
        write_bag(io.BytesIO(), [("elsewhere/x", [b"x"])], {})
    with pytest.raises(ProofError):
        write_bag(io.BytesIO(), [("data/../x", [b"x"])], {})


def test_the_standalone_verifier_imports_nothing_of_ours():
    text = verifier().decode()
    assert "import hufu" not in text
    assert "from hufu" not in text
