"""WARC and WACZ files: valid, invalid, signed, stamped, hostile."""

import gzip
import hashlib
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.proof.trees import DATA
from hufu.engines.proof.chunks import Chunks
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Verdict
from hufu.engines.proof.timestamps import read_certificates
from hufu.engines.proof.waczs import verify_wacz
from hufu.engines.proof.warcs import verify_warc
from hufu.engines.proof.zips import Limits, SafeZip, check_path

WACZ = DATA / "wacz"
HOLDS, FAILS, OPEN = Verdict.HOLDS, Verdict.FAILS, Verdict.OPEN


def wacz(name, *roots):
    with (WACZ / name).open("rb") as file:
        return verify_wacz(file, roots)


def isrg():
    return read_certificates((WACZ / "isrg_root_x1.pem").read_bytes())


def free_tsa():
    with zipfile.ZipFile(WACZ / "valid_signed_example_1.wacz") as package:
        digest = json.loads(package.read("datapackage-digest.json"))
    chain = read_certificates(digest["signedData"]["timestampCert"].encode())
    return [c for c in chain if c.issuer == c.subject]


def verdicts(report, code):
    return [found.verdict for found in report.of(code)]


def warc(data):
    return verify_warc(io.BytesIO(data))


def repacked(name, change):
    """Pack a WACZ anew, each file passed through `change(name, bytes)`."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(WACZ / name) as old,
        zipfile.ZipFile(packed, "w") as new,
    ):
        for info in old.infolist():
            data = change(info.filename, old.read(info))
            if data is not None:
                new.writestr(info.filename, data)
    return verify_wacz(packed)


def test_valid_packages_are_sound_and_said_to_be_unsigned():
    for name in ("valid_example_1.wacz", "valid_example_2.wacz"):
        report = wacz(name)
        assert report.is_sound, report.findings
        assert verdicts(report, "files") == [HOLDS]
        assert verdicts(report, "signature") == [OPEN]
        assert verdicts(report, "timestamp") == [OPEN]


def test_the_invalid_package_is_told_all_that_is_wrong():
    report = wacz("invalid_example_1.wacz")
    assert not report.is_sound
    said = " ".join(found.message for found in report.findings)
    assert "data/indexes/index.cdx.gz is listed, but missing" in said
    assert "no WARC" in said


def test_a_signed_package_is_attributed_to_its_domain():
    report = wacz("valid_signed_example_1.wacz", *isrg(), *free_tsa())
    assert report.is_sound
    for code in ("signature", "timestamp", "domain", "digest"):
        assert verdicts(report, code) == [HOLDS]
    assert "btrix-sign-test.webrecorder.net" in report.of("domain")[0].message
    assert "2022-01-18 19:00:12 UTC" in report.of("timestamp")[0].message


def test_without_roots_a_signature_is_over_the_package_but_of_nobody_known():
    report = wacz("valid_signed_example_1.wacz")
    assert report.is_sound
    assert verdicts(report, "signature") == [HOLDS]
    assert verdicts(report, "domain") == [OPEN]
    assert verdicts(report, "timestamp") == [OPEN]


def test_a_stamp_that_anybody_could_have_made_dates_nothing():
    report = wacz("valid_signed_example_1.wacz", *isrg())
    assert report.is_sound
    assert verdicts(report, "timestamp") == verdicts(report, "domain") == [OPEN]


def test_a_package_signed_under_a_staging_root_is_refused():
    report = wacz("invalid_signed_example_1.wacz", *isrg(), *free_tsa())
    assert not report.is_sound
    assert verdicts(report, "domain") == [FAILS]
    assert "STAGING" in report.of("domain")[0].message


def test_a_file_that_was_changed_added_or_taken_is_named():
    def swap(name, data):
        return data.replace(b"Example", b"Changed") if "pages" in name else data

    def take(name, data):
        return None if name.endswith(".warc") else data

    for change, wanted in (
        (swap, "pages/pages.jsonl does not agree with its digest"),
        (take, "archive/example-collection.warc is listed, but missing"),
    ):
        report = repacked("valid_example_2.wacz", change)
        assert not report.is_sound
        assert wanted in " ".join(found.message for found in report.of("files"))


def test_a_signature_over_another_package_is_refused():
    def redate(name, data):
        if name == "datapackage.json":
            return data.replace(b"2022-01-18T19:00:12Z", b"2021-01-18T19:00:12Z")
        return data

    report = repacked("valid_signed_example_1.wacz", redate)
    assert verdicts(report, "digest") == [FAILS]
    assert verdicts(report, "created") == [FAILS]


def test_a_description_made_to_fit_does_not_carry_the_signature_over():
    package = {}

    def redate(name, data):
        if name == "datapackage.json":
            data = data.replace(b"py-wacz", b"somebody")
            package["hash"] = "sha256:" + hashlib.sha256(data).hexdigest()
        if name == "datapackage-digest.json":
            digest = json.loads(data)
            digest["hash"] = digest["signedData"]["hash"] = package["hash"]
            return json.dumps(digest)
        return data

    report = repacked("valid_signed_example_1.wacz", redate)
    assert verdicts(report, "digest") == [HOLDS]
    assert verdicts(report, "signature") == [FAILS]


def test_a_stamp_taken_from_another_signature_is_refused():
    with zipfile.ZipFile(WACZ / "invalid_signed_example_1.wacz") as other:
        digest = json.loads(other.read("datapackage-digest.json"))
    stolen = digest["signedData"]["timeSignature"]

    def swap(name, data):
        if name != "datapackage-digest.json":
            return data
        value = json.loads(data)
        value["signedData"]["timeSignature"] = stolen
        return json.dumps(value)

    report = repacked("valid_signed_example_1.wacz", swap)
    assert verdicts(report, "timestamp") == [FAILS]


@pytest.mark.parametrize(
    "name",
    [
        "example-collection.warc",
        "example-resource.warc.gz",
        "example-warcinfo-metadata.warc",
    ],
)
def test_real_archives_are_whole_and_agree_with_their_digests(name):
    report = warc((WACZ / name).read_bytes())
    assert report.is_sound
    assert verdicts(report, "records") == [HOLDS]
    assert report.of("digests")[0].verdict == HOLDS
    assert verdicts(report, "signature") == [OPEN]


def test_one_byte_changed_in_a_record_is_found():
    data = gzip.decompress((WACZ / "example-collection.warc").read_bytes())
    assert warc(data).is_sound
    report = warc(data.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 200 NO"))
    assert "digest does not agree" in report.of("record")[0].message


def test_an_archive_that_was_cut_is_refused():
    packed = (WACZ / "example-collection.warc").read_bytes()
    data = gzip.decompress(packed)
    for cut in (packed[:-5], packed[:1000], data[:-5], data[:1000], data[:40], b""):
        assert not warc(cut).is_sound


def test_records_that_lack_what_they_need_are_refused():
    good = gzip.decompress((WACZ / "example-collection.warc").read_bytes())
    for old, new in (
        (b"WARC/1.0", b"WARC/0.9"),
        (b"WARC-Date: 20", b"WARC-Date: xx"),
        (b"WARC-Record-ID", b"WARC-Racord-ID"),
        (b"Content-Length: ", b"Content-Length: x"),
        (b"WARC-Type:", b"WARC-Type "),
        (b"-Digest: sha1:", b"-Digest: sha1:AAAA"),
        (b"-Digest: sha1:", b"-Digest: crc:"),
    ):
        assert old in good
        assert not warc(good.replace(old, new)).is_sound, new


def bomb(size):
    return gzip.compress(b"WARC/1.0\r\nContent-Length: %d\r\n\r\n" % size + bytes(size))


def test_an_archive_that_unpacks_without_end_is_refused():
    packed = bomb(70 << 20)
    assert len(packed) < 1 << 17
    report = warc(packed)
    assert report.of("bomb")[0].verdict == FAILS
    report = verify_warc(io.BytesIO(bomb(10_000)), limit=5000)
    assert report.of("bomb")


def zipped(*entries, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as package:
        for name, data in entries:
            package.writestr(name, data)
    return packed


def code_of(file, limits=None):
    with pytest.raises(ProofError) as error:
        SafeZip(file, limits or Limits())
    return error.value.code


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    assert code_of(zipped(("a", bytes(40 << 20)))) == "bomb"
    assert code_of(zipped(("a", b"12345")), Limits(total=4)) == "bomb"
    assert code_of(zipped(("a", b""), ("b", b"")), Limits(files=1)) == "bomb"
    report = verify_wacz(zipped(("a", bytes(40 << 20))))
    assert verdicts(report, "bomb") == [FAILS]


def test_files_that_share_their_bytes_are_refused():
    packed = bytearray(zipped(("a", b"x" * 100), ("b", b"y" * 100)).getvalue())
    second = packed.index(b"PK\x01\x02", packed.index(b"PK\x01\x02") + 1)
    packed[second + 42 : second + 46] = bytes(4)  # its bytes begin where a's do
    assert code_of(io.BytesIO(packed)) in {"bomb", "zip"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "/etc/passwd",
        "a//b",
        "./a",
        "..\\evil",
        "C:/evil",
        "a\u202eb",
    ],
)
def test_a_path_that_leads_out_is_refused(name):
    with pytest.raises(ProofError):
        check_path(name)
    assert code_of(zipped((name, b"x"))) == "path"


def test_a_name_that_hides_its_end_is_refused():
    packed = zipped(("a.txt#.exe", b"x")).getvalue().replace(b"t#.", b"t\0.")
    assert code_of(io.BytesIO(packed)) == "path"


def test_links_doubles_and_encryption_are_refused():
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    assert code_of(zipped((link, b"/etc/passwd"))) == "path"
    assert code_of(zipped(("a.txt", b""), ("A.TXT", b""))) == "names"
    locked = bytearray(zipped(("a", b"x")).getvalue())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert code_of(io.BytesIO(locked)) == "zip"
    assert code_of(zipped(("a", b"x"), method=zipfile.ZIP_LZMA)) == "zip"


def test_what_is_no_zip_is_refused():
    for data in (b"", b"PK", b"hello" * 100):
        assert code_of(io.BytesIO(data)) == "zip"
    assert not verify_wacz(io.BytesIO(b"no")).is_sound


def test_a_file_damaged_inside_a_zip_is_told():
    packed = bytearray(zipped(("a", b"hello" * 100)).getvalue())
    packed[40] ^= 0xFF
    package = SafeZip(io.BytesIO(packed))
    with pytest.raises(ProofError):
        package.read("a")
    with pytest.raises(ProofError):
        package.read("b")


def test_json_in_a_package_is_an_object():
    package = SafeZip(zipped(("a", b"[]"), ("b", b"{"), ("c", b"[" * 100_000)))
    for name in ("a", "b", "c"):
        with pytest.raises(ProofError):
            package.read_json(name)
    with pytest.raises(ProofError):
        SafeZip(zipped(("a", b"{}")), Limits(text=1)).read_json("a")


def described(change):
    def edit(name, data):
        if name == "datapackage.json":
            value = json.loads(data)
            change(value)
            return json.dumps(value)
        return None if name == "datapackage-digest.json" else data

    return repacked("valid_example_2.wacz", edit)


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        (lambda v: v.pop("wacz_version"), "package", "with a version"),
        (lambda v: v.update(resources=[]), "files", "lists no files"),
        (lambda v: v["resources"].append({}), "files", "without its path"),
        (lambda v: v["resources"].append([]), "files", "without its path"),
        (lambda v: v["resources"][0].update(hash="md5:0"), "files", "strong digest"),
        (lambda v: v["resources"][0].pop("hash"), "files", "strong digest"),
        (lambda v: v["resources"][0].update(bytes=1), "files", "another size"),
    ],
)
def test_a_description_that_lies_is_refused(change, code, reason):
    report = described(change)
    assert any(reason in found.message for found in report.of(code))
    assert not report.is_sound


PAGE_HEAD = b'{"format": "json-pages-1.0", "id": "pages"}\n'


@pytest.mark.parametrize(
    "pages",
    [
        b"",
        b"{id: 1}",
        b"[]\n",
        b'{"format": "other"}\n',
        PAGE_HEAD + b'{"url": "https://example.com/"}\n',
        PAGE_HEAD + b'{"ts": "2026-03-02T12:00:00Z"}\n',
    ],
)
def test_a_list_of_pages_that_is_none_is_refused(pages):
    def swap(name, data):
        return pages if name == "pages/pages.jsonl" else data

    report = repacked("valid_example_2.wacz", swap)
    assert FAILS in verdicts(report, "pages")


def test_an_archive_damaged_inside_a_package_is_named():
    def cut(name, data):
        return data[:-9] if name.endswith(".warc") else data

    report = repacked("valid_example_2.wacz", cut)
    assert any("is cut" in found.message for found in report.of("archives"))


def resigned(**changes):
    def edit(name, data):
        if name != "datapackage-digest.json":
            return data
        value = json.loads(data)
        value["signedData"] |= changes
        return json.dumps(value)

    return repacked("valid_signed_example_1.wacz", edit)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"domainCert": "none"}, "signature"),
        ({"signature": "AAAA"}, "signature"),
        ({"signature": "?"}, "signature"),
        ({"timeSignature": "AAAA"}, "timestamp"),
        ({"timestampCert": ""}, "signature"),
        ({"created": "2022-01-18T20:00:12Z"}, "created"),
        ({"created": "yesterday"}, "created"),
    ],
)
def test_a_signature_that_was_tampered_with_is_refused(changes, code):
    assert FAILS in verdicts(resigned(**changes), code)


def test_a_signature_for_another_domain_is_refused():
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(WACZ / "valid_signed_example_1.wacz") as old,
        zipfile.ZipFile(packed, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "datapackage-digest.json":
                value = json.loads(data)
                value["signedData"]["domain"] = "court.example"
                data = json.dumps(value)
            new.writestr(name, data)
    report = verify_wacz(packed, [*isrg(), *free_tsa()])
    assert verdicts(report, "domain") == [FAILS]


def chunked_record(body, digested):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    digest = hashlib.sha256(digested).hexdigest()
    block = head + body
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Date: 2026-03-02T12:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"WARC-Payload-Digest: sha256:%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (digest.encode(), len(block), block)
    )


def test_a_chunked_payload_may_be_digested_either_way():
    body = b"5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n"
    assert warc(chunked_record(body, body)).is_sound
    assert warc(chunked_record(body, b"hello world")).is_sound
    assert not warc(chunked_record(body, b"hello worlds")).is_sound
    assert not warc(chunked_record(b"zz\r\nhello", b"hello")).is_sound


@given(st.lists(st.binary(min_size=1, max_size=30), max_size=5), st.data())
def test_chunks_are_undone_however_they_come_in(parts, data):
    sent = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    sent += b"0\r\nTrailer: x\r\n\r\n"
    chunks, carried = Chunks(), b""
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        carried += chunks.feed(sent[:size])
        sent = sent[size:]
    assert carried == b"".join(parts)


def test_a_chunk_whose_size_has_no_end_is_not_waited_for():
    chunks = Chunks()
    assert chunks.feed(b"1" * 5000) == b""
    assert chunks.feed(b"\r\nhello") == b""
