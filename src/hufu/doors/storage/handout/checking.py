"""The second half of the verifier that bundles hand out: the checks, and what they say.

The file that is handed out holds `reading.py`, then all that follows the import of it.
"""

from __future__ import annotations

from hufu.doors.storage.handout.reading import (
    BROKEN,
    COSIGNATURE,
    ED25519,
    HEX,
    MANIFEST,
    SEAL,
    TAGS,
    Bundle,
    Key,
    Known,
    Wrong,
    climb,
    leaf_of,
    need,
    number,
    open_note,
    openssl,
    read_hour,
    read_json,
    sha256,
    spell,
    unbase64,
)

# isort: split
import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable

RECEIPT, LARGEST = "hufu-receipt-v1", 1 << 20
RECEIPT_FIELDS = {"format", "statement", "opening", "proof", "witnesses"}
WITNESS, STAMP = {"key"}, {"authority", "reply", "roots"}
STATED = {"format", "deposit", "sha256", "size", "at", "promise", "log"}


def bare(link: dict[str, Any]) -> dict[str, Any]:
    """Return what a link of custody says, without its proofs."""
    return {k: v for k, v in link.items() if k != "proofs"}


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
    kept = ["other", "place_sha256", "reason_sha256"]
    told = {name: said[name] for name in kept if name in said}
    for name in ("place", "reason"):
        if name in said:
            told[f"{name}_sha256"] = sha256(str(said[name]).encode()).hex()
    recorded = {k: v for k, v in entry["facts"].items() if k in kept}
    need(told == recorded, "the log recorded something else")


def follow(
    raw: bytes, leaf: bytes, keys: list[Key], known: Known
) -> tuple[str, bytes, list[Key]]:
    """Follow a leaf to a checkpoint; return its place, the text, and who signed."""
    head, _, note = raw.partition(b"\n\n")
    title, *lines = head.decode("ascii").split("\n")
    need(title == "c2sp.org/tlog-proof@v1", "the proof is of another kind")
    if lines and lines[0].startswith("extra "):
        unbase64(lines.pop(0)[6:])
    need(lines and lines[0].startswith("index "), "the proof names no index")
    index, hashes = number(lines[0][6:]), [unbase64(x) for x in lines[1:]]
    text, signed = open_note(note, keys, known)
    size, root = text.decode().split("\n")[1:3]
    found = climb(leaf, index, number(size), hashes)
    need(unbase64(root) == found, "the proof leads elsewhere")
    return f"entry {index} of {size}", text, signed


class Receipt:
    """The receipt of a deposit: what the log's key signed at once, and its proof."""

    def __init__(self, check: Check, path: str) -> None:
        """Read it in its one spelling."""
        self.run = check
        data = check.bundle.read(path)
        self.value = read_json(data[:-1], path)
        need(data[-1:] == b"\n" and len(data) <= LARGEST, f"{path} is no receipt")
        same = set(self.value) - {"timestamps"} == RECEIPT_FIELDS
        need(same and self.value["format"] == RECEIPT, f"{path} is no receipt")
        self.stamps = self.value.get("timestamps", [])
        need(self.stamps or "timestamps" not in self.value, "no timestamps are there")
        for rows, texts in ((self.value["witnesses"], WITNESS), (self.stamps, STAMP)):
            need(isinstance(rows, list), f"{path} is no receipt")
            for row in rows:
                same = set(row) == {*texts, "own"} and isinstance(row["own"], bool)
                same = same and all(isinstance(row[name], str) for name in texts)
                need(same, f"{path} tells a witness or a stamp wrongly")

    def check(self, wanted: str) -> str:
        """Check the statement, then its place in the log, then the timestamps."""
        note = self.value["statement"]
        text, signed = open_note(note.encode(), self.run.log, {})
        alone = len(signed) == 1 and note.rpartition("\n\n")[2].count("\n") == 1
        need(alone, "the log's key did not sign the statement alone")
        need(text.endswith(b"\n"), "the statement is cut")
        said = read_json(text[:-1], "the statement")
        need(set(said) == STATED and said["format"] == RECEIPT, "it states nothing")
        need(said["log"] == signed[0].text, "the statement names another log's key")
        need(said["sha256"] == wanted, "it is of another file")
        told = f"signed at {said['at']}"
        if self.value["proof"] is None:
            bare = self.value["opening"] is None and "timestamps" not in self.value
            need(bare, "it has no proof")
            return f"{told}; it shows no place in the log"
        place, text = self.check_place(said, signed[0])
        stamps = [self.check_stamp(stamp, text) for stamp in self.stamps]
        return "; ".join([told, place, *stamps])

    def check_place(self, said: dict[str, Any], key: Key) -> tuple[str, bytes]:
        """Check that the log holds the act that the statement tells of."""
        opening = self.value["opening"].encode()
        parsed = read_json(opening, "the opening")
        need(parsed["format"] == "hufu-opening-v1", "the opening is of another format")
        need(HEX.fullmatch(parsed["salt"]), "the opening has no salt")
        entry = json.loads(parsed["facts"]["entry"])
        found = [entry.get(name) for name in ("act", "subject", "at", "facts")]
        facts = {"sha256": said["sha256"], "size": said["size"]}
        act = ["deposit", f"evidence.deposit:{said['deposit']}", said["at"], facts]
        need(found == act, "the proof is of something else")
        listed = [Key(row["key"]) for row in self.value["witnesses"]]
        raw = self.value["proof"].encode()
        place, text, signed = follow(raw, leaf_of(opening), [key, *listed], {})
        need(text.decode().split("\n")[0] == key.name, "the proof is of another log")
        need(key in signed, "the log did not sign the checkpoint")
        strangers = raw.rpartition(b"\n\n")[2].count(b"\n") != len(signed)
        need(not strangers, "the checkpoint carries a stranger's line")
        free = {k.public for k in signed if k.kind == COSIGNATURE} - {key.public}
        need(len(free) == len(listed), "a listed witness has not cosigned")
        return f"{place}, {len(free)} witnesses that it names", text

    def check_stamp(self, stamp: dict[str, Any], text: bytes) -> str:
        """Check a timestamp over the checkpoint."""
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "tsr").write_bytes(unbase64(stamp["reply"]))
            (place / "data").write_bytes(text)
            (place / "roots").write_bytes(stamp["roots"].encode())
            return f"stamped on {self.run.judge_stamp(place)}"


class Check:
    """One run over a bundle."""

    def __init__(self, bundle: Bundle, asked: argparse.Namespace) -> None:
        """Read the index."""
        self.bundle, self.asked = bundle, asked
        self.index = read_json(bundle.read("data/bundle.json"), "data/bundle.json")
        need(self.index["format"] == "hufu-bundle-v1", "the format is another")
        brought = [Key(text) for text in self.index["log"]["keys"]]
        self.log = [Key(text) for text in asked.key or ()] or brought
        need(all(k.kind == ED25519 for k in self.log), "a witness's key is no log's")
        self.witnesses = [Key(w["key"]) for w in self.index.get("witnesses", [])]
        self.failed = 0
        self.listed: dict[str, str] = {}
        self.notes: Known = {}
        self.sizes: dict[str, str] = {}

    def say(self, title: str, check: Callable[..., str], *arguments: object) -> None:
        """Run one check and print what came out."""
        try:
            print(f"ok     {title}: {check(*arguments)}")
        except BROKEN as error:
            self.failed += 1
            print(f"FAILED {title}: {error}")

    def run(self) -> int:
        """Check everything that the index names."""
        self.say("files", self.check_files)
        for key in self.log:
            print(f"{'known ' if self.asked.key else 'open  '} log key {key.text}")
        if SEAL in self.bundle.names:
            self.say("seal", self.check_seal)
        if "manifest.tsr" in self.bundle.names:
            roots = self.index.get("seal_roots", "")
            stamp = {"reply": "manifest.tsr", "over": MANIFEST, "roots": roots}
            self.say("timestamp", self.check_stamp, stamp)
        for exhibit in self.index["exhibits"]:
            self.check_exhibit(exhibit)
        self.check_custody()
        for stamp in self.index.get("timestamps", []):
            self.say("timestamp", self.check_stamp, stamp)
        for left in self.index.get("left_out", []):
            print(f"open   left out: {left['what']} ({left['reason']})")
        words = "DO NOT RELY ON THIS." if self.failed else "All that is claimed holds."
        print(words)
        return 1 if self.failed else 0

    def check_files(self) -> str:
        """Compare all files with the manifests."""
        self.listed = self.bundle.manifest(MANIFEST)
        tags = self.bundle.manifest(TAGS)
        known = {n for n in self.listed if n.startswith("data/")}
        known |= {n for n in tags if not n.startswith("data/")}
        extra = self.bundle.names - known - {TAGS, SEAL, "manifest.tsr"}
        need(not extra, f"in no manifest: {sorted(extra)[:5]}")
        return f"{len(self.listed)} agree with the manifest"

    def check_seal(self) -> str:
        """Check who signed the manifest."""
        known = self.asked.key or []
        keys = [Key(text) for text in [*known, *self.index.get("signers", [])]]
        text, signed = open_note(self.bundle.read(SEAL), keys, {})
        need(signed, "no known key signed it")
        digest = self.bundle.digest(MANIFEST)
        wanted = f"hufu-bundle-manifest-v1\nsha256 {digest}\n"
        need(text.decode() == wanted, "it is over another manifest")
        for key in signed:
            if key.text in known:
                return f"signed by {key.name}, a key known before"
        return f"by a key that only the bundle names, compare it: {signed[0].text}"

    def check_exhibit(self, exhibit: dict[str, Any]) -> None:
        """Check a file, its entries in the log, its timestamps."""
        title, path, wanted = exhibit["title"], exhibit["path"], exhibit["sha256"]
        if path:
            self.say(title, self.check_path, path, wanted)
        else:
            print(f"open   {title}: left out ({exhibit.get('reason')})")
        if not exhibit.get("proofs"):
            print(f"open   {title}: nothing in a log proves it")
        for proof in exhibit.get("proofs", []):
            self.say(title, self.check_logged, proof, ("sha256", wanted), exhibit)
        for stamp in exhibit.get("timestamps", []):
            self.say(title, self.check_stamp, stamp)
        if exhibit.get("receipt"):
            check = Receipt(self, exhibit["receipt"]).check
            self.say(f"{title}: receipt", check, wanted)

    def check_path(self, path: str, wanted: str) -> str:
        """Compare a file with the digest that was recorded."""
        need(self.listed.get(path) == wanted, "another file than was recorded")
        return f"{path} has the recorded SHA-256"

    def check_opening(
        self, proof: dict[str, str], fact: tuple[str, str], said: dict[str, Any]
    ) -> str:
        """Follow a digest into the opening of a leaf; return what kind it is of."""
        if not proof["opening"]:
            need(fact[0] != "custody_sha256", "the entry of the export is not shown")
            return f"withheld ({proof['reason']})"
        need(HEX.fullmatch(fact[1]), "no SHA-256 is named")
        data = self.bundle.read(proof["opening"])
        leaf = self.bundle.read(proof["leaf"]).decode()
        wanted = f"hufu-commitment-v1\nsha256 {sha256(data).hex()}\nsm3 "
        same = leaf[:-65] == wanted and HEX.fullmatch(leaf[-65:-1]) and leaf[-1] == "\n"
        need(same, "the opening does not open the leaf")
        opening = read_json(data, proof["opening"])
        need(opening["format"] == "hufu-opening-v1", "the opening is of another format")
        need(HEX.fullmatch(opening["salt"]), "the opening has no salt")
        if opening["kind"] == "act":
            check_act(json.loads(opening["facts"]["entry"]), fact, said)
        else:
            same = opening["facts"].get(fact[0]) == fact[1]
            need(same, "the log recorded something else")
        return str(opening["kind"])

    def check_logged(
        self, proof: dict[str, str], fact: tuple[str, str], said: dict[str, Any]
    ) -> str:
        """Follow a digest into its opening, leaf, tree and checkpoint."""
        kind = self.check_opening(proof, fact, said)
        leaf = self.bundle.read(proof["leaf"])
        raw = self.bundle.read(proof["proof"])
        place, text, signed = follow(
            raw, leaf, [*self.log, *self.witnesses], self.notes
        )
        need(any(k in self.log for k in signed), "the log did not sign the checkpoint")
        origin = text.decode().split("\n")[0]
        need(origin == self.index["log"]["origin"], "the checkpoint is of another log")
        self.sizes[sha256(text).hex()] = text.decode().split("\n")[1]
        # A cosignature does not cover its name: a key counts once, the log's never.
        free = {k.public for k in signed if k.kind == COSIGNATURE}
        free -= {k.public for k in signed if k.kind == ED25519}
        return f"{kind}, {place}, {len(free)} witnesses"

    def check_custody(self) -> None:
        """Check the links of custody in their order."""
        path = self.index.get("custody", "")
        last: dict[str, str] = {}
        links = read_json(self.bundle.read(path), path)["links"] if path else []
        export = self.index.get("export") or {}
        whole = sha256(spell({"links": [bare(link) for link in links]})).hex()
        if not export.get("proofs"):
            print("open   custody: nothing in a log proves that no link was left out")
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
            fact = ("link", sha256(spell(bare(link))).hex())
            for proof in link.get("proofs", []):
                self.say(title, self.check_logged, proof, fact, link)

    def check_stamp(self, stamp: dict[str, str]) -> str:
        """Check a timestamp over a file of the bundle."""
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            self.bundle.copy(stamp["reply"], place / "tsr")
            digest = self.bundle.copy(stamp["over"], place / "data")
            self.bundle.copy(stamp["roots"], place / "roots")
            at = self.judge_stamp(place)
        size = self.sizes.get(digest)
        what = f"the checkpoint of {size} entries" if size else stamp["over"]
        return f"{what} was there on {at}"

    def judge_stamp(self, place: Path) -> str:
        """Judge `tsr` over `data` with openssl, as of its own time."""
        reply, roots = place / "tsr", place / "roots"
        at = read_hour(reply, place / "token")
        files = ("-in", reply, "-data", place / "data", "-untrusted", roots)
        for root in filter(None, (self.asked.roots, roots)):
            by = ("-CAfile", root, "-attime", int(at.timestamp()))
            if openssl("ts", "-verify", *files, *by).returncode == 0:
                trust = ", by a root that the bundle brings" * (root == roots)
                return f"{at:%Y-%m-%d at %H:%M:%S} UTC{trust}"
        raise Wrong("openssl refuses the timestamp")


def main() -> int:
    """Check the bundle named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bundle")
    parser.add_argument("--key", action="append", help="the log's published key")
    parser.add_argument("--roots", help="roots of timestamp authorities (PEM)")
    asked = parser.parse_args()
    try:
        return Check(Bundle(asked.bundle), asked).run()
    except BROKEN as error:
        print(f"FAILED {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
