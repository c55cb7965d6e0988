"""A working copy shows the same and tells nothing of whoever made it."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image
from PIL.Image import Exif
from reportlab.pdfgen.canvas import Canvas

from hufu.doors.storage.media import sniff_type, strip_jpeg_segments, strip_metadata

SECRET = "Zhang Informant"
GPS = 0x8825
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


def photograph(kind="JPEG"):
    exif = Exif()
    exif[0x013B] = SECRET  # artist
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(GPS)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, kind, exif=exif)
    return out.getvalue()


def document():
    out = io.BytesIO()
    page = Canvas(out)
    page.setAuthor(SECRET)
    page.drawString(100, 100, "The goods")
    page.save()
    return out.getvalue()


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word():
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "docProps/core.xml": f"<x><dc:creator>{SECRET}</dc:creator></x>",
            "word/document.xml": f'<w:p><w:ins w:author="{SECRET}">sold</w:ins></w:p>',
            "word/media/image1.jpg": photograph(),
        }
    )


def open_document():
    return package(
        {
            "mimetype": ODT,
            "meta.xml": f"<meta:initial-creator>{SECRET}</meta:initial-creator>",
            "content.xml": f"<p><dc:creator>{SECRET}</dc:creator>sold</p>",
        }
    )


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (photograph(), "image/jpeg"),
        (photograph("PNG"), "image/png"),
        (document(), "application/pdf"),
        (word(), DOCX),
        (open_document(), ODT),
        (package({"a.txt": "a"}), "application/zip"),
        (
            package({"word/document.xml": "", "word/vbaProject.bin": ""}),
            "application/zip",
        ),
        (b"PK\x03\x04 cut off", "application/zip"),
        (b"<!DOCTYPE html><p>", "text/html"),
        (b"\n<svg onload='alert(1)'>", "text/html"),
        ("售假店铺名单".encode() * 2000, "text/plain"),
        (b"00e4f1  a list of hashes\n", "text/plain"),
        (b"00\0\1 no text at all", "application/octet-stream"),
        (b"", "application/octet-stream"),
        (b"\0\1\2\3", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_a_file_is(data, mime):
    assert sniff_type(io.BytesIO(data)) == mime


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_loses_its_maker_and_place_but_stands_upright(kind):
    data = photograph(kind)
    assert SECRET.encode() in data
    copy = strip_metadata(io.BytesIO(data), f"image/{kind.lower()}")
    assert SECRET.encode() not in copy
    with Image.open(io.BytesIO(copy)) as picture:
        assert not picture.getexif()
        assert picture.size == (20, 40)


def test_an_animation_keeps_its_pictures():
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue", "green")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=SECRET)
    copy = strip_metadata(io.BytesIO(out.getvalue()), "image/gif")
    assert SECRET.encode() not in copy
    assert Image.open(io.BytesIO(copy)).n_frames == 3


def test_a_pdf_loses_its_maker_and_keeps_its_text():
    copy = strip_metadata(io.BytesIO(document()), "application/pdf")
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
        assert b"The goods" in pdf.pages[0].Contents.read_bytes()


def test_a_photograph_inside_a_pdf_loses_its_maker():
    photo = photograph()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    picture = pikepdf.Stream(pdf, photo)
    picture.Filter = pikepdf.Name.DCTDecode
    pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Im0=picture)
    )
    pdf.pages[0].obj["/Contents"] = pikepdf.Stream(pdf, b"/Im0 Do")
    out = io.BytesIO()
    pdf.save(out)
    assert SECRET.encode() in out.getvalue()
    copy = strip_metadata(io.BytesIO(out.getvalue()), "application/pdf")
    assert SECRET.encode() not in copy
    assert Image.open(io.BytesIO(strip_jpeg_segments(photo))).size == (40, 20)


@pytest.mark.parametrize(("data", "mime"), [(word(), DOCX), (open_document(), ODT)])
def test_an_office_document_loses_its_makers_and_keeps_its_words(data, mime):
    copy = strip_metadata(io.BytesIO(data), mime)
    assert sniff_type(io.BytesIO(copy)) == mime
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
    assert SECRET.encode() not in everything
    assert b"sold" in everything


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"\xff\xd8\xff\xe0 broken", "image/jpeg"),
        (b"%PDF-1.7 broken", "application/pdf"),
        (package({"a": "b"}), "application/zip"),
        (b"<html>", "text/html"),
    ],
)
def test_where_no_safe_copy_can_be_made_none_is_offered(data, mime):
    assert strip_metadata(io.BytesIO(data), mime) is None


def test_plain_text_is_its_own_safe_copy():
    assert strip_metadata(io.BytesIO(b"words"), "text/plain") == b"words"


def test_a_working_copy_lies_beside_its_sealed_original(storage):
    original = storage.put(io.BytesIO(photograph()), 100_000)
    copy = storage.working_copy(original.sha256)
    assert copy.sha256 != original.sha256
    with storage.open(original.sha256) as stream:
        assert stream.read() == photograph()
    assert storage.type_of(copy.sha256) == "image/jpeg"
