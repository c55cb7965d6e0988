"""Signing PDF files as PAdES, with the key and certificate of the installation."""

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

FILE = Path("keys") / "document-key.pem"
MARK = b"-----BEGIN CERTIFICATE-----"


def document_signer() -> SimpleSigner | None:
    """Read the key, its certificate and those above it; None where there is none."""
    if (pair := document_pair()) is None:
        return None
    told, certificates = pair
    try:
        first, *above = load_certs_from_pemder_data(certificates)
        key = load_private_key_from_pemder_data(told, passphrase=None)
    except (ValueError, TypeError, OSError) as error:
        path = settings.HUFU_HOME / FILE
        message = f"{path}: expected a key, then its certificate, in PEM: {error}"
        raise ImproperlyConfigured(message) from error
    return SimpleSigner(first, key, SimpleCertificateStore.from_certs(above))


def document_pair() -> tuple[bytes, bytes] | None:
    """Read the key and its certificates as they are, in PEM; None without a key."""
    path = settings.HUFU_HOME / FILE
    if not path.is_file():
        return None
    told, mark, rest = path.read_bytes().partition(MARK)
    return told, mark + rest


def is_self_signed(signer: SimpleSigner) -> bool:
    """Say whether nobody but the key itself vouches for the certificate."""
    certificate = signer.signing_cert
    return certificate is None or certificate.self_signed != "no"


def signer_name(signer: SimpleSigner) -> str:
    """Return whom the certificate names."""
    return str(signer.subject_name)


def attach_and_sign(
    pdf: bytes, files: Mapping[str, bytes], signer: SimpleSigner | None
) -> bytes:
    """Attach files to a PDF, and sign all if there is a key; no change is allowed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for name, data in files.items():
        held = EmbeddedFileObject.from_file_data(writer, data=data)
        embed_file(writer, FileSpec(name, file_name=name, embedded_data=held))
    out = io.BytesIO()
    if signer is None:
        writer.write(out)
        return out.getvalue()
    meta = PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        signer_key_usage=set(),
    )
    # The library runs a loop of its own, which a thread with a loop refuses.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(sign_pdf, writer, meta, signer=signer, output=out).result()
    return out.getvalue()
