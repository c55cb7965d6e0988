"""Verify a Hufu evidence bundle with Python's standard library and openssl alone.

    python3 verify_bundle.py BUNDLE.zip [--key LOG_VKEY] [--roots TSA_ROOTS.pem]

Nothing is unpacked, nothing is sent anywhere. Without --key and --roots the keys are
those that the bundle brings: compare them with what was published.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

Known = Dict[bytes, Tuple[bytes, List["Key"]]]

MOST_BYTES, MOST_FILES, MOST_RATIO, TEXT = 16 << 30, 100_000, 250, 64 << 20
# The fixed beginning of an Ed25519 public key in DER (RFC 8410).
DER = bytes.fromhex("302a300506032b6570032100")
UTC = timezone.utc  # noqa: UP017 - a court's Python may be older than ours
ED25519, COSIGNATURE = 1, 4


class Wrong(Exception):  # noqa: N818 - reads as what is said: wrong, and why
    """What does not hold."""


def sha256(*parts: bytes) -> bytes:
    """Hash the parts as one."""
    return hashlib.sha256(b"".join(parts)).digest()


def need(condition: object, message: str) -> None:
    """Stop here unless it is so."""
    if not condition:
        raise Wrong(message)


class Bundle:
    """The zip, read in place; paths are those inside its one folder."""

    def __init__(self, path: str) -> None:
        """Look at the directory before anything is read."""
        self.zip = zipfile.ZipFile(path)
        infos = self.zip.infolist()
        total = sum(i.file_size for i in infos)
        packed = sum(i.compress_size for i in infos)
        need(len(infos) <= MOST_FILES and total <= MOST_BYTES, "too large: a bomb")
        need(total <= MOST_RATIO * packed + (1 << 20), "too dense: a bomb")
        for info in infos:
            parts = info.filename.rstrip("/").split("/")
            bad = {"", ".", ".."} & set(parts) or re.search(r"[\\:\x00]", info.filename)
            need(not bad, f"the path {info.filename!r} leads out")
            need(info.external_attr >> 28 in (0, 4, 8), f"{info.filename} is a link")
        names = [i.filename for i in infos if not i.is_dir()]
        need(len(set(names)) == len(names), "two files have the same name")
        bases = {name.split("/")[0] for name in names}
        need(len(bases) == 1, "the zip does not hold one folder")
        self.base = bases.pop() + "/"
        self.names = {name[len(self.base) :] for name in names}

    def read(self, path: str) -> bytes:
        """Return a small file."""
        need(path in self.names, f"{path} is missing")
        need(self.zip.getinfo(self.base + path).file_size <= TEXT, f"{path} is large")
        return self.zip.read(self.base + path)

    def digest(self, path: str) -> str:
        """Return a file's SHA-256."""
        need(path in self.names, f"{path} is missing")
        found = hashlib.sha256()
        with self.zip.open(self.base + path) as file:
            while block := file.read(1 << 20):
                found.update(block)
        return found.hexdigest()

    def copy(self, path: str, place: Path) -> None:
        """Put a file where openssl can read it."""
        need(path in self.names, f"{path} is missing")
        with self.zip.open(self.base + path) as file, place.open("wb") as out:
            while block := file.read(1 << 20):
                out.write(block)


def check_manifest(bundle: Bundle, name: str) -> dict[str, str]:
    """Compare files with a manifest."""
    listed = {}
    for line in bundle.read(name).decode().splitlines():
        digest, path = line.split(maxsplit=1)
        need(path not in listed, f"{name} lists {path} twice")
        need(bundle.digest(path) == digest, f"{path} was changed")
        listed[path] = digest
    return listed


def openssl(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run openssl."""
    command = ["openssl", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


class Key:
    """A verifier key: name+id+base64(type, 32 bytes)."""

    def __init__(self, vkey: str) -> None:
        """Read it, and check its id."""
        self.text = vkey
        self.name, key_id, blob = vkey.split("+", 2)
        data = base64.b64decode(blob, validate=True)
        self.kind, self.public = data[0], data[1:]
        need(self.kind in (ED25519, COSIGNATURE), f"{self.name}: unknown type of key")
        material = self.name.encode() + b"\n" + data
        self.key_id = sha256(material)[:4]
        need(self.key_id.hex() == key_id, f"{self.name}: the key has another id")

    def verify(self, text: bytes, signature: bytes) -> None:
        """Check a signature with openssl."""
        message = text
        if self.kind == COSIGNATURE:
            second, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {second}\n".encode() + text
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "key").write_bytes(DER + self.public)
            (place / "text").write_bytes(message)
            (place / "sig").write_bytes(signature)
            key = ("-pubin", "-keyform", "DER", "-inkey", place / "key", "-rawin")
            files = ("-in", place / "text", "-sigfile", place / "sig")
            done = openssl("pkeyutl", "-verify", *key, *files)
        need(done.returncode == 0, f"the signature of {self.name} is wrong")


def open_note(raw: bytes, keys: list[Key], known: Known) -> tuple[bytes, list[Key]]:
    """Return the text and the names of the keys that signed; each note once."""
    if raw in known:
        return known[raw]
    text, _, lines = raw.rpartition(b"\n\n")
    text += b"\n"
    signed = []
    for line in lines.decode().splitlines():
        match = re.fullmatch(r"— (\S+) (\S+)", line)
        if match is None:
            raise Wrong("a signature line cannot be read")
        blob = base64.b64decode(match[2], validate=True)
        for key in keys:
            if (key.name, key.key_id) == (match[1], blob[:4]):
                key.verify(text, blob[4:])
                signed.append(key)
    known[raw] = text, signed
    return known[raw]


def climb(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """Compute the root that a proof leads to (RFC 9162 section 2.1.3.2)."""
    need(0 <= index < size, "the index lies outside the tree")
    first, last, digest = index, size - 1, sha256(b"\0", leaf)
    for sibling in proof:
        need(last, "the proof is too long")
        if first & 1 or first == last:
            digest = sha256(b"\1", sibling, digest)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            digest = sha256(b"\1", digest, sibling)
        first, last = first >> 1, last >> 1
    need(last == 0, "the proof is too short")
    return digest


def bare(link: dict[str, Any]) -> dict[str, Any]:
    """Return what a link of custody says, without its proofs."""
    return {k: v for k, v in link.items() if k != "proofs"}


def digest_of(value: dict[str, Any]) -> str:
    """Hash JSON of strings only, whose one spelling by RFC 8785 this is."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_act(
    entry: dict[str, Any], fact: tuple[str, str], said: dict[str, Any]
) -> None:
    """Compare the entry of a journal with what is said of it."""
    names = {"subject": "subject", "act": "act", "at": "at", "who": "actor"}
    asked = ["subject"] if fact[0] == "sha256" else list(names)
    for name in asked:
        same = said.get(name) == entry[names[name]]
        need(same, f"the log recorded something else: {name}")
    if fact[0] != "link":
        same = entry["facts"].get(fact[0]) == fact[1]
        need(same, "the log recorded something else")
        return
    told = {"other": said["other"]} if "other" in said else {}
    for name in ("place", "reason"):
        digest = said.get(f"{name}_sha256")
        if name in said:
            digest = hashlib.sha256(said[name].encode()).hexdigest()
        if digest:
            told[f"{name}_sha256"] = digest
    kept = ("other", "place_sha256", "reason_sha256")
    recorded = {k: v for k, v in entry["facts"].items() if k in kept}
    need(told == recorded, "the log recorded something else")


class Check:
    """One run over a bundle."""

    def __init__(self, bundle: Bundle, asked: argparse.Namespace) -> None:
        """Read the index."""
        self.bundle, self.asked = bundle, asked
        self.index = json.loads(bundle.read("data/bundle.json"))
        need(self.index["format"] == "hufu-bundle-v1", "the format is another")
        brought = self.index["log"]["keys"]
        self.log = [Key(text) for text in asked.key or brought]
        self.witnesses = [Key(w["key"]) for w in self.index.get("witnesses", [])]
        self.failed = 0
        self.notes: Known = {}
        self.sizes: dict[str, str] = {}

    def say(self, title: str, check: Callable[..., str], *arguments: object) -> None:
        """Run one check and print what came out."""
        try:
            print(f"ok     {title}: {check(*arguments)}")
        except (Wrong, ValueError, KeyError, zipfile.BadZipFile) as error:
            self.failed += 1
            print(f"FAILED {title}: {error}")

    def run(self) -> int:
        """Check everything that the index names."""
        self.say("files", self.check_files)
        for key in self.log:
            print(f"{'known ' if self.asked.key else 'open  '} log key {key.text}")
        if "manifest.note" in self.bundle.names:
            self.say("seal", self.check_seal)
        for exhibit in self.index["exhibits"]:
            self.check_exhibit(exhibit)
        self.check_custody()
        for stamp in self.index.get("timestamps", []):
            self.say("timestamp", self.check_stamp, stamp, stamp["over"])
        for left in self.index.get("left_out", []):
            print(f"open   left out: {left['what']} ({left['reason']})")
        print(
            "All that is claimed holds." if not self.failed else "DO NOT RELY ON THIS."
        )
        return 1 if self.failed else 0

    def check_files(self) -> str:
        """Compare all files with the manifests."""
        listed = check_manifest(self.bundle, "manifest-sha256.txt")
        check_manifest(self.bundle, "tagmanifest-sha256.txt")
        extra = {n for n in self.bundle.names if n.startswith("data/")} - set(listed)
        need(not extra, f"not in the manifest: {sorted(extra)[:5]}")
        return f"{len(listed)} agree with the manifest"

    def check_seal(self) -> str:
        """Check who signed the manifest."""
        keys = [Key(text) for text in self.index.get("signers", [])]
        text, signed = open_note(self.bundle.read("manifest.note"), keys, {})
        digest = self.bundle.digest("manifest-sha256.txt")
        need(signed, "no known key signed it")
        wanted = f"hufu-bundle-manifest-v1\nsha256 {digest}\n"
        need(text.decode() == wanted, "it is over another manifest")
        if {key.text for key in signed} & set(self.asked.key or ()):
            return f"signed by {signed[0].name}, a key known before"
        return f"by a key that only the bundle names, compare it: {signed[0].text}"

    def check_exhibit(self, exhibit: dict[str, Any]) -> None:
        """Check a file, its entries in the log, its timestamps."""
        title, path = exhibit["title"], exhibit.get("path", "")
        if path:
            self.say(title, self.check_path, path, exhibit["sha256"])
        else:
            print(f"open   {title}: left out ({exhibit.get('reason')})")
        if not exhibit.get("proofs"):
            print(f"open   {title}: nothing in a log proves it")
        for proof in exhibit.get("proofs", []):
            fact = ("sha256", exhibit["sha256"])
            self.say(title, self.check_logged, proof, fact, exhibit)
        for stamp in exhibit.get("timestamps", []):
            self.say(title, self.check_stamp, stamp, stamp["over"])

    def check_path(self, path: str, wanted: str) -> str:
        """Compare a file with the digest that was recorded."""
        need(self.bundle.digest(path) == wanted, "another file than was recorded")
        return f"{path} has the recorded SHA-256"

    def check_opening(
        self, proof: dict[str, str], fact: tuple[str, str], said: dict[str, Any]
    ) -> str:
        """Follow a digest into the opening of a leaf; return what kind it is of."""
        if not proof["opening"]:
            return f"withheld ({proof['reason']})"
        data = self.bundle.read(proof["opening"])
        lines = self.bundle.read(proof["leaf"]).decode().splitlines()
        need(lines[0] == "hufu-commitment-v1", "the leaf is of another kind")
        digest = hashlib.sha256(data).hexdigest()
        need(lines[1] == f"sha256 {digest}", "the opening does not open the leaf")
        opening = json.loads(data)
        if opening["kind"] == "act":
            check_act(json.loads(opening["facts"]["entry"]), fact, said)
        else:
            same = opening["facts"][fact[0]] == fact[1]
            need(same, "the log recorded something else")
        return str(opening["kind"])

    def check_logged(
        self, proof: dict[str, str], fact: tuple[str, str], said: dict[str, Any]
    ) -> str:
        """Follow a digest into its opening, leaf, tree and checkpoint."""
        kind = self.check_opening(proof, fact, said)
        leaf = self.bundle.read(proof["leaf"])
        head, _, note = self.bundle.read(proof["proof"]).partition(b"\n\n")
        title, *lines = head.decode().splitlines()
        need(title == "c2sp.org/tlog-proof@v1", "the proof is of another kind")
        hashes = [base64.b64decode(x, validate=True) for x in lines if " " not in x]
        index = int(next(x for x in lines if x.startswith("index ")).split()[1])
        text, signed = open_note(note, [*self.log, *self.witnesses], self.notes)
        need(any(k in self.log for k in signed), "the log did not sign the checkpoint")
        origin, size, root = text.decode().splitlines()[:3]
        need(origin == self.index["log"]["origin"], "the checkpoint is of another log")
        found = climb(leaf, index, int(size), hashes)
        need(base64.b64encode(found).decode() == root, "the proof leads elsewhere")
        self.sizes[hashlib.sha256(text).hexdigest()] = size
        count = sum(k in self.witnesses for k in signed)
        return f"{kind}, entry {index} of {size}, {count} witnesses"

    def check_custody(self) -> None:
        """Check the links of custody in their order."""
        path = self.index.get("custody", "")
        last: dict[str, str] = {}
        links = json.loads(self.bundle.read(path))["links"] if path else []
        export = self.index.get("export", {})
        whole = digest_of({"links": [bare(link) for link in links]})
        for proof in export.get("proofs", []):
            fact = ("custody_sha256", whole)
            self.say("the whole custody", self.check_logged, proof, fact, export)
        for link in links:
            title = f"custody of {link['exhibit']}, {link['act']} at {link['at']}"
            if link["at"] < last.get(link["exhibit"], ""):
                self.failed += 1
                print(f"FAILED {title}: it comes before the one above")
            last[link["exhibit"]] = link["at"]
            if link.get("gap") or not link.get("proofs"):
                why = link.get("gap") or "nothing in a log proves it"
                print(f"open   {title}: {why}")
            fact = ("link", digest_of(bare(link)))
            for proof in link.get("proofs", []):
                self.say(title, self.check_logged, proof, fact, link)

    def check_stamp(self, stamp: dict[str, str], over: str) -> str:
        """Check a timestamp with openssl, as of its own time."""
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            reply, data, roots = place / "tsr", place / "data", place / "roots"
            self.bundle.copy(stamp["reply"], reply)
            self.bundle.copy(over, data)
            self.bundle.copy(stamp["roots"], roots)
            said = openssl("ts", "-reply", "-in", reply, "-text").stdout.decode()
            said = re.sub(r"\.\d+ ", " ", said)
            found = re.search(r"Time stamp: (.*?)(?:\.\d+)? GMT", said)
            if found is None:
                raise Wrong("the stamp cannot be read")
            words = " ".join(found[1].split())
            at = datetime.strptime(words, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
            by = ("-CAfile", self.asked.roots or roots, "-attime", int(at.timestamp()))
            files = ("-in", reply, "-data", data, "-untrusted", roots)
            done = openssl("ts", "-verify", *files, *by)
            need(done.returncode == 0, "openssl refuses the timestamp")
        trust = "" if self.asked.roots else ", by a root that the bundle brings"
        size = self.sizes.get(self.bundle.digest(over))
        what = f"the checkpoint of {size} entries ({over})" if size else over
        return f"{what} was there on {at:%Y-%m-%d at %H:%M:%S} UTC{trust}"


def main() -> int:
    """Check the bundle named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bundle")
    parser.add_argument("--key", action="append", help="the log's published key")
    parser.add_argument("--roots", help="roots of timestamp authorities (PEM)")
    asked = parser.parse_args()
    try:
        return Check(Bundle(asked.bundle), asked).run()
    except (Wrong, ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        print(f"FAILED {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
