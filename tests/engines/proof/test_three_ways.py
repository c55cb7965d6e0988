"""Bad bundles, verified in all three ways that a court has: each way refuses each."""

import io
import json
import random
import re
import stat
import subprocess
import zipfile
from functools import partial

import pytest
from asn1crypto import tsp

from engines.proof.authority import Authority
from engines.proof.bundling import ROOTS, Bundling, rewritten, sha256
from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer
from engines.proof.stores import Memory
from engines.proof.test_bundles import TRUST, edit, standalone
from hufu.engines.proof.bundles import Trust, verify_bundle
from hufu.engines.proof.commitments import Opening, canonical
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.findings import Verdict
from hufu.engines.proof.keys import Cosigner, NoteSigner
from hufu.engines.proof.logs import Log
from hufu.engines.proof.notes import Note
from hufu.engines.proof.timestamps import make_request

INDEX, CUSTODY = "data/bundle.json", "data/custody.json"
PHOTO = "data/exhibits/0001/photo-1.txt"
PROOF, OPENING = "data/proofs/0001.tlog-proof", "data/openings/0001.json"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "a")


@pytest.fixture(scope="module")
def making(authority):
    return Bundling(authority=authority)


@pytest.fixture(scope="module")
def files(making):
    return making.contents()


def by_library(data, trust=TRUST):
    return verify_bundle(io.BytesIO(data), trust).is_sound


def by_script(data, folder, trust=TRUST):
    path = folder / "bundle.zip"
    path.write_bytes(data)
    done = standalone(path, *(f"--key={key}" for key in trust.log))
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode == 0


def by_hand(data, folder):
    """Unpack with unzip; run what VERIFY.md teaches, command by command."""
    path = folder / "bundle.zip"
    path.write_bytes(data)
    unzip = ["unzip", "-q", "-o", path, "-d", folder]
    if subprocess.run(unzip, capture_output=True, check=False).returncode:
        return False
    text = Bundling().pack()
    with zipfile.ZipFile(text) as package:
        words = package.read("evidence/VERIFY.md").decode()
    script = "set -eu\n" + "".join(re.findall(r"```sh\n(.*?)```", words, re.DOTALL))
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=folder / "evidence",
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0 and "WRONG" not in done.stdout


def three(data, folder):
    return [by_library(data), by_script(data, folder), by_hand(data, folder)]


def test_the_good_bundle_is_believed_in_all_three_ways(making, files, tmp_path):
    assert three(making.pack(files).getvalue(), tmp_path) == [True] * 3


def replace_in(path, old, new):
    def change(files):
        assert old in files[path], path
        files[path] = files[path].replace(old, new, 1)

    return change


def swap(kind):
    def change(files):
        def swapped(value):
            one, two = (e["proofs"][0] for e in value["exhibits"][:2])
            one[kind], two[kind] = two[kind], one[kind]

        edit(files, INDEX, swapped)

    return change


def in_proof(change):
    """Change the lines of the first proof, whose checkpoint begins after a blank."""

    def changed(files):
        head, _, note = files[PROOF].partition(b"\n\n")
        files[PROOF] = b"\n\n".join(change(head.split(b"\n"), note))

    return changed


def joined(lines, note):
    return b"\n".join(lines), note


def other_hash(files):
    files[PHOTO] = b"exhibit 2\n"
    told = sha256(files[PHOTO])
    edit(files, INDEX, lambda v: v["exhibits"][0].update(sha256=told))


def index_only(files):
    edit(files, INDEX, lambda v: v["exhibits"][0].update(sha256="0" * 64))


def without_link(files):
    edit(files, CUSTODY, lambda v: v["links"].pop())


def without_export(files):
    export = {"opening": "", "reason": "none"}
    edit(files, INDEX, lambda v: v["export"]["proofs"][0].update(export))
    without_link(files)


def forged_log(files):
    """Prove everything in a log of one's own that has the same name."""
    mine = NoteSigner(ORIGIN, log_signer("forger").__dict__["_private"])
    opening = Opening.parse(files[OPENING])
    log = Log.create(Memory(), mine, ORIGIN, at=NOON)
    log.append([opening.leaf()], at=NOON)
    files[PROOF] = bytes(Envelope(0, (), log.note))


def lying_reply(files):
    """Put another time into the words of an answer, which nobody signs."""
    answer = tsp.TimeStampResp.load(files["data/timestamps/0001.tsr"])
    words = "x\nTime stamp: Jan  1 00:00:00 2001 GMT"
    status = {"status": "granted", "status_string": [words]}
    token = answer["time_stamp_token"]
    raw = tsp.TimeStampResp({"status": status, "time_stamp_token": token}).dump()
    files["data/timestamps/0001.tsr"] = raw


REMADE = {
    "an exhibit rewritten": replace_in(PHOTO, b"exhibit 1", b"exhibit 7"),
    "an exhibit and its digest rewritten": other_hash,
    "only its digest rewritten": index_only,
    "openings swapped": swap("opening"),
    "leaves swapped": swap("leaf"),
    "proofs swapped": swap("proof"),
    "an opening rewritten": replace_in(OPENING, b"deposit", b"depositt"),
    "a leaf rewritten": replace_in("data/leaves/0001.txt", b"sha256 ", b"sha256 0"),
    "a proof without its last hash": in_proof(lambda x, n: joined(x[:-1], n)),
    "a proof with a hash too many": in_proof(lambda x, n: joined([*x, x[-1]], n)),
    "a proof with its hashes turned": in_proof(
        lambda x, n: joined([*x[:2], *x[:1:-1]], n)
    ),
    "a proof of another place": replace_in(PROOF, b"index 0", b"index 1"),
    "another size": replace_in(PROOF, b"\n6\n", b"\n7\n"),
    "another origin": replace_in(PROOF, b"\n\nhufu", b"\n\nhufo"),
    "a checkpoint of no signature": in_proof(
        lambda x, n: (b"\n".join(x), n.partition("— ".encode())[0])
    ),
    "a log with the same name": forged_log,
    "custody rewritten": replace_in(CUSTODY, b"officer 7", b"officer 8"),
    "a link of custody left out": without_link,
    "the export withheld with it": without_export,
    "another origin in the index": replace_in(
        INDEX, b'"origin":"hufu', b'"origin":"hufo'
    ),
    "a stamp over another file": replace_in(
        INDEX,
        b'over":"data/exhibits/0001/photo-1',
        b'over":"data/exhibits/0002/photo-2',
    ),
    "a damaged stamp": replace_in(
        "data/timestamps/0001.tsr", b"Test authority", b"Best authority"
    ),
}


@pytest.mark.parametrize("name", REMADE)
def test_a_bundle_remade_with_new_manifests_is_refused_in_all_three_ways(
    making, files, tmp_path, name
):
    bad = dict(files)
    REMADE[name](bad)
    assert bad != files
    assert three(making.pack(bad).getvalue(), tmp_path) == [False] * 3


def added(packed, name, data=b"x", mode=0o100644):
    out = io.BytesIO(packed)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        info = zipfile.ZipInfo(name)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, mode << 16
        package.writestr(info, data)
    return out.getvalue()


LINK = stat.S_IFLNK | 0o777
SLIPPED = {
    "a file in the payload": partial(added, name="evidence/data/extra.txt"),
    "a file beside it": partial(added, name="evidence/run-me.sh"),
    "a path that leads out": partial(added, name="evidence/../../evil"),
    "a path from the root": partial(added, name="/srv/evil"),
    "a link": partial(added, name="evidence/data/l", data=b"/etc/passwd", mode=LINK),
    "a bomb": partial(added, name="evidence/data/zeros", data=bytes(40 << 20)),
}


@pytest.mark.parametrize("name", SLIPPED)
def test_what_is_slipped_into_the_zip_is_refused_in_all_three_ways(
    making, files, tmp_path, name
):
    packed = making.pack(files).getvalue()
    assert three(SLIPPED[name](packed), tmp_path) == [False] * 3


def test_a_file_beside_the_folder_is_refused(making, files, tmp_path):
    data = added(making.pack(files).getvalue(), "run-me.sh")
    assert [by_library(data), by_script(data, tmp_path)] == [False, False]


@pytest.mark.parametrize("name", ["manifest.note", "manifest-sha256.txt", "bagit.txt"])
def test_another_bundles_tag_files_are_refused_in_all_three_ways(
    making, files, tmp_path, name
):
    with zipfile.ZipFile(Bundling(2).pack()) as package:
        stolen = package.read(f"evidence/{name}") + b"\n" * (name == "bagit.txt")

    def change(path, data):
        return stolen if path == name else data

    packed = io.BytesIO(making.pack(files).getvalue())
    assert three(rewritten(packed, change).getvalue(), tmp_path) == [False] * 3


def test_a_stamp_of_the_list_of_files_that_is_another_s_is_refused(
    making, files, tmp_path, authority
):
    bad = dict(files)
    edit(bad, INDEX, lambda v: v.update(seal_roots=ROOTS))
    for over, believed in ((None, True), (b"other", False)):
        packed = making.pack(bad)
        with zipfile.ZipFile(packed, "a") as package:
            manifest = package.read("evidence/manifest-sha256.txt")
            digest = bytes.fromhex(sha256(over or manifest))
            reply = authority.reply(make_request(digest, nonce=3))
            package.writestr("evidence/manifest.tsr", reply)
        folder = tmp_path / str(believed)
        folder.mkdir()
        assert three(packed.getvalue(), folder) == [believed] * 3


def test_a_time_in_the_unsigned_words_of_an_answer_is_not_told(making, files, tmp_path):
    bad = dict(files)
    lying_reply(bad)
    data = making.pack(bad).getvalue()
    path = tmp_path / "bundle.zip"
    path.write_bytes(data)
    said = standalone(path, f"--key={log_signer().key}").stdout
    found = [f.message for f in verify_bundle(io.BytesIO(data), TRUST).findings]
    assert "was there on" in said
    assert "2001" not in said + "".join(found)


@pytest.mark.parametrize(
    "text",
    [
        b'{"exhibits":[],%s',
        b'{"log":{"keys":[],"origin":"evil"},%s',
        b"{ %s",
    ],
)
def test_an_index_that_can_be_read_in_two_ways_is_refused(
    making, files, tmp_path, text
):
    bad = {**files, INDEX: text % files[INDEX][1:]}
    data = making.pack(bad).getvalue()
    assert [by_library(data), by_script(data, tmp_path)] == [False, False]


def test_an_exhibit_of_no_digest_is_not_proved_by_a_leaf_of_another_kind(
    making, files, tmp_path
):
    for nothing in (None, "", "x"):
        bad = dict(files)
        left_out = {"path": "", "sha256": nothing, "reason": "protected"}
        # The proof is that of a link of custody, whose opening names no `sha256`.
        left_out["proofs"] = [making.proved(4)]
        edit(bad, INDEX, lambda v, said=left_out: v["exhibits"][0].update(said))
        data = making.pack(bad).getvalue()
        assert [by_library(data), by_script(data, tmp_path)] == [False, False]


def noted(files, *lines):
    """Put more signature lines under the checkpoint of every proof."""
    for path in [name for name in files if name.endswith(".tlog-proof")]:
        read = Envelope.parse(files[path])
        note = read.note.with_signatures(lines)
        files[path] = bytes(Envelope(read.index, read.proof, note))


def text_of(files):
    return Envelope.parse(files[PROOF]).note.text


def witnesses_counted(data, folder):
    """Return how many witnesses each verifier counts under the checkpoint."""
    report = verify_bundle(io.BytesIO(data), Trust(log=[log_signer().key]))
    (found,) = report.of("witnesses")
    assert found.verdict == Verdict.OPEN
    path = folder / "bundle.zip"
    path.write_bytes(data)
    said = standalone(path, f"--key={log_signer().key}").stdout
    counted = set(re.findall(r"entry \d+ of 6, (\d+) witnesses", said))
    assert len(counted) == 1
    return int(re.search(r"by (\d+) witnesses", found.message)[1]), int(*counted)


def name_witnesses(files, *keys):
    rows = [{"key": str(k), "operator": "a court", "independent": True} for k in keys]
    edit(files, INDEX, lambda v: v.update(witnesses=rows))


def test_a_witness_that_signs_twice_counts_once(making, files, tmp_path):
    bad = dict(files)
    noted(bad, cosigner().cosign(text_of(bad), at=NOON.replace(hour=13)))
    name_witnesses(bad, cosigner().key, cosigner().key)
    assert witnesses_counted(making.pack(bad).getvalue(), tmp_path) == (1, 1)


def test_one_witness_under_two_names_counts_once(making, files, tmp_path):
    """A cosignature does not cover the name, so that anybody can copy it to another."""
    private = cosigner().__dict__["_private"]
    twin = Cosigner("court.example/second", private)
    bad = dict(files)
    noted(bad, twin.cosign(text_of(bad), at=NOON))
    name_witnesses(bad, cosigner().key, twin.key)
    assert witnesses_counted(making.pack(bad).getvalue(), tmp_path) == (1, 1)


def test_the_logs_own_key_is_no_witness(making, files, tmp_path):
    own = Cosigner("court.example/own", log_signer().__dict__["_private"])
    bad = dict(files)
    noted(bad, own.cosign(text_of(bad), at=NOON))
    for named in ([own.key], [log_signer().key]):
        name_witnesses(bad, *named)
        assert witnesses_counted(making.pack(bad).getvalue(), tmp_path) == (0, 0)


def test_an_unknown_key_under_a_checkpoint_counts_for_nothing(making, files, tmp_path):
    bad = dict(files)
    noted(bad, cosigner("stranger.example").cosign(text_of(bad), at=NOON))
    assert witnesses_counted(making.pack(bad).getvalue(), tmp_path) == (1, 1)


def test_a_witnesses_key_does_not_stand_in_for_the_logs(making, files, tmp_path):
    bad = dict(files)
    noted(bad)
    for path in [name for name in bad if name.endswith(".tlog-proof")]:
        read = Envelope.parse(bad[path])
        lines = [x for x in read.note.signatures if x.name != ORIGIN]
        note = Note(read.note.text, tuple(lines))
        bad[path] = bytes(Envelope(read.index, read.proof, note))
    key = str(cosigner().key)
    edit(bad, INDEX, lambda v: v["log"].update(keys=[key]))
    data = making.pack(bad).getvalue()
    for trust in (Trust(), Trust(log=[cosigner().key])):
        assert [by_library(data, trust), by_script(data, tmp_path, trust)] == [
            False
        ] * 2


def test_no_flipped_bit_of_the_zip_divides_the_verifiers(making, files, tmp_path):
    packed = making.pack(files).getvalue()
    chance = random.Random(20)  # noqa: S311 - a repeatable story, no secret
    for _ in range(30):
        data = bytearray(packed)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        assert by_library(bytes(data)) == by_script(bytes(data), tmp_path)


def test_no_flipped_bit_of_a_file_divides_the_verifiers(making, files, tmp_path):
    chance = random.Random(21)  # noqa: S311 - a repeatable story, no secret
    names = [name for name in files if name.split("/")[1] not in {"roots", "exhibits"}]
    for _ in range(15):
        bad, name = dict(files), chance.choice(names)
        changed = bytearray(bad[name])
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        bad[name] = bytes(changed)
        data = making.pack(bad).getvalue()
        assert by_library(data) == by_script(data, tmp_path), name


def test_the_index_is_what_both_programs_and_a_person_read(files):
    assert canonical(json.loads(files[INDEX])) == files[INDEX]
