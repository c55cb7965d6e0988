"""A timestamp authority for tests: `openssl ts`, with a root of its own."""

import subprocess

CONFIG = """
[req]
distinguished_name=dn
prompt=no
[dn]
CN=Test authority
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
[tsa]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[ts]
serial={folder}/serial
signer_cert={folder}/tsa.pem
certs={folder}/ca.pem
signer_key={folder}/tsa.key
signer_digest=sha256
default_policy=1.3.6.1.4.1.99999.1
digests=sha256,sha384,sha512
accuracy=secs:1
ess_cert_id_alg=sha256
"""


class Authority:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config tsa.cnf"
        root = "-keyout ca.key -out ca.pem -subj /CN=Root -days 30 -extensions ca"
        signer = "-CA ca.pem -CAkey ca.key -CAcreateserial -days 20 -extfile tsa.cnf"
        for line in (
            f"req -x509 {key} {root}",
            f"req -new {key} -keyout tsa.key -out tsa.csr",
            f"x509 -req -in tsa.csr -out tsa.pem {signer} -extensions tsa",
        ):
            self._openssl(*line.split())

    @property
    def root(self):
        return (self.folder / "ca.pem").read_bytes()

    def reply(self, request, *options):
        (self.folder / "q.tsq").write_bytes(request)
        self._openssl(
            *["ts", "-reply", "-config", "tsa.cnf", "-section", "ts"],
            *["-queryfile", "q.tsq", "-out", "r.tsr"],
            *options,
        )
        return (self.folder / "r.tsr").read_bytes()

    def _openssl(self, *arguments):
        subprocess.run(
            ["openssl", *arguments], cwd=self.folder, check=True, capture_output=True
        )
