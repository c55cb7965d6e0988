"""A receipt checked offline, claim by claim: what it proves, and by whose word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hufu.engines.proof.bundles import NOTHING_KNOWN, Trust
from hufu.engines.proof.checkpoints import SignedCheckpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.receipts import Receipt, ReceiptStamp, Statement
from hufu.engines.proof.timestamps import Timestamp, read_certificates

# A stamp that fails for these is another authority's, not a bad one.
ANOTHERS = {"chain", "signer"}


def verify_receipt(
    data: bytes, trust: Trust = NOTHING_KNOWN, sha256: str = ""
) -> Report:
    """Report what a receipt proves. `sha256` is that of the file one has in hand."""
    report = Report()
    try:
        receipt = Receipt.parse(data)
        key = _log_key(receipt.statement, trust, report)
        statement = receipt.check_statement(key)
    except ProofError as error:
        report.fails(error.code, f"The receipt proves nothing: {error}")
        return report
    report.holds(
        "statement",
        f"{key.name} signed that it took in the SHA-256 {statement.sha256} "
        f"at {_hour(datetime.fromisoformat(statement.at))}, by its own clock.",
    )
    _compare(statement, sha256, report)
    _Place(receipt, key, trust, report).check()
    return report


def _log_key(statement: Statement, trust: Trust, report: Report) -> VerifierKey:
    """Find the key by which the receipt is judged; say whose word that is."""
    named = VerifierKey.parse(statement.log)
    if not trust.log:
        message = f"The log's key comes from the receipt: compare it with {named}"
        report.open("keys", message)
        return named
    key = named if named in trust.log else trust.log[0]
    report.holds("keys", f"The log's key was known before: {key}")
    return key


def _compare(statement: Statement, sha256: str, report: Report) -> None:
    if not sha256:
        report.open("file", "No file was compared: give the one you have as --file.")
    elif sha256 == statement.sha256:
        report.holds("file", "The file is the one that was deposited, bit by bit.")
    else:
        report.fails("file", f"The file is another: its SHA-256 is {sha256}.")


@dataclass(frozen=True)
class _Place:
    """The place in the log, and who vouches for the checkpoint over it."""

    receipt: Receipt
    key: VerifierKey
    trust: Trust
    report: Report

    def check(self) -> None:
        """Check place, witnesses and timestamps."""
        try:
            signed = self.receipt.check_place(self.key)
        except ProofError as error:
            self.report.fails("place", f"Its place in the log is not proved: {error}")
            return
        if signed is None or self.receipt.proof is None:
            self._say_promised(self.receipt.statement)
            return
        head, index = signed.checkpoint, self.receipt.proof.index
        where = f"entry {index} of {head.size} in {head.origin}"
        self.report.holds("place", f"The deposit stands in the log: {where}.")
        self._count_witnesses(signed)
        self._check_stamps()

    def _say_promised(self, said: Statement) -> None:
        due = datetime.fromisoformat(said.at) + timedelta(seconds=said.promise)
        message = f"It shows no place in the log yet; promised by {_hour(due)}."
        self.report.open("place", message)

    def _count_witnesses(self, signed: SignedCheckpoint) -> None:
        """Name who cosigned; that somebody is independent is the receipt's word."""
        own: Mapping[VerifierKey, bool] = dict(self.receipt.witnesses)
        free = [one for one in signed.witnesses if own[one.key] is False]
        known = [one for one in signed.witnesses if one.key in self.trust.witnesses]
        names = ", ".join(
            f"{one.key.name} at {_hour(one.at)}" for one in signed.witnesses if one.at
        )
        message = (
            f"{len(signed.witnesses)} witnesses cosigned the checkpoint, {len(free)} "
            f"independent of the operator by the receipt's word; {len(known)} known "
            f"before. {names}"
        ).strip()
        told = self.report.holds if known else self.report.open
        told("witnesses", message)

    def _check_stamps(self) -> None:
        if not self.receipt.timestamps:
            message = "No timestamp covers it: the hour is the log's alone."
            self.report.open("timestamp", message)
        sound = [self._check_stamp(one) for one in self.receipt.timestamps]
        if self.trust.roots and sound and True not in sound:
            # Somebody was trusted, and nobody of them stamped: not what was asked.
            message = "No timestamp is of an authority that the given roots vouch for."
            self.report.fails("timestamp", message)

    def _check_stamp(self, stamp: ReceiptStamp) -> bool:
        """Judge by the given roots; else by those that the receipt brings."""
        try:
            done = self.receipt.check_stamp(stamp, self.trust.roots)
        except ProofError as error:
            if self.trust.roots and error.code not in ANOTHERS:
                self._refuse(stamp, error)
                return False
            self._believe(stamp, error)
            return False
        said = "; the office's own: it counts for nothing" if stamp.own else ""
        message = f"{_stamped(done)}, a trusted authority{said}."
        self.report.holds("timestamp", message)
        return True

    def _believe(self, stamp: ReceiptStamp, why: ProofError) -> None:
        """Say what the stamp proves to whoever trusts the root it comes with."""
        try:
            brought = read_certificates(stamp.roots.encode())
            done = self.receipt.check_stamp(stamp, brought)
        except (ProofError, ValueError) as error:
            self._refuse(stamp, error)
            return
        message = f"{_stamped(done)}, if you trust {stamp.authority}, whose root the "
        message += "receipt itself brings: compare it with what it publishes."
        if self.trust.roots:
            message += f" By the roots given: {why}"
        if stamp.own:
            message += (
                " It is the office's own, not independent: it counts for nothing."
            )
        self.report.open("timestamp", message)

    def _refuse(self, stamp: ReceiptStamp, error: Exception) -> None:
        message = f"The timestamp of {stamp.authority} does not hold: {error}"
        self.report.fails("timestamp", message)


def _stamped(done: Timestamp) -> str:
    return f"The checkpoint was there on {_hour(done.at)}, stamped by {done.authority}"


def _hour(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
