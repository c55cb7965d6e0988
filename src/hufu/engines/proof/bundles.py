"""Evidence bundles: a bag whose files prove each other. The format is in README.md."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from cryptography import x509

from hufu.engines.proof import acts
from hufu.engines.proof.bags import MANIFEST, Bag
from hufu.engines.proof.checkpoints import SignedCheckpoint
from hufu.engines.proof.commitments import Opening, canonical, check_opening
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report
from hufu.engines.proof.keys import VerifierKey, verify_note
from hufu.engines.proof.notes import Note
from hufu.engines.proof.receipts import Receipt, ReceiptStamp
from hufu.engines.proof.timestamps import Reply, Timestamp, read_certificates
from hufu.engines.proof.zips import STANDARD, Limits

FORMAT = "hufu-bundle-v1"
INDEX = "data/bundle.json"
SEAL, STAMP = "manifest.note", "manifest.tsr"
DIGEST = re.compile(r"[0-9a-f]{64}")
SEALED_TEXT = "hufu-bundle-manifest-v1\nsha256 {}\n"


@dataclass(frozen=True)
class Trust:
    """What a receiver knows from elsewhere. Empty: only what the bundle brings."""

    log: Sequence[VerifierKey] = ()
    witnesses: Sequence[VerifierKey] = ()
    roots: Sequence[x509.Certificate] = ()


NOTHING_KNOWN = Trust()


def seal_text(manifest: bytes) -> str:
    """Return the text of the note that seals a bundle against leaving files out."""
    return SEALED_TEXT.format(hashlib.sha256(manifest).hexdigest())


def link_digest(link: Mapping[str, Any]) -> str:
    """Return what the opening of a custody link's leaf names: its facts' SHA-256."""
    facts = {name: value for name, value in link.items() if name != "proofs"}
    return hashlib.sha256(canonical(facts)).hexdigest()


def verify_bundle(
    file: BinaryIO, trust: Trust = NOTHING_KNOWN, limits: Limits = STANDARD
) -> Report:
    """Check a bundle offline and report what it proves, what not, what is left out."""
    report = Report()
    try:
        bag = Bag(file, limits)
        digests = bag.check(report)
        _Verification(bag, digests, _index_of(bag), trust, report).run()
    except ProofError as error:
        report.fails(error.code, error.message)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        report.fails("bundle", f"{INDEX} lacks what it needs: {error}.")
    return report


def _index_of(bag: Bag) -> Mapping[str, Any]:
    index = _canonical_in(bag, INDEX)
    if index.get("format") != FORMAT:
        raise ProofError("bundle", f"{INDEX} is no {FORMAT}.")
    return index


def _canonical_in(bag: Bag, path: str) -> Mapping[str, Any]:
    """Read JSON that has one spelling only, so that all readers see the same."""
    value = bag.read_json(path)
    if canonical(value) != bag.read(path):
        raise ProofError("bundle", f"{path} is not canonical JSON.")
    return value


@dataclass
class _Verification:
    """One run over a bundle."""

    bag: Bag
    digests: Mapping[str, str]
    index: Mapping[str, Any]
    trust: Trust
    report: Report
    checkpoints: dict[bytes, SignedCheckpoint] = field(default_factory=dict)

    def __post_init__(self) -> None:
        log = self.index["log"]
        self.origin = str(log["origin"])
        brought = [VerifierKey.parse(str(key)) for key in log["keys"]]
        self.log = list(self.trust.log) or brought
        listed = self.index.get("witnesses", [])
        self.witnesses = {VerifierKey.parse(str(w["key"])): w for w in listed}

    def run(self) -> None:
        """Check everything the index names."""
        self._say_whose_keys()
        self._check_seal()
        for exhibit in self.index["exhibits"]:
            self._check_exhibit(exhibit)
        self._check_custody()
        for stamp in self.index.get("timestamps", []):
            self._check_stamp(stamp["reply"], stamp["over"], stamp["roots"])
        self._count_witnesses()
        for left_out in self.index.get("left_out", []):
            message = f"Left out: {left_out['what']} ({left_out['reason']})."
            self.report.open("left_out", message)

    def _say_whose_keys(self) -> None:
        names = ", ".join(str(key) for key in self.log)
        if self.trust.log:
            self.report.holds("keys", f"The log's key was known before: {names}")
        else:
            message = f"The log's key comes from the bundle: compare it with {names}"
            self.report.open("keys", message)

    def _check_seal(self) -> None:
        if SEAL not in self.bag:
            message = "Nobody signed that these are all files of the bundle."
            self.report.open("seal", message)
            return
        try:
            signer = self._open_seal()
        except ProofError as error:
            self.report.fails("seal", f"The seal does not hold: {error}")
        else:
            self._say_whose_seal(signer)
        if STAMP in self.bag:
            self._check_stamp(STAMP, MANIFEST, str(self.index.get("seal_roots", "")))

    def _say_whose_seal(self, key: VerifierKey) -> None:
        """Say who signed: with a key that only the bundle names, anybody could."""
        said = "The list of files is signed with a key"
        if key in self.trust.log:
            self.report.holds("seal", f"{said} known before: none was left out.")
        else:
            words = "that only the bundle names: compare it, or give it as --key:"
            self.report.open("seal", f"{said} {words} {key}")

    def _open_seal(self) -> VerifierKey:
        note = Note.parse(self.bag.read(SEAL))
        named = [VerifierKey.parse(str(key)) for key in self.index.get("signers", [])]
        signatures = verify_note(note, [*self.trust.log, *named])
        if note.text != seal_text(self.bag.read(MANIFEST)):
            raise ProofError("seal", "It is over another manifest.")
        keys = [signature.key for signature in signatures]
        return next((key for key in keys if key in self.trust.log), keys[0])

    def _check_exhibit(self, exhibit: Mapping[str, Any]) -> None:
        """Check one exhibit: its file, and that the log knew its digest."""
        title, wanted = exhibit["title"], exhibit["sha256"]
        path = exhibit.get("path", "")
        if not path:
            reason = exhibit.get("reason", "no reason given")
            self.report.open("left_out", f"{title}: the file is left out ({reason}).")
        elif self.digests.get(path) != wanted:
            message = f"{title}: {path} is not the file that was recorded."
            self.report.fails("exhibit", message)
            return
        proofs = exhibit.get("proofs", [])
        if proofs and not DIGEST.fullmatch(wanted):
            self.report.fails("exhibit", f"{title}: its SHA-256 is none.")
            return
        if not proofs:
            message = f"{title}: nothing in a log proves when this was there."
            self.report.open("exhibit", message)
        for proof in proofs:
            self._check_logged(f"{title}:", proof, ("sha256", wanted), exhibit)
        for stamp in exhibit.get("timestamps", []):
            self._check_stamp(stamp["reply"], stamp["over"], stamp["roots"])
        if exhibit.get("receipt"):
            self._check_receipt(title, exhibit["receipt"], wanted)

    def _check_receipt(self, title: str, path: str, wanted: str) -> None:
        """Check a deposit's receipt: that the log's key signed it, for this file."""
        try:
            receipt = self._open_receipt(path, wanted)
            signed = receipt.check_place(self._signer_of(receipt))
        except ProofError as error:
            self.report.fails("receipt", f"{title}: the receipt does not hold: {error}")
            return
        said = f"{title}: the log signed a receipt for it at {receipt.statement.at}"
        if signed is None:
            self.report.open("receipt", f"{said}; it shows no place in the log.")
            return
        size, count = signed.checkpoint.size, len(signed.witnesses)
        said += f"; the deposit stands in the log of {size} entries, signed by {count}"
        self.report.holds("receipt", f"{said} witnesses that it names.")
        for stamp in receipt.timestamps:
            self._check_receipt_stamp(receipt, stamp, size)

    def _open_receipt(self, path: str, wanted: str) -> Receipt:
        data = self.bag.read(path)
        receipt = Receipt.parse(data)
        if bytes(receipt) != data:
            raise ProofError("receipt", f"{path} is not canonical JSON.")
        if receipt.check_statement(self._signer_of(receipt)).sha256 != wanted:
            raise ProofError("receipt", "It is of another file.")
        return receipt

    def _signer_of(self, receipt: Receipt) -> VerifierKey:
        named = receipt.statement.log
        for key in self.log:
            if str(key) == named:
                return key
        raise ProofError("other_log", f"Another key signed it: {named}")

    def _check_logged(
        self,
        title: str,
        proof: Mapping[str, Any],
        fact: tuple[str, str],
        said: Mapping[str, Any],
    ) -> None:
        kind = ""
        try:
            leaf = self.bag.read(proof["leaf"])
            if proof["opening"]:
                opening = check_opening(leaf, self.bag.read(proof["opening"]))
                _check_fact(opening, *fact, said)
                kind = opening.kind
            envelope = Envelope.parse(self.bag.read(proof["proof"]))
            signed = envelope.verify(leaf, self.origin, self.log, self._known())
        except ProofError as error:
            self.report.fails("logged", f"{title} the proof does not hold: {error}")
            return
        self.checkpoints[bytes(signed.note)] = signed
        where = f"entry {envelope.index} of {signed.checkpoint.size} in {self.origin}"
        if kind:
            self.report.holds("logged", f"{title} {kind} recorded as {where}.")
        else:
            message = f"{title} {where}; what it says is withheld ({proof['reason']})."
            self.report.open("withheld", message)

    def _known(self) -> list[VerifierKey]:
        return [*self.trust.witnesses, *self.witnesses]

    def _check_custody(self) -> None:
        path = self.index.get("custody", "")
        if not path:
            self.report.open("custody", "The bundle holds no chain of custody.")
        links = _canonical_in(self.bag, path)["links"] if path else []
        self._check_export(links)
        last: dict[str, str] = {}
        for link in links:
            exhibit, at = str(link["exhibit"]), str(link["at"])
            title = f"Custody of {exhibit}, {link['act']} at {at}:"
            if at < last.get(exhibit, ""):
                self.report.fails("custody", f"{title} it comes before the one above.")
            last[exhibit] = at
            if link.get("gap"):
                self.report.open("custody", f"{title} a gap: {link['gap']}")
            proofs = link.get("proofs", [])
            if not proofs:
                self.report.open("custody", f"{title} nothing in a log proves it.")
            for proof in proofs:
                self._check_logged(title, proof, ("link", link_digest(link)), link)

    def _check_export(self, links: Sequence[Mapping[str, Any]]) -> None:
        """Check that custody is all that was told when the bundle was made."""
        export = self.index.get("export")
        if not export or not export["proofs"]:
            message = "Nothing in a log proves that no link of custody was left out."
            self.report.open("export", message)
            return
        fact = ("custody_sha256", acts.chain_digest(links))
        for proof in export["proofs"]:
            if not proof["opening"]:
                self.report.fails("export", "The entry of the export is not shown.")
            self._check_logged("The whole custody:", proof, fact, export)

    def _check_stamp(self, reply_path: str, over: str, roots_path: str) -> None:
        try:
            reply = Reply(self.bag.read(reply_path))
            digest = self.bag.digest(over, reply.algorithm)
            brought = read_certificates(self.bag.read(roots_path))
            check = partial(reply.verify, digest)
            self._judge_stamp(self._name_stamped(over), check, brought)
        except (ProofError, ValueError) as error:
            message = f"The timestamp over {over} does not hold: {error}"
            self.report.fails("timestamp", message)

    def _check_receipt_stamp(
        self, receipt: Receipt, stamp: ReceiptStamp, size: int
    ) -> None:
        what = f"The checkpoint of {size} entries in the receipt"
        try:
            brought = read_certificates(stamp.roots.encode())
            self._judge_stamp(what, partial(receipt.check_stamp, stamp), brought)
        except (ProofError, ValueError) as error:
            message = f"A timestamp in the receipt does not hold: {error}"
            self.report.fails("timestamp", message)

    def _judge_stamp(
        self,
        what: str,
        check: Callable[[Sequence[x509.Certificate]], Timestamp],
        brought: Sequence[x509.Certificate],
    ) -> None:
        """Judge a stamp by the roots it brings, then by those known before."""
        stamp = check(brought)
        said = f"{what} was there on {stamp.at:%Y-%m-%d at %H:%M:%S} UTC"
        others = [c for c in brought if c.issuer != c.subject]
        try:
            check([*self.trust.roots, *others])
        except ProofError:
            root = next(c for c in brought if c.issuer == c.subject)
            name = root.subject.rfc4514_string()
            message = f"{said}, if you trust {name}, whose root the bundle brings."
            self.report.open("timestamp", message)
        else:
            self.report.holds("timestamp", f"{said} (a trusted authority's stamp).")

    def _name_stamped(self, over: str) -> str:
        """Name a file; where it is a checkpoint that was verified, say of what size."""
        for signed in self.checkpoints.values():
            text = signed.note.text.encode()
            if hashlib.sha256(text).hexdigest() == self.digests.get(over):
                return f"The checkpoint of {signed.checkpoint.size} entries ({over})"
        return over

    def _count_witnesses(self) -> None:
        """Say who signed; that somebody is independent is the bundle's word only."""
        for signed in self.checkpoints.values():
            keys = {signature.key for signature in signed.witnesses}
            known = keys & {*self.trust.witnesses}
            said = [self.witnesses[key] for key in keys & {*self.witnesses}]
            claimed = sum(witness.get("independent") is True for witness in said)
            message = (
                f"The checkpoint at {signed.checkpoint.size} entries was signed by "
                f"{len(keys)} witnesses: {len(known)} known before; {claimed} "
                f"independent of the operator, as the bundle says."
            )
            if known:
                self.report.holds("witnesses", message)
            else:
                self.report.open("witnesses", message)


def _check_fact(
    opening: Opening, fact: str, wanted: str, said: Mapping[str, Any]
) -> None:
    if opening.kind == acts.KIND:
        acts.check_act(opening, fact, wanted, said)
    elif opening.facts.get(fact) != wanted:
        raise ProofError("opening", "The log recorded something else.")
