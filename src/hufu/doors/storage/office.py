"""Office documents in a ZIP: which kind they are, and a copy without their makers."""

import io
import re
import zipfile
from collections.abc import Callable

TYPES = {
    "word/document.xml": "wordprocessingml.document",
    "xl/workbook.xml": "spreadsheetml.sheet",
    "ppt/presentation.xml": "presentationml.presentation",
}
OPEN_DOCUMENT = re.compile(
    rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)$"
)
HEADLINE = 200  # no longer than a media type needs to be
LIMIT = 512 * 1024 * 1024  # unpacked; a larger one is taken for a ZIP bomb
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = b"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/"
BLANKS = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="' + PACKAGE + b'"/>',
    "docProps/app.xml": b'<Properties xmlns="' + OFFICE + b'extended-properties"/>',
    "docProps/custom.xml": b'<Properties xmlns="' + OFFICE + b'custom-properties"/>',
    "meta.xml": (
        b'<office:document-meta office:version="1.2"'
        b' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
        b"<office:meta/></office:document-meta>"
    ),
}
# Who wrote a comment or a tracked change, and when: attributes, then elements.
MAKERS = (
    (
        re.compile(
            rb"(\s(?:w\d*:|\w+:)?(?:author|initials|userId|providerId|displayName"
            rb'|lastModifiedBy|userName)=)"[^"]*"'
        ),
        rb'\1""',
    ),
    (re.compile(rb'(\sw:(?:date|rsid\w*)=)"[^"]*"'), b""),
    (re.compile(rb"(<(?:\w+:)?(?:author|creator|initial-creator)>)[^<]*"), rb"\1"),
)


def office_type(data: bytes) -> str | None:
    """Name the media type of a document without macros, or None."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            if "mimetype" in names and package.getinfo("mimetype").file_size < HEADLINE:
                found = OPEN_DOCUMENT.match(package.read("mimetype").strip())
                return found.group().decode() if found else None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    for part, kind in TYPES.items():
        if part in names:
            return f"application/vnd.openxmlformats-officedocument.{kind}"
    return None


def strip_office(
    data: bytes, strip_picture: Callable[[bytes], bytes | None]
) -> bytes | None:
    """Blank properties, names and dates of makers; strip the pictures inside."""
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as package,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
        ):
            if sum(part.file_size for part in package.infolist()) > LIMIT:
                return None
            for part in package.infolist():
                # A new entry: the old one tells when and on which system it was made.
                fresh = zipfile.ZipInfo(part.filename)
                fresh.compress_type = part.compress_type
                bare = _bare(part.filename, package.read(part), strip_picture)
                if bare is None:
                    return None
                copy.writestr(fresh, bare)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    return out.getvalue()


def _bare(
    name: str, data: bytes, strip_picture: Callable[[bytes], bytes | None]
) -> bytes | None:
    if name in BLANKS:
        return XML + BLANKS[name]
    if name.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp")):
        return strip_picture(data)
    if name.endswith(".xml"):
        for pattern, blank in MAKERS:
            data = pattern.sub(blank, data)
    return data
