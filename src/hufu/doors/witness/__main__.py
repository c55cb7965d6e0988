"""`./hufu witness FOLDER`: makes the witness its key, and lets it listen."""

import argparse
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from hufu.doors.storage.keys import write_secret
from hufu.doors.witness.server import Server, known_logs
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import Cosigner
from hufu.engines.proof.witness import Witness

SEED = 32


def main(words: list[str] | None = None) -> int:
    """Serve until interrupted; 2 when the folder says something impossible."""
    asked = _parser().parse_args(words)
    try:
        cosigner = open_key(asked.folder, asked.name)
        logs = known_logs(asked.folder)
    except ProofError as error:
        sys.stderr.write(f"hufu witness: {error}\n")
        return 2
    _say(f"verifier key: {cosigner.key}")
    if asked.show_key:
        return 0
    if not logs:
        _say(f"knows no log yet: name one in {asked.folder}/logs.json")
    host, _, port = asked.bind.rpartition(":")
    witness = Witness(cosigner, logs)
    clock = timezone.now  # noqa: TID251 - a door reads the clock, here without tables
    with Server((host, int(port)), witness, asked.folder, clock) as server:
        _say(f"listening on http://{asked.bind}/add-checkpoint")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def open_key(folder: Path, name: str) -> Cosigner:
    """Return the witness's key, made with its folder on the first start."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "key"
    write_secret(path, f"{name}\n{b64encode(token_bytes(SEED)).decode()}\n")
    known, _, seed = path.read_text("utf-8").strip().partition("\n")
    if known != name:
        message = f"{path} is the key of {known!r}: start with --name {known}."
        raise ProofError("key_name", message)
    return Cosigner(name, Ed25519PrivateKey.from_private_bytes(b64decode(seed)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hufu witness", description="Cosign logs that only grow (tlog-witness)."
    )
    parser.add_argument("folder", type=Path, help="its key, logs.json, what it saw")
    parser.add_argument("--name", required=True, help="what it signs as: a host name")
    parser.add_argument("--bind", default="127.0.0.1:8100", help="address and port")
    parser.add_argument("--show-key", action="store_true", help="only print its key")
    return parser


if __name__ == "__main__":
    sys.exit(main())
