"""Asking witnesses to cosign the log (c2sp.org/tlog-witness), each over HTTP."""

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.notes import Note, SignatureLine
from hufu.engines.proof.views import LogView
from hufu.engines.proof.witness import BehindError, Submission, read_answer

PATIENCE = 10  # seconds for one answer
LONGEST = 64 * 1024  # of an answer, bytes
log = logging.getLogger("hufu.witnesses")


@dataclass(frozen=True)
class Peer:
    """A witness: its key, where it listens, and whether it is the office's own."""

    key: VerifierKey
    url: str
    own: bool


def peers() -> list[Peer]:
    """Read the witnesses this installation asks; none where no file names them."""
    path = settings.HUFU_HOME / "witnesses.json"
    try:
        rows = json.loads(path.read_text("utf-8"))
        return _each_once(
            [Peer(VerifierKey.parse(r["vkey"]), r["url"], r["own"]) for r in rows]
        )
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, KeyError, ProofError) as error:
        message = f'{path}: expected a list of {{"vkey", "url", "own"}}: {error}'
        raise ImproperlyConfigured(message) from error


def _each_once(named: list[Peer]) -> list[Peer]:
    """Refuse a key that stands there twice, under whatever names: it is one witness."""
    if len({peer.key.public for peer in named}) != len(named):
        raise ProofError("witness", "one key stands there twice")
    return named


def known_witnesses() -> dict[VerifierKey, bool]:
    """Say of each witness's key whether it is the office's own."""
    return {peer.key: peer.own for peer in peers()}


def gather_cosignatures(
    note: Note, view: LogView, asked: Sequence[Peer]
) -> Iterator[SignatureLine]:
    """Yield the cosignatures that witnesses give; one that is silent is logged.

    Raises FatalLogError when a witness has seen more than the log holds.
    """
    for peer in asked:
        try:
            yield from _ask(peer, note, view)
        except FatalLogError:
            raise
        except (ProofError, URLError, OSError) as error:
            log.warning("The witness %s did not cosign: %s", peer.key.name, error)


def _ask(peer: Peer, note: Note, view: LogView) -> list[SignatureLine]:
    """Submit from the beginning, then from the size that the witness names."""
    try:
        return _submit(peer, Submission(0, (), note))
    except BehindError as behind:
        proof = tuple(view.prove_consistency(behind.size))
        return _submit(peer, Submission(behind.size, proof, note))


def _submit(peer: Peer, submission: Submission) -> list[SignatureLine]:
    address = peer.url.rstrip("/") + "/add-checkpoint"
    if not address.startswith(("https://", "http://")):
        raise ProofError("witness", f"{peer.url} is no web address.")
    request = Request(address, data=bytes(submission), method="POST")  # noqa: S310 - the scheme was checked
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the scheme was checked
            body = answer.read(LONGEST)
            return read_answer(submission, [peer.key], HTTPStatus.OK, body)
    except HTTPError as error:
        with error:
            body = error.read(LONGEST)
        return read_answer(submission, [peer.key], error.code, body)
