"""What the office lends to a capture: its document key, its timestamp authorities."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from hufu.doors.capture.sealing import Office, Stamped
from hufu.doors.letters.signing import document_pair
from hufu.doors.letters.timestamps import ask_any
from hufu.engines.proof.timestamps import Reply, read_certificates


def capturing_office() -> Office:
    """Give the office's key if it is ECDSA: WACZ files know no other signature."""
    if pair := document_pair():
        key = load_pem_private_key(pair[0], None)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return Office(key, pair[1].decode("ascii"), _stamped)
    return Office(stamp=_stamped)


def _stamped(data: bytes) -> Stamped:
    authority, raw, stamp = ask_any(data)
    chain = Reply(raw).chain(read_certificates(authority.roots.encode()))
    pem = "".join(one.public_bytes(Encoding.PEM).decode() for one in chain)
    return Stamped(authority.name, authority.own, stamp.at, raw, pem)
