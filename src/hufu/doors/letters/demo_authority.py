"""The demonstration's own timestamp authority: `openssl ts` in HUFU_HOME.

It shows how stamps are asked for and checked. It proves nothing to a stranger: whoever
runs the house runs it, too, and its certificates say so.
"""

import fcntl
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

from hufu.engines.proof.errors import ProofError

NAME = "Hufu demo authority (not independent)"
FOLDER = "demo-authority"
PATIENCE = 20  # seconds
CONFIG = f"""
[req]
distinguished_name=dn
prompt=no
[dn]
CN={NAME}
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
[tsa]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[ts]
serial=serial
signer_cert=tsa.pem
certs=ca.pem
signer_key=tsa.key
signer_digest=sha256
default_policy=1.3.6.1.4.1.99999.1
digests=sha256
accuracy=secs:1
ess_cert_id_alg=sha256
"""
KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config tsa.cnf"
STEPS = (
    f"req -x509 {KEY} -keyout ca.key -out ca.pem -days 3650 -extensions ca",
    f"req -new {KEY} -keyout tsa.key -out tsa.csr",
    (
        "x509 -req -in tsa.csr -out tsa.pem -CA ca.pem -CAkey ca.key -CAcreateserial"
        " -days 3650 -extfile tsa.cnf -extensions tsa"
    ),
)


def _home() -> Path:
    return Path(settings.HUFU_HOME) / FOLDER


def make_demo_authority() -> bool:
    """Make it where it is missing; say False where it exists, or openssl does not."""
    home = _home()
    if home.exists() or shutil.which("openssl") is None:
        return False
    arriving = home.with_name(f"{FOLDER}.new")
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir(parents=True, mode=0o700)
    (arriving / "serial").write_text("01\n", encoding="ascii")
    (arriving / "tsa.cnf").write_text(CONFIG, encoding="ascii")
    for step in STEPS:
        _openssl(arriving, step.split())
    arriving.rename(home)
    return True


def roots() -> str:
    """Return its root in PEM; empty where there is none."""
    path = _home() / "ca.pem"
    return path.read_text("ascii") if path.is_file() else ""


def answer(request: bytes) -> bytes:
    """Answer a request as an authority on the network would."""
    home = _home()
    # openssl counts its serial numbers in a file; two at once would give one twice.
    with (
        (home / "lock").open("w") as held,
        tempfile.TemporaryDirectory(dir=home) as place,
    ):
        fcntl.flock(held, fcntl.LOCK_EX)
        asked, given = Path(place) / "q.tsq", Path(place) / "r.tsr"
        asked.write_bytes(request)
        words = ["ts", "-reply", "-config", "tsa.cnf", "-section", "ts"]
        _openssl(home, [*words, "-queryfile", str(asked), "-out", str(given)])
        return given.read_bytes()


def _openssl(home: Path, words: list[str]) -> None:
    program = shutil.which("openssl") or "openssl"
    try:
        subprocess.run(  # noqa: S603 - the program was looked up, the words are ours
            [program, *words],
            cwd=home,
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = f"The demonstration's authority gave no stamp: {error}."
        raise ProofError("authority", message) from error
