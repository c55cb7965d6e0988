"""Judging a WACZ file: package, files, pages, archives, signature, timestamp."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from cryptography import x509

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report, Verdict
from hufu.engines.proof.indexes import Index
from hufu.engines.proof.waczseals import Key, SignedData
from hufu.engines.proof.warcs import verify_warc
from hufu.engines.proof.zips import STANDARD, Limits, SafeZip

PACKAGE = "datapackage.json"
DIGEST = "datapackage-digest.json"
PAGES = "pages/pages.jsonl"
ARCHIVE = re.compile(r"archive/[^/]+\.warc(\.gz)?")
INDEX = re.compile(r"indexes/[^/]+\.(cdx|cdx\.gz|cdxj)")
ALGORITHMS = {"sha256", "sha384", "sha512"}
SHOWN = 20


def verify_wacz(
    file: BinaryIO,
    trusted: Sequence[x509.Certificate] = (),
    keys: Sequence[Key] = (),
    limits: Limits = STANDARD,
) -> Report:
    """Read a WACZ to its end and report what holds of it, and what does not.

    `trusted` are roots of the web and of timestamp authorities, `keys` those of
    signers; without them nobody can say who signed, only that the signature is over
    this package.
    """
    report = Report()
    try:
        package = SafeZip(file, limits)
        description = package.read_json(PACKAGE)
    except ProofError as error:
        report.fails(error.code, error.message)
        return report
    _check_description(report, description)
    _check_resources(report, package, description)
    _check_parts(report, package)
    if _check_archives(report, package):
        _check_index(report, package)
    _check_digest(report, package, description, (trusted, keys))
    return report


def _check_description(report: Report, description: Mapping[str, Any]) -> None:
    version = description.get("wacz_version")
    if description.get("profile") != "data-package" or not isinstance(version, str):
        report.fails("package", f"{PACKAGE} does not describe a WACZ with a version.")
    else:
        report.holds("package", f"{PACKAGE} describes a WACZ of version {version}.")


def _check_resources(
    report: Report, package: SafeZip, description: Mapping[str, Any]
) -> None:
    """Compare every file with its digest and size, in both directions."""
    resources = description.get("resources")
    listed, wrong = set(), []
    if not isinstance(resources, list) or not resources:
        report.fails("files", f"{PACKAGE} lists no files.")
        return
    for resource in resources:
        try:
            listed.add(_check_resource(package, resource))
        except ProofError as error:
            wrong.append(error.message)
    unlisted = sorted({*package.names} - listed - {PACKAGE, DIGEST})
    wrong += [f"{name} is not listed with its digest." for name in unlisted]
    for message in wrong[:SHOWN]:
        report.fails("files", message)
    if len(wrong) > SHOWN:
        report.fails("files", f"… and {len(wrong) - SHOWN} more.")
    if not wrong:
        report.holds("files", f"{len(listed)} files agree with their digests.")


def _check_resource(package: SafeZip, resource: Any) -> str:
    if not isinstance(resource, dict) or not isinstance(resource.get("path"), str):
        raise ProofError("files", "A resource is listed without its path.")
    path = str(resource["path"])
    # Until version 1.0.0 digest and size stood under "stats".
    stats = resource.get("stats")
    facts = stats if isinstance(stats, dict) else resource
    digest, size = str(facts.get("hash", "")), facts.get("bytes")
    algorithm, colon, text = digest.partition(":")
    if not colon:
        algorithm, text = str(resource.get("hashing", "")), digest
    if path not in package:
        raise ProofError("files", f"{path} is listed, but missing.")
    if algorithm not in ALGORITHMS:
        raise ProofError("files", f"{path} is listed without a strong digest.")
    if package.size_of(path) != size:
        raise ProofError("files", f"{path} has another size than is listed.")
    if _digest_of(algorithm, package.blocks(path)) != text:
        raise ProofError("files", f"{path} does not agree with its digest.")
    return path


def _digest_of(algorithm: str, blocks: Iterable[bytes]) -> str:
    digest = hashlib.new(algorithm)
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


def _check_parts(report: Report, package: SafeZip) -> None:
    try:
        count = _count_pages(package.read(PAGES))
    except ProofError as error:
        report.fails("pages", error.message)
    else:
        report.holds("pages", f"{PAGES} lists {count} pages.")
    packed = [n for n in package.names if ARCHIVE.fullmatch(n)]
    packed = [n for n in packed if n.endswith(".gz") and not package.is_stored(n)]
    if packed:
        message = f"{packed[0]} is packed twice; viewers cannot jump into it."
        report.open("packing", message)


def _count_pages(data: bytes) -> int:
    try:
        lines = [json.loads(line) for line in data.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise ProofError("pages", f"{PAGES} is no JSON lines: {error}.") from error
    if not lines or not all(isinstance(line, dict) for line in lines):
        raise ProofError("pages", f"{PAGES} holds no list of pages.")
    head, *pages = lines
    if not str(head.get("format", "")).startswith("json-pages-"):
        raise ProofError("pages", f"{PAGES} does not say its format.")
    if not all(page.get("url") and page.get("ts") for page in pages):
        raise ProofError("pages", f"A page in {PAGES} has no address or no time.")
    return len(pages)


def _check_archives(report: Report, package: SafeZip) -> bool:
    """Read every archive to its end; say whether all are there and whole."""
    names = [name for name in package.names if ARCHIVE.fullmatch(name)]
    if not names:
        report.fails("archives", "There is no WARC under archive/.")
    for name in names:
        try:
            with package.open(name) as stream:
                found = verify_warc(stream, package.limits.total)
        except ProofError as error:
            report.fails("archives", f"{name}: {error.message}")
            continue
        for finding in found.findings:
            if finding.verdict == Verdict.FAILS:
                report.fails("archives", f"{name}: {finding.message}")
            elif finding.verdict == Verdict.HOLDS:
                report.holds("archives", f"{name}: {finding.message}")
    return all(one.verdict == Verdict.HOLDS for one in report.of("archives"))


def _check_index(report: Report, package: SafeZip) -> None:
    """Compare every line of the indexes with the record to which it leads."""
    names = [name for name in package.names if INDEX.fullmatch(name)]
    if not names:
        report.fails("index", "There is no index of the archives.")
        return
    index, limit = Index(), package.limits.total
    try:
        for name in names:
            with package.open(name) as file:
                index.add(name, file, limit)
        wrong = list(index.problems)
        for name in package.names:
            if ARCHIVE.fullmatch(name):
                with package.open(name) as file:
                    wrong += index.compare(name.partition("/")[2], file, limit)
        wrong += index.rest()
    except ProofError as error:
        wrong = [error.message]
    for message in wrong[:SHOWN]:
        report.fails("index", message)
    if len(wrong) > SHOWN:
        report.fails("index", f"… and {len(wrong) - SHOWN} more.")
    if not wrong:
        message = f"{index.count} lines of the index lead to the records they name."
        report.holds("index", message)


def _check_digest(
    report: Report,
    package: SafeZip,
    description: Mapping[str, Any],
    known: tuple[Sequence[x509.Certificate], Sequence[Key]],
) -> None:
    if DIGEST not in package:
        report.open("signature", "The package is not signed.")
        report.open("timestamp", "The package carries no timestamp.")
        return
    try:
        digest = package.read_json(DIGEST)
        found = "sha256:" + _digest_of("sha256", package.blocks(PACKAGE))
        signed = digest.get("signedData")
        if digest.get("path") != PACKAGE:
            report.fails("digest", f"{DIGEST} is not about {PACKAGE}.")
        wanted = {digest.get("hash"), (signed or {}).get("hash", found)}
        if wanted != {found}:
            report.fails("digest", f"{PACKAGE} does not agree with {DIGEST}.")
        else:
            report.holds("digest", f"{PACKAGE} agrees with {DIGEST}.")
        if not signed:
            report.open("signature", "The package is not signed.")
            report.open("timestamp", "The package carries no timestamp.")
            return
        if signed.get("created") != description.get("created"):
            report.fails("created", "The package was made at another time than signed.")
        SignedData.parse(signed).check(report, *known)
    except (ProofError, AttributeError) as error:
        report.fails("signature", f"The signature cannot be read: {error}")
