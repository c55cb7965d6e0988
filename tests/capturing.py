"""Captures of pages that no browser saw: a DOM and answers, packed as ours are."""

import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hufu.doors.capture.archive import INDEX, PAGES, WARC, Archive, write_wacz
from hufu.doors.capture.outcomes import Exchange
from hufu.doors.capture.sealing import NO_OFFICE, Seal

HEADING = b'{"format": "json-pages-1.0"}\n'
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def packed_page(url, dom, answers):
    """Pack a DOM with answers: `{url: (headers, body)}` or with a status line's end."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        warc = io.BytesIO()
        archive = Archive(warc)
        archive.add_info(AT)
        for number, (address, said) in enumerate(answers.items(), 1):
            archive.add_exchange(exchange(number, address, said, folder))
        if dom is not None:
            media_type = "text/html; charset=utf-8"
            archive.add_resource(f"urn:dom:{url}", AT, media_type, dom.encode())
        lines = "".join(f"{line}\n" for line in sorted(archive.lines)).encode()
        parts = {WARC: warc.getvalue(), INDEX: lines, PAGES: HEADING}
        path = folder / "page.wacz"
        write_wacz(path, parts, {}, AT, Seal(NO_OFFICE))
        return io.BytesIO(path.read_bytes())


def exchange(number, address, said, folder):
    """Write one request and its answer as they would lie on the wire."""
    headers, body, *status = said
    one = Exchange(number, AT, "GET", address, folder, address="93.184.215.14")
    one.request.write_bytes(b"GET / HTTP/1.1\r\n\r\n")
    line = status[0] if status else "200 OK"
    one.status = int(line.split()[0])
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    one.response.write_bytes(f"HTTP/1.1 {line}\r\n{fields}\r\n".encode() + body)
    return one
