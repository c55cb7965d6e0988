"""An index that leads to other records than it names: each kind of lie is refused."""

import gzip
import hashlib
import io
import json
import zipfile

import pytest

from capturing import packed_page
from engines.proof.test_captures import FAILS, HOLDS, WACZ, verdicts
from hufu.engines.proof.records import read_records
from hufu.engines.proof.waczs import verify_wacz

INDEX, WARC = "indexes/index.cdx", "archive/data.warc.gz"
URL = "http://shop.example/"
FILM = f"{URL}film.txt"
SENT = {
    URL: ({"Content-Type": "text/html"}, b"<h1>Teapots</h1>"),
    FILM: ({"Content-Type": "text/plain"}, b"a film of teapots" * 9, "404 Gone"),
}


@pytest.fixture(scope="module")
def files():
    with zipfile.ZipFile(packed_page(URL, "<h1>Teapots</h1>", SENT)) as package:
        return {name: package.read(name) for name in package.namelist()}


def judged(files):
    """Pack anew, with a description that fits: only the index can be wrong."""
    files = {k: v for k, v in files.items() if k != "datapackage-digest.json"}
    described = json.loads(files["datapackage.json"])
    for one in described["resources"]:
        data = files[one["path"]]
        one["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
        one["bytes"] = len(data)
    files["datapackage.json"] = json.dumps(described).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return verify_wacz(packed)


def lines_of(files):
    return files[INDEX].decode().splitlines()


def written(lines):
    return "".join(f"{line}\n" for line in lines).encode()


def with_line(files, change, url=FILM):
    """Change one line: `change(time, facts)` returns another time or None."""
    lines = []
    for line in lines_of(files):
        key, when, told = line.split(" ", 2)
        facts = json.loads(told)
        if facts["url"] == url:
            when = change(when, facts) or when
        lines.append(f"{key} {when} {json.dumps(facts)}")
    return {**files, INDEX: written(lines)}


def said(report):
    assert verdicts(report, "files") == [HOLDS]
    return [found.message for found in report.of("index") if found.verdict == FAILS]


def facts_of(files, url):
    told = (json.loads(line.split(" ", 2)[2]) for line in lines_of(files))
    return next(facts for facts in told if facts["url"] == url)


def test_an_index_that_leads_to_its_records_is_believed(files):
    report = judged(files)
    assert report.is_sound, report.findings
    (found,) = report.of("index")
    assert found.message == "3 lines of the index lead to the records they name."


@pytest.mark.parametrize(
    "name",
    ["valid_example_1.wacz", "valid_example_2.wacz", "valid_signed_example_1.wacz"],
)
def test_indexes_that_other_programs_wrote_are_believed(name):
    with (WACZ / name).open("rb") as file:
        assert verdicts(verify_wacz(file), "index") == [HOLDS]


def shifted(files):
    return with_line(
        files, lambda _at, said: said.update(offset=str(int(said["offset"]) + 1))
    )


def cut(files):
    return with_line(
        files, lambda _at, said: said.update(length=str(int(said["length"]) - 9))
    )


def too_long(files):
    return with_line(
        files, lambda _at, said: said.update(length=str(int(said["length"]) + 9))
    )


def of_another_address(files):
    """Lead the film's address to the page."""
    place = {name: facts_of(files, URL)[name] for name in ("offset", "length")}
    bad = with_line(files, lambda _at, said: said.update(place))
    return {**bad, INDEX: written(x for x in lines_of(bad) if f'"{URL}"' not in x)}


def renamed(files):
    return with_line(files, lambda _at, said: said.update(url=f"{URL}other.txt"))


def redated(files):
    return with_line(files, lambda _at, _said: "20200101000000")


def undated(files):
    return with_line(files, lambda _at, _said: "2026")


def another_status(files):
    return with_line(files, lambda _at, said: said.update(status="200"))


def another_digest(files):
    other = facts_of(files, URL)["digest"]
    return with_line(files, lambda _at, said: said.update(digest=other))


def unknown_digest(files):
    return with_line(files, lambda _at, said: said.update(digest="crc32:00000000"))


def another_archive(files):
    return with_line(files, lambda _at, said: said.update(filename="other.warc.gz"))


def without_a_line(files):
    return {**files, INDEX: written(x for x in lines_of(files) if FILM not in x)}


def emptied(files):
    return {**files, INDEX: b""}


def named_twice(files):
    (line,) = [x for x in lines_of(files) if FILM in x]
    return {**files, INDEX: files[INDEX] + line.replace("404", "403").encode()}


def no_line(files):
    return {**files, INDEX: files[INDEX] + b"com,example)/ 20260302\n[1]\n"}


REFUSED = {
    shifted: "no record begins at",
    cut: "the record has",
    too_long: "the record has",
    of_another_address: f"at its place lies a record of {URL}",
    renamed: f"at its place lies a record of {FILM}",
    redated: "of another time",
    undated: "of another time",
    another_status: "another status",
    another_digest: "digest in the index is not",
    unknown_digest: "digest in the index is not",
    another_archive: "other.warc.gz, which is not there",
    without_a_line: f"{FILM} in data.warc.gz is in no index",
    emptied: "is in no index",
    named_twice: "another line of the index names the same place",
    no_line: "is no CDXJ",
}


@pytest.mark.parametrize("change", REFUSED)
def test_an_index_that_lies_is_refused_with_the_reason(files, change):
    report = judged(change(files))
    assert not report.is_sound
    assert any(REFUSED[change] in message for message in said(report)), said(report)


def test_a_package_without_an_index_is_refused(files):
    bare = {k: v for k, v in files.items() if k != INDEX}
    described = json.loads(bare["datapackage.json"])
    kept = [one for one in described["resources"] if one["path"] != INDEX]
    bare["datapackage.json"] = json.dumps({**described, "resources": kept}).encode()
    assert said(judged(bare)) == ["There is no index of the archives."]


def test_a_record_hidden_inside_another_is_no_place_to_lead_to(files):
    """What a server sent may look like a record; it lies in a block, not beside it."""
    data = gzip.decompress(files[WARC])
    starts = [one.start for one in read_records(io.BytesIO(data), 1 << 30)]
    ends = [*starts[1:], len(data)]
    lengths = dict(zip(starts, ends, strict=True))
    named = [x for x in starts if b"WARC-Type: response" in data[x : lengths[x]]]
    inner = data[named[1] : lengths[named[1]]].replace(b"teapots", b"TEAPOTS")
    head = (
        "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Date: 2026-03-02T12:00:00Z\r\nContent-Length: {len(inner)}\r\n\r\n"
    )
    whole = data + head.encode() + inner + b"\r\n\r\n"
    places = {url: named[i] for i, url in enumerate(SENT)}
    plain = {k: v for k, v in files.items() if k != WARC} | {"archive/data.warc": whole}
    described = json.loads(plain["datapackage.json"])
    for one in described["resources"]:
        one["path"] = one["path"].replace(WARC, "archive/data.warc")
    plain["datapackage.json"] = json.dumps(described).encode()
    places[f"urn:dom:{URL}"] = starts[-1]

    def unpacked(shift):
        made = plain
        for url, start in places.items():
            at = {"offset": start, "length": lengths[start] - start}
            at["filename"] = "data.warc"
            if shift and url == FILM:
                at["offset"] = len(data) + len(head)
            made = with_line(made, lambda _at, said, at=at: said.update(at), url)
        return judged(made)

    assert unpacked(shift=False).is_sound, unpacked(shift=False).findings
    assert any("no record begins" in message for message in said(unpacked(shift=True)))
