"""An evidence bundle of a case: exhibits, custody, and what proves them to a stranger.

The format is in `engines/proof/README.md`. First the export is recorded, then the log
is brought up to it, then the bundle is written: no byte leaves that is not on record.
"""

from collections.abc import Iterator
from datetime import UTC
from typing import Any, BinaryIO

from django.core.management.base import CommandError

from hufu.base.models import Entry
from hufu.domain.cases.models import Case
from hufu.domain.cases.services import Export, Outgoing
from hufu.domain.evidence import queries
from hufu.domain.evidence.files import neutral_name
from hufu.domain.evidence.kept import Stamp
from hufu.domain.evidence.models import Blob
from hufu.domain.evidence.services.exports import is_withheld, leaving_deposit
from hufu.doors.jobs.tasks import extend_log, sequence_journal, stamp_log
from hufu.doors.letters.witnesses import known_witnesses, peers
from hufu.doors.storage import prooflog
from hufu.doors.storage.blobs import BLOCK
from hufu.doors.storage.checking import checked_store
from hufu.doors.storage.handouts import handouts
from hufu.doors.storage.receipts import receipt_of
from hufu.engines.proof.bags import Blocks, write_bag
from hufu.engines.proof.bundles import FORMAT, INDEX, SEAL, seal_text
from hufu.engines.proof.checkpoints import open_checkpoint
from hufu.engines.proof.commitments import canonical
from hufu.engines.proof.notes import Note, sign_note

CUSTODY = "data/custody.json"
Stamped = tuple[list[dict[str, str]], list[dict[str, str]]]
OLD = "an earlier key of the log signed it"
WITHHELD = "it tells of a source that the law protects"


def write_bundle(out: BinaryIO, case: Case, export: Export) -> None:
    """Bring the log up to the export, then write the bundle."""
    sequence_journal.call()
    extend_log.call()
    stamp_log.call()
    head = prooflog.published_head()
    if head is None:
        raise CommandError("The proof log shows nothing yet.")
    proofs = Proofs(head)
    index = _index(case, export, proofs)
    links = [link for one in export.outgoing for link in _links(one, proofs)]
    files = {
        **proofs.files,
        CUSTODY: canonical({"links": links}),
        INDEX: canonical(index),
    }
    write_bag(out, _payload(export, files), handouts(), _seal)


class Proofs:
    """The proofs that a bundle holds, under one head and under stamped ones."""

    def __init__(self, head: prooflog.Head) -> None:
        """Take the head."""
        self.head = head
        self.files: dict[str, bytes] = {}
        self.left_out: list[dict[str, str]] = []
        self._known: dict[int, list[dict[str, str]]] = {}

    def of(self, entry: Entry, withheld: str = "") -> list[dict[str, str]]:
        """Return the proof of an act; none where another log has it."""
        if entry.pk not in self._known:
            self._known[entry.pk] = self._make(entry, withheld)
        return self._known[entry.pk]

    def _make(self, entry: Entry, withheld: str) -> list[dict[str, str]]:
        leaf = queries.leaf_of(entry)
        envelope = prooflog.prove_leaf(leaf, self.head) if leaf else None
        if leaf is None or envelope is None:
            return []
        name = f"{len(self._known) + 1:04d}"
        proof = {
            "leaf": f"data/leaves/{name}.txt",
            "proof": f"data/proofs/{name}.tlog-proof",
            "opening": "" if withheld else f"data/openings/{name}.json",
        }
        self.files[proof["leaf"]] = leaf.content
        self.files[proof["proof"]] = bytes(envelope)
        if withheld:
            return [{**proof, "reason": withheld}]
        self.files[proof["opening"]] = bytes(leaf.opening)
        return [proof]

    def stamped(self, entry: Entry) -> Stamped:
        """Return an act's proof under its first stamped checkpoint, and the stamps."""
        leaf, under_head = queries.leaf_of(entry), self.of(entry)
        stamps = queries.stamps_over(leaf) if leaf else []
        if leaf is None or not under_head or not stamps:
            return [], []
        note = Note.parse(stamps[0].note.encode())
        envelope = prooflog.prove_leaf(leaf, prooflog.head_of(note))
        path = under_head[0]["proof"].replace(".tlog", "-stamped.tlog")
        self.files[path] = bytes(envelope or b"")
        over = f"data/checkpoints/{stamps[0].size}.txt"
        self.files[over] = note.text.encode()
        told = [self._stamp(number, one, over) for number, one in enumerate(stamps, 1)]
        return [{**under_head[0], "proof": path}], told

    def _stamp(self, number: int, stamp: Stamp, over: str) -> dict[str, str]:
        name = f"{stamp.size}-{number}"
        reply, roots = f"data/timestamps/{name}.tsr", f"data/roots/{name}.pem"
        self.files[reply] = bytes(stamp.reply)
        self.files[roots] = stamp.roots.encode()
        return {"reply": reply, "over": over, "roots": roots}

    def receipt(self, one: Outgoing) -> dict[str, str]:
        """Put in the receipt of an exhibit that was deposited; what the index says."""
        deposit = leaving_deposit(one.exhibit.item)
        if deposit is None:
            return {}
        receipt = receipt_of(deposit, known_witnesses())
        if receipt.statement.log != str(prooflog.log_signer().key):
            # The one key that a receiver is told could not check it.
            self.left_out.append({"what": f"the receipt of {one.title}", "reason": OLD})
            return {}
        path = f"data/receipts/{one.exhibit.number:04d}.json"
        self.files[path] = bytes(receipt)
        return {"receipt": path}


def _index(case: Case, export: Export, proofs: Proofs) -> dict[str, Any]:
    key = str(prooflog.log_signer().key)
    return {
        "format": FORMAT,
        "case": case.number,
        "agency": case.agency_id,
        "log": {"origin": prooflog.log_origin(), "keys": [key]},
        "signers": [key],
        "witnesses": _witnesses(proofs.head),
        "exhibits": [_exhibit(one, proofs) for one in export.outgoing],
        "custody": CUSTODY,
        "export": _said(export.entry, proofs),
        "timestamps": [],
        "left_out": [*_left_out(export), *proofs.left_out],
    }


def _exhibit(one: Outgoing, proofs: Proofs) -> dict[str, Any]:
    """Describe an exhibit; it is proved by its deposit, and by its leaving now."""
    item = one.exhibit.item
    told = {"title": one.title, "subject": f"{item.subject_kind}:{item.pk}"}
    if one.blob is None:
        return {**told, "path": "", "sha256": "", "reason": one.kept_back, "proofs": []}
    entries = [
        link.entry
        for link, _told in one.custody
        if link.entry.facts.get("sha256") == one.blob.sha256 and not is_withheld(link)
    ]
    proved = [proof for entry in entries for proof in proofs.of(entry)]
    early, stamps = proofs.stamped(entries[0]) if entries else ([], [])
    return {
        **told,
        "path": _path(one.exhibit.number, one.blob),
        "sha256": one.blob.sha256,
        "proofs": [*proved, *early],
        "timestamps": stamps,
        **proofs.receipt(one),
    }


def _path(number: int, blob: Blob) -> str:
    return f"data/exhibits/{number:04d}/{neutral_name(blob.media_type)}"


def _links(one: Outgoing, proofs: Proofs) -> Iterator[dict[str, Any]]:
    told = zip(one.custody, one.links, strict=True)
    for (link, _told), said in told:
        withheld = WITHHELD if is_withheld(link) else ""
        yield {**said, "proofs": proofs.of(link.entry, withheld)}


def _said(entry: Entry, proofs: Proofs) -> dict[str, Any]:
    return {
        "subject": f"{entry.subject_kind}:{entry.subject_id}",
        "act": entry.act,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "who": entry.actor,
        "proofs": proofs.of(entry),
    }


def _witnesses(head: prooflog.Head) -> list[dict[str, Any]]:
    """Name the witnesses whose cosignature the checkpoint carries."""
    asked = {peer.key: peer for peer in peers()}
    key, raw = prooflog.log_signer().key, bytes(head[0])
    signed = open_checkpoint(raw, prooflog.log_origin(), [key], asked)
    found = [asked[signature.key] for signature in signed.witnesses]
    return [
        {"key": str(peer.key), "operator": peer.key.name, "independent": not peer.own}
        for peer in found
    ]


def _left_out(export: Export) -> list[dict[str, str]]:
    links = [link for one in export.outgoing for link, _told in one.custody]
    if not any(is_withheld(link) for link in links):
        return []
    what = "the source of a sealed or reported exhibit, its original and its receipt"
    return [{"what": what, "reason": "protected by law"}]


def _payload(export: Export, files: dict[str, bytes]) -> Iterator[tuple[str, Blocks]]:
    for one in export.outgoing:
        if one.blob:
            yield _path(one.exhibit.number, one.blob), _read(one.blob)
    for path, data in files.items():
        yield path, [data]


def _read(blob: Blob) -> Iterator[bytes]:
    with checked_store().open(blob.sha256) as stream:
        while block := stream.read(BLOCK):
            yield block


def _seal(manifest: bytes) -> dict[str, bytes]:
    text = seal_text(manifest)
    return {SEAL: bytes(sign_note(text, prooflog.log_signer().sign(text)))}
