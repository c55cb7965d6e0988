"""Replay: the DOM of a captured page with its pictures and styles in one document.

All bytes come from the capture's WACZ file; what is not in it is left out. Scripts,
links, forms and frames are taken away, but nobody has to rely on that: whoever serves
the document must forbid it scripts, an origin and the network (`isolated_page`).
"""

import base64
import io
import json
import re
import zlib
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import urldefrag, urljoin

import lxml.etree
import lxml.html
import pyarrow as pa  # type: ignore[import-untyped]  # no stubs

from hufu.doors.capture.archive import INDEX, WARC
from hufu.doors.capture.egress import REDIRECTS
from hufu.doors.capture.outcomes import MEGABYTE
from hufu.doors.capture.wire import END, Broken, Head
from hufu.engines.proof.chunks import Chunks
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.records import read_records
from hufu.engines.proof.zips import SafeZip

GONE = (
    *("script", "noscript", "base", "iframe", "frame", "object", "embed", "applet"),
    *("link", "meta", "portal", "audio", "video"),
)
UNWRAPPED = ("source", "track")  # void, but the parser lets what follows stand in them
ADDRESSES = {
    *("action", "archive", "background", "cite", "classid", "codebase", "data"),
    *("formaction", "href", "longdesc", "manifest", "ping", "poster", "profile"),
    *("src", "srcdoc", "srcset", "target", "usemap", "xlink:href"),
}
XLINK = "{http://www.w3.org/1999/xlink}href"
URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]*))\s*\)""", re.IGNORECASE)
IMPORT = re.compile(
    r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?([^;]*);""", re.IGNORECASE
)
CANDIDATE = re.compile(r"(\S*[^,\s])(?:\s+[\d.]+[wx])?\s*(?:,|$)")  # of a srcset
SHOWN = re.compile(r"(image|font)/[\w.+-]+|application/(x-)?font-[\w.+-]+")
NOTHING = "data:,"
MOST_HOPS = 5
DEEPEST = 4  # style sheets that import others
LARGEST_PART = 20 * MEGABYTE
LARGEST = 60 * MEGABYTE  # of what is put into the document, as text


class NoReplay(Exception):  # noqa: N818 - some captures hold no page; nobody erred
    """There is no page in the file, or it cannot be read."""


def replay(file: BinaryIO) -> bytes:
    """Make a document of a capture's DOM. Raises NoReplay."""
    try:
        package = SafeZip(file)
        parts = Parts(package.read(WARC), package.read(INDEX).decode())
        dom = parts.of_kind("dom")
        if dom is None:
            raise NoReplay("dom")
        url, text = dom
        return _Page(url, parts).document(text)
    except (ProofError, lxml.etree.ParserError, ValueError, KeyError) as error:
        raise NoReplay(str(error)) from error


@dataclass(frozen=True)
class Part:
    """What a server answered, undone of its codings."""

    media_type: str
    data: bytes


class Parts:
    """The records of one archive, found by the addresses in its index."""

    def __init__(self, warc: bytes, index: str) -> None:
        """Read the index; of two answers from one address the first counts."""
        self._warc = warc
        self._places: dict[str, dict[str, Any]] = {}
        for line in index.splitlines():
            facts = json.loads(line.split(" ", 2)[2])
            self._places.setdefault(facts["url"], facts)

    def of_kind(self, kind: str) -> tuple[str, str] | None:
        """Give the address and text of what was made here, such as the DOM."""
        start = f"urn:{kind}:"
        for name in self._places:
            if name.startswith(start):
                return name.removeprefix(start), self._block(name).decode()
        return None

    def find(self, url: str, hops: int = 0) -> Part | None:
        """Give an answer's body, also behind redirects; None where none can be read."""
        if url not in self._places or hops > MOST_HOPS:
            return None
        raw, end, body = self._block(url).partition(END)
        try:
            head = Head.parse(raw + end)
            if head.status in REDIRECTS:
                return self.find(urljoin(url, head.get("location")), hops + 1)
            data = _decoded(Chunks().feed(body) if head.chunked else body, head)
        except (Broken, zlib.error, OSError, ValueError):
            return None
        media_type = head.get("content-type").partition(";")[0].strip().lower()
        return Part(media_type, data)

    def _block(self, url: str) -> bytes:
        facts = self._places[url]
        start = int(facts["offset"])
        packed = io.BytesIO(self._warc[start : start + int(facts["length"])])
        for record in read_records(packed, LARGEST):
            return b"".join(record.blocks())
        raise ProofError("record", "The index leads to no record.")


def _decoded(data: bytes, head: Head) -> bytes:
    """Undo Content-Encoding (RFC 9110, 8.4.1), as far as a part may be large."""
    for coding in reversed(head.get("content-encoding").lower().split(",")):
        match coding.strip():
            case "" | "identity":
                continue
            case "gzip" | "x-gzip" | "deflate":
                data = zlib.decompressobj(wbits=47).decompress(data, LARGEST_PART)
            case "br" | "zstd" as name:
                codec = {"br": "brotli"}.get(name, name)
                with pa.CompressedInputStream(io.BytesIO(data), codec) as stream:
                    data = stream.read(LARGEST_PART)
            case _:
                raise ValueError(coding)
    return data


@dataclass
class _Page:
    """Puts the parts of one page into its document."""

    url: str
    parts: Parts
    room: int = LARGEST
    _made: dict[str, str] = field(default_factory=dict)

    def document(self, text: str) -> bytes:
        """Write the document, in UTF-8."""
        parser = lxml.html.HTMLParser(encoding="utf-8")
        root: Any = lxml.html.document_fromstring(text.encode(), parser=parser)
        for base in root.iter("base"):
            self.url = urljoin(self.url, base.get("href", ""))
        elements = list(root.iter(lxml.etree.Element))
        pictures = [(one, self._picture(one)) for one in elements]
        for element in elements:
            self._element(element)
        for element, data in pictures:
            if data:
                element.set("href" if element.tag == "image" else "src", data)
        for element in list(root.iter(*GONE)):
            _drop(element)
        for element in list(root.iter(*UNWRAPPED)):
            element.drop_tag()
        html = lxml.html.tostring(
            root, encoding="unicode", doctype="<!doctype html>", with_tail=False
        )
        return str(html).encode()

    def _element(self, element: Any) -> None:
        kinds = element.get("rel", "").lower().split()
        if element.tag == "link" and "stylesheet" in kinds and "alternate" not in kinds:
            self._style_sheet(element)
        elif element.tag == "style":
            element.text = self._css(element.text or "", self.url)
        for name in list(element.attrib):
            plain = name.lower()
            if plain in ADDRESSES or name == XLINK or plain.startswith("on"):
                del element.attrib[name]
            elif plain == "style":
                element.set(name, self._css(element.get(name), self.url))

    def _picture(self, element: Any) -> str:
        """Give the data of a picture: of the address that the browser chose."""
        if element.tag not in {"img", "image", "input"}:
            return ""
        sets = [element.get("srcset", "")]
        for above in element.iterancestors("picture"):
            sets += [source.get("srcset", "") for source in above.iter("source")]
        wanted = [url for text in sets for url in CANDIDATE.findall(text)]
        names = ("src", "href", XLINK, "xlink:href")
        wanted += [url for name in names if (url := element.get(name))]
        for url in wanted:
            if (data := self._data(url, self.url)) != NOTHING:
                return data
        return ""

    def _style_sheet(self, element: Any) -> None:
        """Put a style sheet where the link to it stands."""
        url = urljoin(self.url, element.get("href", ""))
        part = self.parts.find(url)
        if part is None:
            return
        style = element.makeelement("style")
        if media := element.get("media"):
            style.set("media", media)
        style.text = self._css(part.data.decode(errors="replace"), url)
        element.addprevious(style)

    def _css(self, text: str, base: str, depth: int = 0) -> str:
        """Put imported style sheets and pictures in place of their addresses."""

        def imported(match: re.Match[str]) -> str:
            url = urljoin(base, match[1])
            part = self.parts.find(url) if depth < DEEPEST else None
            if part is None:
                return ""
            css = self._css(part.data.decode(errors="replace"), url, depth + 1)
            return f"@media {match[2]} {{ {css} }}" if match[2].strip() else css

        def drawn(match: re.Match[str]) -> str:
            url = next(filter(None, match.groups()), "")
            return f'url("{self._data(url, base)}")'

        # Nothing in a style may end it.
        return URL.sub(drawn, IMPORT.sub(imported, text)).replace("</", "<\\/")

    def _data(self, url: str, base: str) -> str:
        """Give what lies at an address as a `data:` address, or an empty one."""
        if url.startswith("data:"):
            return url if SHOWN.match(url.removeprefix("data:")) else NOTHING
        try:
            whole = urldefrag(urljoin(base, url.strip())).url
        except ValueError:
            return NOTHING
        if whole not in self._made:
            part = self.parts.find(whole)
            usable = part is not None and SHOWN.fullmatch(part.media_type)
            self._made[whole] = _as_data(part) if part and usable else NOTHING
        made = self._made[whole]
        if len(made) > self.room:
            return NOTHING
        self.room -= len(made)
        return made


def _drop(element: Any) -> None:
    """Take an element away; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _as_data(part: Part) -> str:
    return f"data:{part.media_type};base64,{base64.b64encode(part.data).decode()}"
