"""A certificate authority that lives for one capture: the proxy reads with it."""

import base64
import hashlib
import ipaddress
import ssl
import threading
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hufu.doors.identity import now

DAY = timedelta(days=1)


class Authority:
    """Makes certificates that only the browser of this capture is told to accept."""

    def __init__(self, folder: Path) -> None:
        """Draw the keys; nothing of it leaves the folder, which is removed after."""
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._leaf_key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("Capture")
        self._root = self._certificate(self._name, self._key.public_key(), None)
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Give the hash of the root's key, as the browser wants it."""
        key = self._key.public_key().public_bytes(
            serialization.Encoding.DER,
            serialization.PublicFormat.SubjectPublicKeyInfo,
        )
        return base64.b64encode(hashlib.sha256(key).digest()).decode()

    def context_for(self, host: str) -> ssl.SSLContext:
        """Give what is needed to answer the browser as a host."""
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._context(host)
            return self._contexts[host]

    def _context(self, host: str) -> ssl.SSLContext:
        leaf = self._certificate(
            _name("Capture leaf"), self._leaf_key.public_key(), host
        )
        path = self._folder / f"leaf-{len(self._contexts)}.pem"
        pem = serialization.Encoding.PEM
        key = self._leaf_key.private_bytes(
            pem,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(key + leaf.public_bytes(pem) + self._root.public_bytes(pem))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _certificate(
        self, name: x509.Name, key: ec.EllipticCurvePublicKey, host: str | None
    ) -> x509.Certificate:
        at = now()
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(at - DAY)
            .not_valid_after(at + DAY)
            .add_extension(x509.BasicConstraints(host is None, None), critical=True)
        )
        if host is not None:
            names = x509.SubjectAlternativeName([_general_name(host)])
            made = made.add_extension(names, critical=False)
        return made.sign(self._key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host)
