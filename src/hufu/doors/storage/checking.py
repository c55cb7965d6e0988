"""The store as files are handed out from it: whole and unchanged, or not at all."""

import hashlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.doors.storage.blobs import BLOCK, BlobStore, blob_store
from hufu.doors.storage.sealing import Damaged

SHOWN = 16


class CheckedStore(BlobStore):
    """A store that reads a file to its end before anybody gets the first byte.

    The seal alone would let a file pass that lies whole under another's name.
    """

    def open(self, sha256: str) -> BinaryIO:
        """Give the bytes; refuse a file that is missing or not what its name says."""
        try:
            with super().open(sha256) as stream:
                digest = hashlib.sha256()
                while block := stream.read(BLOCK):
                    digest.update(block)
        except FileNotFoundError as error:
            raise _missing(sha256) from error
        except Damaged as error:
            raise _damaged(sha256) from error
        if digest.hexdigest() != sha256:
            raise _damaged(sha256)
        return super().open(sha256)


def checked_store() -> CheckedStore:
    """Open the store of this installation to hand files out."""
    store = blob_store()
    return CheckedStore(store.root, store.key)


def _missing(sha256: str) -> Refusal:
    return Refusal(
        "file_missing",
        _(
            "The file is missing from the store, so nothing was handed out. Tell the "
            "agency that keeps it, or as an officer its administrator: it can be "
            "restored from a backup. The file's fingerprint begins with %(start)s."
        )
        % {"start": sha256[:SHOWN]},
    )


def _damaged(sha256: str) -> Refusal:
    return Refusal(
        "file_damaged",
        _(
            "The file in the store is not the one that was deposited, so nothing was "
            "handed out. Tell the agency that keeps it, or as an officer its "
            "administrator. The file's fingerprint begins with %(start)s."
        )
        % {"start": sha256[:SHOWN]},
    )
