"""`./hufu proof` and `./hufu verify`, as somebody types them."""

import hashlib
import json
import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from engines.proof import trees
from engines.proof.bundling import Bundling
from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer
from engines.proof.trees import DATA
from hufu.doors.cli.proof import main
from hufu.doors.storage.logfolder import LogFolder
from hufu.engines.proof.logs import Log

ROOT = Path(__file__).parents[3]
KEY = str(log_signer().key)


@pytest.fixture
def log_folder(tmp_path):
    folder = tmp_path / "log"
    log = Log.create(LogFolder(folder), log_signer(), ORIGIN, at=NOON)
    log.append(trees.leaves_of(300), at=NOON)
    log.publish([cosigner().cosign(str(log.head), at=NOON)])
    return folder


def run(capsys, *words):
    code = main([str(word) for word in words])
    return code, capsys.readouterr().out


def test_a_log_is_checked_with_its_key_alone(capsys, log_folder):
    witness = str(cosigner().key)
    code, said = run(
        capsys, "verify-log", log_folder, "--key", KEY, "--witness", witness
    )
    assert code == 0
    assert "300 entries and 5 files agree" in said
    assert "1 known witnesses signed" in said
    assert "2026-03-02 12:00:00 UTC" in said


def test_a_log_that_was_changed_or_is_of_another_is_refused(capsys, log_folder):
    other = str(log_signer("other.example").key)
    assert run(capsys, "verify-log", log_folder, "--key", other)[0] == 1
    words = ("verify-log", log_folder, "--key", KEY, "--origin", "other.example")
    assert run(capsys, *words)[0] == 1
    path = log_folder / "tile/entries/000"
    path.write_bytes(path.read_bytes().replace(b"leaf 77", b"leaf 7."))
    code, said = run(capsys, "verify-log", log_folder, "--key", KEY)
    assert code == 1
    assert "tile/0/000 does not agree at place 77" in said
    path.unlink()
    code, said = run(capsys, "verify-log", log_folder, "--key", KEY)
    assert (code, "tile/entries/000" in said) == (1, True)


def shown_to(tmp_path, leaves, name):
    """Write the checkpoint that a client was shown of a log of these leaves."""
    log = Log.create(LogFolder(tmp_path / f"{name}-log"), log_signer(), ORIGIN, at=NOON)
    log.append(leaves, at=NOON)
    path = tmp_path / name
    path.write_bytes(bytes(log.note))
    return path


def test_a_monitor_reports_what_two_clients_were_shown(capsys, log_folder, tmp_path):
    words = ("verify-log", log_folder, "--key", KEY, "--seen")
    early = shown_to(tmp_path, trees.leaves_of(77), "early")
    code, said = run(capsys, *words, early)
    assert (code, "of 77 entries, is of this log" in said) == (0, True)
    for size in (77, 300):
        split = shown_to(tmp_path, trees.leaves_of(size, 1), f"split-{size}")
        code, said = run(capsys, *words, early, "--seen", split)
        assert (code, "FAILED Split view" in said) == (1, True)
        assert split.read_text() in said
    later = shown_to(tmp_path, trees.leaves_of(301), "later")
    code, said = run(capsys, *words, later)
    assert (code, "301 entries, which are not all here" in said) == (1, True)


def naive_log(folder, leaves, signer):
    """Lay out a log as c2sp.org/tlog-tiles says, without any code of ours."""
    level, rows = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves], []
    while level:
        rows.append(level)
        full = range(0, len(level) // 256 * 256, 256)
        level = [trees.fold(level[at : at + 256]) for at in full]
    bundles = [len(leaf).to_bytes(2, "big") + leaf for leaf in leaves]
    for name, parts in [("entries", bundles), *enumerate(rows)]:
        for number in range(-(-len(parts) // 256)):
            part = parts[number * 256 : number * 256 + 256]
            digits = f"{number:03d}" if number < 1000 else f"x001/{number - 1000:03d}"
            end = "" if len(part) == 256 else f".p/{len(part)}"
            path = folder / f"tile/{name}/{digits}{end}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(part))
    root = b64encode(trees.fold(rows[0])).decode()
    text = f"{ORIGIN}\n{len(leaves)}\n{root}\n"
    (folder / "checkpoint").write_text(f"{text}\n{signer.sign(text)}")


@pytest.fixture(scope="module")
def large_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("naive")
    naive_log(folder, trees.leaves_of(256 * 1002 + 7), log_signer())
    return folder


def test_another_implementations_large_log_is_checked(capsys, large_folder):
    code, said = run(capsys, "verify-log", large_folder, "--key", KEY)
    assert (code, f"{256 * 1002 + 7} entries" in said) == (0, True)
    partial = [p for p in large_folder.rglob("*") if p.parent.name.endswith(".p")]
    assert {str(path.relative_to(large_folder / "tile")) for path in partial} == {
        "entries/x001/002.p/7",
        "0/x001/002.p/7",
        "1/003.p/234",
        "2/000.p/3",
    }


@pytest.mark.parametrize("name", ["entries/x001/001", "0/x001/001", "1/003.p/234"])
def test_a_changed_tile_beyond_a_thousand_is_named(capsys, large_folder, name):
    path = large_folder / "tile" / name
    good = path.read_bytes()
    path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    code, said = run(capsys, "verify-log", large_folder, "--key", KEY)
    path.write_bytes(good)
    wanted = {"1/003.p/234": "tile/1/003.p/234"}.get(name, "tile/0/x001/001")
    assert (code, f"{wanted} does not agree" in said) == (1, True)


def test_vectors_are_counted(capsys, tmp_path):
    for name, vector in trees.vectors().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(vector))
    code, said = run(capsys, "vectors", tmp_path)
    assert (code, said) == (0, "518 passed, 0 failed\n")
    happy = tmp_path / "inclusion/1/happy-path.json"
    happy.write_text(happy.read_text().replace("false", "true"))
    (tmp_path / "broken.json").write_text("{")
    code, said = run(capsys, "vectors", tmp_path)
    assert code == 1
    assert "FAILED inclusion/1/happy-path.json: A bad proof was accepted" in said
    assert said.endswith("517 passed, 2 failed\n")


def test_a_folder_without_vectors_has_passed_nothing(capsys, tmp_path):
    code, said = run(capsys, "vectors", tmp_path)
    assert code == 1
    assert said.endswith("0 passed, 0 failed\n")


def test_a_timestamp_is_judged_with_the_reason(capsys, tmp_path):
    folder = DATA / "rfc3161/test_tsa"
    data = tmp_path / "hello"
    data.write_bytes(b"hello")
    words = ["verify-timestamp", folder / "response.tsr", "--data", data]
    words += ["--roots", folder / "ts_chain.pem"]
    code, said = run(capsys, *words, "--request", folder / "request.der")
    assert code == 0
    assert "2024-10-08 15:40:32" in said
    code, said = run(capsys, *words, "--request", folder / "other_request.der")
    assert code == 1
    assert "replayed" in said
    data.write_bytes(b"hullo")
    code, said = run(capsys, *words)
    assert (code, said) == (1, "FAILED The stamp is over other data.\n")


def test_captures_are_judged_claim_by_claim(capsys):
    code, said = run(capsys, "verify-wacz", DATA / "wacz/valid_example_1.wacz")
    assert code == 0
    assert "open   The package is not signed." in said
    code, said = run(capsys, "verify-wacz", DATA / "wacz/invalid_example_1.wacz")
    assert code == 1
    assert "FAILED" in said
    root = DATA / "wacz/isrg_root_x1.pem"
    signed = DATA / "wacz/valid_signed_example_1.wacz"
    code, said = run(capsys, "verify-wacz", signed, "--roots", root)
    assert code == 0
    code, said = run(capsys, "verify-warc", DATA / "wacz/example-collection.warc")
    assert code == 0
    assert said.endswith("1 open\n") or "open" in said


def test_a_bundle_is_checked_offline(capsys, tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(Bundling().pack().getvalue())
    code, said = run(capsys, "verify", path, "--key", KEY)
    assert code == 0
    assert "0 failed" in said
    path.write_bytes(path.read_bytes().replace(b"exhibit", b"exhibot"))
    path.write_bytes(path.read_bytes()[:-100])
    code, said = run(capsys, "verify", path)
    assert code == 1


def test_what_cannot_be_asked_that_way_ends_with_two(capsys, tmp_path):
    assert main(["verify-warc", str(tmp_path / "nothing")]) == 2
    assert "No such file" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["verify-log", str(tmp_path)])
    assert ended.value.code == 2


def test_no_framework_and_no_settings_are_needed():
    program = "import sys, hufu.doors.cli.proof; print('django' in sys.modules)"
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
