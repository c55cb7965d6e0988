"""A bundle for tests: exhibits, openings, proofs, a witness, a seal, timestamps."""

import hashlib
import io
import zipfile

from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer
from engines.proof.stores import Memory
from hufu.doors.storage.handouts import handouts
from hufu.engines.proof.acts import chain_digest
from hufu.engines.proof.bags import write_bag
from hufu.engines.proof.bundles import link_digest, seal_text
from hufu.engines.proof.commitments import Opening, canonical
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.logs import Log
from hufu.engines.proof.notes import sign_note
from hufu.engines.proof.timestamps import make_request

SEALER = log_signer("hufu.example/export")
ROOTS = "data/roots/roots.pem"


def salt(word):
    return hashlib.sha256(word.encode()).digest()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Bundling:
    """Collects what a bundle holds, then sequences, proves, stamps and packs it."""

    def __init__(self, count=3, authority=None):
        self.authority = authority
        self.files = {
            f"data/exhibits/{n:04d}/photo-{n}.txt": b"exhibit %d\n" % n
            for n in range(1, count + 1)
        }
        self.openings = [
            Opening("deposit", {"sha256": sha256(data)}, salt(path))
            for path, data in self.files.items()
        ]
        self.links = [
            {
                "exhibit": path,
                "act": "deposited",
                "at": "2026-03-02T12:00:00Z",
                "who": "officer 7",
                "place": "Shenzhen",
                "reason": "complaint",
            }
            for path in list(self.files)[:2]
        ]
        facts = [{"link": link_digest(link)} for link in self.links]
        self.openings += [Opening("custody", f, salt(str(f))) for f in facts]
        whole = {"custody_sha256": chain_digest(self.links)}
        self.openings.append(Opening("export", whole, salt("export")))

    def proved(self, number):
        name = f"{number:04d}"
        return {
            "opening": f"data/openings/{name}.json",
            "leaf": f"data/leaves/{name}.txt",
            "proof": f"data/proofs/{name}.tlog-proof",
        }

    def contents(self):
        log = Log.create(Memory(), log_signer(), ORIGIN, at=NOON)
        log.append([opening.leaf() for opening in self.openings], at=NOON)
        note = log.publish([cosigner().cosign(str(log.head), at=NOON)])
        files = dict(self.files)
        for number, opening in enumerate(self.openings, 1):
            paths = self.proved(number)
            proof = tuple(log.view().prove_inclusion(number - 1))
            files[paths["opening"]] = bytes(opening)
            files[paths["leaf"]] = opening.leaf()
            files[paths["proof"]] = bytes(Envelope(number - 1, proof, note))
        count = len(self.files)
        links = [
            {**link, "proofs": [self.proved(count + number)]}
            for number, link in enumerate(self.links, 1)
        ]
        files["data/custody.json"] = canonical({"links": links})
        stamps = self.stamp(files)
        files["data/bundle.json"] = canonical(self.index(stamps))
        return files

    def stamp(self, files):
        if not self.authority:
            return []
        over = next(iter(self.files))
        digest = hashlib.sha256(files[over]).digest()
        request = make_request(digest, nonce=7)
        files["data/timestamps/0001.tsr"] = self.authority.reply(request)
        files[ROOTS] = self.authority.root
        return [{"reply": "data/timestamps/0001.tsr", "over": over, "roots": ROOTS}]

    def index(self, stamps):
        exhibits = [
            {
                "path": path,
                "title": f"Exhibit {number}",
                "sha256": sha256(data),
                "proofs": [self.proved(number)],
            }
            for number, (path, data) in enumerate(self.files.items(), 1)
        ]
        witness = {"key": str(cosigner().key), "operator": "court", "independent": True}
        return {
            "format": "hufu-bundle-v1",
            "case": "example",
            "log": {"origin": ORIGIN, "keys": [str(log_signer().key)]},
            "witnesses": [witness],
            "signers": [str(SEALER.key)],
            "exhibits": exhibits,
            "custody": "data/custody.json",
            "export": {"proofs": [self.proved(len(self.openings))]},
            "timestamps": stamps,
            "left_out": [{"what": "an informant's name", "reason": "protected by law"}],
        }

    def pack(self, files=None):
        files = self.contents() if files is None else files
        out = io.BytesIO()
        payload = ((path, [data]) for path, data in files.items())
        write_bag(out, payload, handouts(), seal)
        return out


def seal(manifest):
    text = seal_text(manifest)
    return {"manifest.note": bytes(sign_note(text, SEALER.sign(text)))}


def rewritten(packed, change):
    """Pack a zip anew without touching manifests; `change` may return None."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = change(info.filename.partition("/")[2], old.read(info))
            if data is not None:
                new.writestr(info.filename, data)
    return out
