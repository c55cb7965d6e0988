"""What kind of file it is by its bytes, and a copy of it without metadata."""

import io
from typing import BinaryIO

import pikepdf
import puremagic
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from hufu.doors.storage.office import office_type, strip_office

HEAD = 8192
MOST = 64 * 1024 * 1024  # of a file, taken into memory as a whole
UNKNOWN = "application/octet-stream"
# The picture types a working copy is made of, and how Pillow calls them.
PICTURES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
}
MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<head", b"<body")
JPEG_START, JPEG_SCAN, JPEG_COMMENT = b"\xff\xd8", 0xDA, 0xFE
# Segments of a JPEG that only describe it. 0xEE (Adobe) says how colours are coded.
JPEG_TALK = {JPEG_COMMENT, *range(0xE1, 0xF0)} - {0xEE}
PDF_TALK = ("/Metadata", "/PieceInfo", "/LastModified")
PDF_ROOT_EXTRAS = ("/OpenAction", "/AA", "/Collection", "/URI")


def sniff_type(stream: BinaryIO) -> str:
    """Name the media type; text that a browser could take for a page is HTML.

    Whether a ZIP file is an office document is asked only of one that is not huge.
    """
    head = stream.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        rest = stream.read(MOST)
        is_huge = len(rest) == MOST
        return (None if is_huge else office_type(head + rest)) or "application/zip"
    if any(mark in head[:1024].lower() for mark in MARKUP):
        return "text/html"
    try:
        named = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        named = ""
    # A text may begin with what some format of old begins with, such as "00".
    return named or ("text/plain" if _is_text(head) else UNKNOWN)


def _is_text(head: bytes) -> bool:
    try:
        # The head may end inside a character of up to four bytes.
        text = head[: max(len(head) - 3, 0)].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        text = "" if error.start < len(head) - 6 else head[: error.start].decode()
    return bool(head) and "\0" not in text and text != ""


def strip_metadata(stream: BinaryIO, mime: str) -> bytes | None:
    """Return a copy that shows the same and tells nothing of its maker, or None.

    There is none of a file that is too large to be taken into memory.
    """
    data = stream.read(MOST + 1)
    if len(data) > MOST:
        return None
    if mime in PICTURES:
        return _strip_picture(data, PICTURES[mime])
    if mime == "application/pdf":
        return _strip_pdf(data)
    if mime == "text/plain":
        return data  # plain text has no place for metadata
    return strip_office(data, _strip_embedded) if office_type(data) == mime else None


def _strip_embedded(data: bytes) -> bytes | None:
    mime = sniff_type(io.BytesIO(data))
    return _strip_picture(data, PICTURES[mime]) if mime in PICTURES else None


def _strip_picture(data: bytes, kind: str) -> bytes | None:
    """Draw the pixels anew: only what is seen survives."""
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as picture:
            frames = [_bare(frame) for frame in ImageSequence.Iterator(picture)]
            pause = picture.info.get("duration", 100)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
    ):
        return None
    if kind == "JPEG":
        frames[0].save(out, kind, quality=95)
    elif len(frames) > 1:
        frames[0].save(
            out, kind, save_all=True, append_images=frames[1:], duration=pause, loop=0
        )
    else:
        frames[0].save(out, kind)
    return out.getvalue()


def _bare(frame: Image.Image) -> Image.Image:
    """Turn as the camera held it, then keep the pixels and nothing else."""
    upright = ImageOps.exif_transpose(frame)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.mode == "P" and (palette := upright.getpalette()):
        bare.putpalette(palette)
    return bare


def _strip_pdf(data: bytes) -> bytes | None:
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return None
            _strip_catalogue(pdf)
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                    _strip_object(item)
            pdf.remove_unreferenced_resources()
            pdf.save(out, deterministic_id=True)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return None
    return out.getvalue()


def _strip_catalogue(pdf: pikepdf.Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for name in PDF_ROOT_EXTRAS:
        if name in pdf.Root:
            del pdf.Root[name]
    names = pdf.Root.get("/Names")
    for name in ("/EmbeddedFiles", "/JavaScript"):
        if names is not None and name in names:
            del names[name]


def _strip_object(item: pikepdf.Dictionary | pikepdf.Stream) -> None:
    for name in PDF_TALK:
        if name in item:
            del item[name]
    # The author of a comment. In a form field the same key is the field's name.
    if "/Subtype" in item and "/Rect" in item and item["/Subtype"] != "/Widget":
        for name in ("/T", "/M", "/CreationDate"):
            if name in item:
                del item[name]
    if isinstance(item, pikepdf.Stream) and item.get("/Filter") == "/DCTDecode":
        bare = strip_jpeg_segments(item.read_raw_bytes())
        item.write(bare, filter=pikepdf.Name("/DCTDecode"))


def strip_jpeg_segments(data: bytes) -> bytes:
    """Drop what describes a JPEG, and leave its coded picture untouched."""
    if not data.startswith(JPEG_START):
        return data
    kept, at = [JPEG_START], 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - marks a segment
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big") + 2
        if marker == JPEG_SCAN:
            break
        if marker not in JPEG_TALK:
            kept.append(data[at : at + size])
        at += size
    return b"".join([*kept, data[at:]])
