"""Certificates that a code was, or was not, on a list on a day. JSON (RFC 8785)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hufu.engines.proof import vrf
from hufu.engines.proof.checkpoints import SignedCheckpoint
from hufu.engines.proof.commitments import Opening, canonical
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.heads import MapHead
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.maps import (
    NOTHING,
    MapProof,
    alpha_of,
    leaf_of,
    pack_proof,
    place_of,
    unpack_proof,
)

FORMAT = "hufu-map-certificate-v2"
LARGEST = 1 << 20


@dataclass(frozen=True)
class Certificate:
    """Presence or absence of one code, with all that is needed to check it offline.

    `entry` is the file that opens the entry (with its salt), empty for absence.
    """

    code: str
    entry: str
    vrf_proof: bytes
    map_proof: MapProof
    head: Opening
    logged: Envelope

    @property
    def is_present(self) -> bool:
        """Say what it certifies. Believe it after `verify` only."""
        return bool(self.entry)

    @classmethod
    def parse(cls, data: bytes) -> "Certificate":
        """Read a certificate's file."""
        if len(data) > LARGEST:
            raise ProofError("certificate", "The certificate is too large.")
        try:
            value = json.loads(data)
            if value["format"] != FORMAT:
                raise ProofError("certificate", f"This is no {FORMAT}.")
            proof = unpack_proof(value["proof"]["present"], value["proof"]["hashes"])
            certificate = cls(
                str(value["code"]),
                str(value["entry"]),
                bytes.fromhex(value["vrf_proof"]),
                proof,
                Opening.parse(str(value["head"]).encode()),
                Envelope.parse(str(value["logged"]).encode()),
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            message = f"This is no certificate: {error}."
            raise ProofError("certificate", message) from error
        if bytes(certificate) != data:
            raise ProofError("certificate", "The certificate is not canonical JSON.")
        return certificate

    def __bytes__(self) -> bytes:
        value: dict[str, Any] = {
            "format": FORMAT,
            "status": "present" if self.is_present else "absent",
            "code": self.code,
            "entry": self.entry,
            "vrf_proof": self.vrf_proof.hex(),
            "proof": pack_proof(self.map_proof),
            "head": bytes(self.head).decode(),
            "logged": str(self.logged),
        }
        return canonical(value)

    def verify(
        self,
        origin: str,
        log: Iterable[VerifierKey],
        witnesses: Iterable[VerifierKey] = (),
    ) -> "Certified":
        """Check the place, what stands there, the map's root, and the log."""
        head = MapHead.of(self.head)
        checkpoint = self.logged.verify(head.leaf(self.head), origin, log, witnesses)
        alpha = alpha_of(head.name, head.day, self.code)
        place = place_of(vrf.verify(head.key, alpha, self.vrf_proof))
        found = leaf_of(place, self.entry.encode()) if self.is_present else NOTHING
        self.map_proof.verify(place, found, head.root)
        return Certified(head, self.code, self.is_present, checkpoint)


@dataclass(frozen=True)
class Certified:
    """What a certificate proved: this code, on this list and day; who signed."""

    head: MapHead
    code: str
    is_present: bool
    checkpoint: SignedCheckpoint
