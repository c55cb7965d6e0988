"""The folder of a log: written whole or not, whatever instruction is the last."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hufu.doors.storage.logfolder import LogFolder
from hufu.engines.proof.audits import verify_log
from hufu.engines.proof.keys import NoteSigner
from hufu.engines.proof.logs import COMMIT, Log

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ORIGIN = "hufu.example/log"
SIGNER = NoteSigner(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"k" * 32))
LEAVES = [b"leaf %d" % number for number in range(300)]


class Killed(BaseException):
    pass


def sequence(folder):
    there = (folder.root / COMMIT).exists()
    begin = Log.open if there else lambda s, k, at: Log.create(s, k, ORIGIN, at=at)
    log = begin(folder, SIGNER, at=AT)
    for end in (3, 255, 300):
        done = log.head.size
        if done < end:
            log.append(LEAVES[done:end], at=AT)
        log.publish()


def test_what_is_written_can_be_read_and_what_is_not_cannot(tmp_path):
    folder = LogFolder(tmp_path / "log")
    folder.write("tile/0/x001/067.p/3", b"one")
    folder.write("tile/0/x001/067.p/3", b"two")
    assert folder.read("tile/0/x001/067.p/3") == b"two"
    for path in ("tile/0/000", "tile/0/x001/067.p/3/4", "checkpoint"):
        with pytest.raises(FileNotFoundError):
            folder.read(path)


def test_a_kill_at_every_call_to_the_system_leaves_a_whole_log(tmp_path, monkeypatch):
    left, calls = [10**9], [0]

    def mortal(call):
        def counted(*arguments, **named):
            calls[0] += 1
            if left[0] <= 0:
                raise Killed
            left[0] -= 1
            return call(*arguments, **named)

        return counted

    monkeypatch.setattr(os, "fsync", mortal(lambda _: None))
    monkeypatch.setattr(Path, "replace", mortal(Path.replace))
    monkeypatch.setattr(Path, "mkdir", mortal(Path.mkdir))
    sequence(LogFolder(tmp_path / "whole"))
    for moment in range(calls[0]):
        folder = LogFolder(tmp_path / str(moment))
        left[0] = moment
        with pytest.raises(Killed):
            sequence(folder)
        left[0] = 10**9
        sequence(folder)
        assert verify_log(folder, ORIGIN, [SIGNER.key]).size == len(LEAVES)
        log = Log.open(folder, SIGNER, at=AT)
        assert list(log.view().entries()) == LEAVES
