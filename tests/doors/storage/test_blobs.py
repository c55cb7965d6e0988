"""Files are kept once, sealed, whole or not at all."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hufu.base.errors import Refusal
from hufu.doors.storage.blobs import BlobStore, read_key
from hufu.doors.storage.sealing import CHUNK, Damaged, SealedReader, SealedWriter

MEGABYTE = 1024 * 1024


def read(storage, sha256):
    with storage.open(sha256) as stream:
        return stream.read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_comes_back_byte_for_byte(storage, size):
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    stored = storage.put(io.BytesIO(data), MEGABYTE)
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert stored.size == size
    assert read(storage, stored.sha256) == data


def test_the_same_bytes_are_kept_once(storage):
    first = storage.put(io.BytesIO(b"invoice"), 100)
    second = storage.put(io.BytesIO(b"invoice"), 100)
    assert first == second
    assert sum(path.is_file() for path in storage.root.rglob("*")) == 1


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(storage):
    with pytest.raises(Refusal) as refused:
        storage.put(io.BytesIO(bytes(101)), 100)
    assert refused.value.code == "file_too_large"
    assert not [path for path in storage.root.rglob("*") if path.is_file()]


def test_a_broken_upload_leaves_nothing(storage):
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        storage.put(Broken(), 100)
    assert not list(storage.root.iterdir())


def test_nothing_on_disk_shows_what_it_holds(storage):
    stored = storage.put(io.BytesIO(b"the name of the informant"), 100)
    assert b"informant" not in storage.path_of(stored.sha256).read_bytes()
    assert storage.path_of(stored.sha256).stat().st_mode & 0o077 == 0


def test_a_byte_changed_on_disk_is_noticed(storage):
    path = storage.path_of(storage.put(io.BytesIO(b"evidence"), 100).sha256)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged):
        read(storage, path.name)


def test_another_key_opens_nothing(storage):
    stored = storage.put(io.BytesIO(b"evidence"), 100)
    with pytest.raises(Damaged):
        read(BlobStore(storage.root, b"k" * 32), stored.sha256)


def test_a_removed_file_is_gone(storage):
    stored = storage.put(io.BytesIO(b"evidence"), 100)
    storage.remove(stored.sha256)
    with pytest.raises(FileNotFoundError):
        storage.open(stored.sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_a_path_is_not_a_name(storage, name):
    with pytest.raises(ValueError, match="not a SHA-256"):
        storage.open(name)


@pytest.mark.parametrize("text", ["", "short", "QQ==", "not base 64!"])
def test_a_wrong_storage_key_says_what_to_do(text):
    with pytest.raises(Exception, match="make_keys"):
        read_key("HUFU_STORAGE_KEY", text)


@given(st.binary(max_size=3 * CHUNK), st.data())
def test_a_stream_cut_anywhere_does_not_open(data, choose):
    sealed = io.BytesIO()
    with SealedWriter(sealed, bytes(32)) as writer:
        writer.write(data)
    whole = sealed.getvalue()
    with SealedReader(io.BytesIO(whole), bytes(32)) as reader:
        assert reader.read() == data
    cut = choose.draw(st.integers(0, len(whole) - 1))
    with SealedReader(io.BytesIO(whole[:cut]), bytes(32)) as reader:  # noqa: SIM117 - the error belongs to the read alone
        with pytest.raises(Damaged):
            reader.read()
