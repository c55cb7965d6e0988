"""Files from outside: how they are opened, bounded, refused whole or row by row.

A reader yields rows and `Rejection`s and never stops for a bad row. It raises
`UnreadableFile` when the file as a whole cannot be trusted, which may happen after rows
were yielded: a caller that wants all or nothing keeps one transaction around the loop.
"""

import dataclasses
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

MIB = 1024 * 1024


def _(text: str) -> str:
    """Mark words for the catalogue; whoever shows them translates them."""
    return text


UNREADABLE: dict[str, str] = {
    "empty": _("The file is empty. Check that the upload was complete."),
    "truncated": _(
        "The compressed file ends too early. Copy or download it again, "
        "then send the complete file."
    ),
    "damaged": _("The compressed file is damaged. Make it again and send it again."),
    "encrypted": _("The archive is protected by a password. Send it without one."),
    "no_member": _("The archive holds no %(suffixes)s file. Pack one and send it."),
    "too_large": _(
        "The file is larger than %(limit)s MiB when unpacked. Split it into parts."
    ),
    "too_many_rows": _("The file has more than %(limit)s rows. Split it into parts."),
    "line_too_long": _(
        "Line %(line)s is longer than %(limit)s KiB. Check the line ends and the "
        "quotation marks."
    ),
    "wrong_encoding": _(
        "Line %(line)s is not UTF-8. Save the file with the encoding UTF-8 and send "
        "it again."
    ),
    "missing_columns": _(
        "The first line lacks the columns: %(columns)s. It must name the columns."
    ),
    "too_many_broken_rows": _(
        "More than %(limit)s rows are broken. This is probably another format; "
        "check the format and the separators."
    ),
    "not_xml": _("Line %(line)s is not well-formed XML: %(detail)s."),
    "dtd_forbidden": _(
        "The XML declares a document type or entities, which is not accepted. "
        "Remove the DOCTYPE and send the file again."
    ),
    "other_format": _("This is not a %(format)s file. Choose the right format."),
    "not_parquet": _("This is not a readable Parquet file. Export it again."),
}

REJECTIONS: dict[str, str] = {
    "broken_row": _("The row is broken: check its quotation marks."),
    "column_count": _("The row has %(found)s fields, but %(expected)s are expected."),
    "not_json": _("The line is not valid JSON."),
    "not_an_object": _("The line is not a JSON object."),
    "missing": _("This field must not be empty."),
    "too_long": _("The text is longer than %(limit)s characters."),
    "control_character": _("The text holds a control character."),
    "bad_date": _("“%(value)s” is not a date; write it as %(form)s."),
    "bad_instant": _("“%(value)s” is not a time with its offset from UTC."),
    "dates_out_of_order": _("The right would expire before it was registered."),
    "bad_class": _("“%(value)s” is not a Nice class between 1 and 45."),
    "bad_choice": _("“%(value)s” is not one of: %(choices)s."),
    "bad_number": _("“%(value)s” is not a number of zero or more."),
    "bad_currency": _("“%(value)s” is not a currency of three letters."),
    "bad_url": _("“%(value)s” is not a web address."),
    "bad_type": _("The value has the wrong type: %(expected)s is expected."),
    "duplicate_id": _("“%(value)s” stands in this file more than once."),
}


class UnreadableFile(Exception):  # noqa: N818 - an answer to the sender, not a fault
    """The whole file is refused. `UNREADABLE[code] % params` says what to do."""

    def __init__(self, code: str, **params: str) -> None:
        """Name the reason; the message is in English, doors translate the template."""
        self.code = code
        self.params = params
        self.message = UNREADABLE[code] % params
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that does not go in: where, which field, why."""

    line: int
    field: str
    reason_code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """Say the reason in English; doors translate `REJECTIONS[reason_code]`."""
        return REJECTIONS[self.reason_code] % self.params


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: bytes after unpacking, bytes per line, rows, bad rows.

    `errors` is what becomes of bytes that are no UTF-8, as `bytes.decode` takes it.
    """

    expanded_bytes: int = 512 * MIB
    line_bytes: int = 256 * 1024
    rows: int = 1_000_000
    broken_rows: int = 1_000
    errors: str = "strict"


DEFAULT_LIMITS = Limits()
# A row may span lines, but a file of blank lines is no file of rows.
_LINES_PER_ROW = 4


class _Budget:
    """Bytes that may still be unpacked, shared by all members of an archive."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise UnreadableFile("too_large", limit=f"{self.limit / MIB:g}")


class _Readable(Protocol):
    """Anything that gives bytes: a file, a gzip stream, a member of an archive."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes; none at the end."""


class _Bounded(io.RawIOBase):
    """A stream that counts what it gives and names what goes wrong below it."""

    def __init__(self, inner: _Readable, budget: _Budget) -> None:
        super().__init__()
        self._inner = inner
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        try:
            data = self._inner.read(min(len(view), MIB))
        except EOFError as error:
            raise UnreadableFile("truncated") from error
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as error:
            raise UnreadableFile("damaged") from error
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def opened(
    stream: BinaryIO, *, suffixes: tuple[str, ...] = (), limits: Limits = DEFAULT_LIMITS
) -> Iterator[io.BufferedReader]:
    """Yield the plain content of a file that may be gzipped or zipped.

    A ZIP archive (only if the stream can seek and `suffixes` are given) yields each
    member whose name ends so, in order. At most `limits.expanded_bytes` are unpacked.
    """
    outer = io.BufferedReader(_Bounded(stream, _Budget(2**63)), MIB // 4)
    head = outer.peek(4)[:4]
    budget = _Budget(limits.expanded_bytes)
    if not head:
        raise UnreadableFile("empty")
    if head.startswith(b"\x1f\x8b"):
        yield _content(gzip.GzipFile(fileobj=outer), budget)
    elif head == b"PK\x03\x04" and suffixes:
        stream.seek(0)
        yield from _members(stream, suffixes, budget)
    else:
        yield _content(outer, budget)


def _content(inner: _Readable, budget: _Budget) -> io.BufferedReader:
    """Bound a plain stream, and refuse it when there is nothing in it."""
    raw: io.RawIOBase = _Bounded(inner, budget)
    content: io.BufferedReader = io.BufferedReader(raw, MIB // 4)
    if not content.peek(1):
        raise UnreadableFile("empty")
    return content


def _members(
    stream: BinaryIO, suffixes: tuple[str, ...], budget: _Budget
) -> Iterator[io.BufferedReader]:
    """Yield the members of a ZIP archive that carry one of the suffixes."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError) as error:
        raise UnreadableFile("truncated") from error
    names = [i for i in archive.infolist() if i.filename.lower().endswith(suffixes)]
    if not names:
        raise UnreadableFile("no_member", suffixes=", ".join(suffixes))
    for info in names:
        if info.flag_bits & 1:
            raise UnreadableFile("encrypted")
        try:
            member = archive.open(info)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise UnreadableFile("damaged") from error
        with member:
            yield _content(member, budget)


def lines(
    content: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a UTF-8 text, ends included, byte-order mark off."""
    number = 0
    while raw := content.readline(limits.line_bytes + 1):
        number += 1
        if number > _LINES_PER_ROW * limits.rows:
            raise UnreadableFile("too_many_rows", limit=str(limits.rows))
        if len(raw) > limits.line_bytes:
            limit = f"{limits.line_bytes / 1024:g}"
            raise UnreadableFile("line_too_long", line=str(number), limit=limit)
        try:
            form = "utf-8-sig" if number == 1 else "utf-8"
            text = raw.decode(form, limits.errors)
        except UnicodeDecodeError as error:
            raise UnreadableFile("wrong_encoding", line=str(number)) from error
        yield number, text
