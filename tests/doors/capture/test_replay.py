"""Replay: a document that holds everything it shows, made of the capture alone."""

import gzip
import io
import zlib

import pyarrow as pa
import pytest

from capturing import packed_page
from hufu.doors.capture.replay import NoReplay, replay

URL = "https://shop.example/teapots/"
PNG = b"\x89PNG\r\n\x1a\n rest"
DATA = "data:image/png;base64,iVBORw0KGgogcmVzdA=="


def shown(dom, **answers):
    """Replay a DOM with what servers answered, by the last word of the address."""
    found = {f"{URL}{name.replace('_', '.')}": said for name, said in answers.items()}
    return replay(packed_page(URL, dom, found)).decode()


def png(data=PNG, **more):
    return {"Content-Type": "image/png", **more}, data


def css(text):
    return {"Content-Type": "text/css"}, text.encode()


def test_pictures_lie_in_the_document():
    text = shown("<img src=pot.png alt=Pot><p>茶壶", pot_png=png())
    assert f'<img alt="Pot" src="{DATA}">' in text
    assert "茶壶" in text


@pytest.mark.parametrize(
    "markup",
    [
        "<img srcset='none.png 1x, pot.png 2x'>",
        "<picture><source srcset='pot.png'><img src=none.png></picture>",
        "<svg><image href=pot.png></image></svg>",
        "<p style='background: url(pot.png)'>",
        "<style>p { background: url('pot.png') }</style>",
        "<base href=/teapots/><img src=pot.png>",
        "<img src=https://shop.example/teapots/pot.png#top>",
    ],
)
def test_the_picture_that_was_captured_is_found(markup):
    assert DATA in shown(markup, pot_png=png())


def test_style_sheets_stand_where_their_links_stood():
    text = shown(
        "<link rel=stylesheet media=print href=a.css>",
        a_css=css("@import 'b.css' screen; p { color: red }"),
        b_css=css("q { background: url(pot.png) }"),
        pot_png=png(),
    )
    assert '<style media="print">@media screen { q { background: url("data:' in text
    assert "p { color: red }" in text
    assert "<link" not in text


def test_style_sheets_that_import_each_other_end():
    loop = css("@import 'a.css'; p { color: red }")
    assert "color: red" in shown("<link rel=stylesheet href=a.css>", a_css=loop)


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_codings_of_the_answer_are_undone(coding, pack):
    said = png(pack(PNG), **{"Content-Encoding": coding})
    assert DATA in shown("<img src=pot.png>", pot_png=said)


@pytest.mark.parametrize(("coding", "codec"), [("br", "brotli"), ("zstd", "zstd")])
def test_newer_codings_are_undone(coding, codec):
    data = pa.compress(PNG, codec=codec, asbytes=True)
    said = png(data, **{"Content-Encoding": coding})
    assert DATA in shown("<img src=pot.png>", pot_png=said)


def test_a_bomb_among_the_parts_is_cut():
    said = png(gzip.compress(bytes(200 << 20)), **{"Content-Encoding": "gzip"})
    assert len(shown("<img src=pot.png>", pot_png=said)) < 61 << 20


def test_redirects_lead_to_the_picture():
    away = ({"Location": "pot.png"}, b"", "302 Found")
    assert DATA in shown("<img src=old.png>", old_png=away, pot_png=png())
    loop = ({"Location": "old.png"}, b"", "302 Found")
    assert DATA not in shown("<img src=old.png>", old_png=loop)


def test_what_was_not_captured_is_asked_of_nobody():
    text = shown(
        "<img src=https://evil.example/a.png><img src=//evil.example/b.png>"
        "<link rel=stylesheet href=https://evil.example/c.css>"
        "<p style='background: url(https://evil.example/d.png)'>"
        "<video poster=https://evil.example/e.png src=https://evil.example/f></video>"
        "<style>@import 'https://evil.example/g.css'; @import url(//evil.example/h);"
        "</style><body background=https://evil.example/i.png>"
    )
    assert "evil.example" not in text


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<iframe src=javascript:alert(1) srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
        "<a href=javascript:alert(1)>x</a>",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<base href=javascript:alert(1)>",
        "<style></style><script>alert(1)</script><style>",
        "<svg><a xlink:href=javascript:alert(1)>x</a></svg>",
        "<img src='data:text/html,alert(1)'>",
        "<noscript><img src=javascript:alert(1)></noscript>",
    ],
)
def test_scripts_are_taken_away(markup):
    assert "alert" not in shown(markup)


def test_a_style_cannot_end_itself():
    bad = css("p::after { content: '</style><script>alert(1)</script>' }")
    text = shown("<link rel=stylesheet href=a.css>", a_css=bad)
    assert "</style><script" not in text


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all"])
def test_a_file_that_holds_no_page_is_refused(data):
    with pytest.raises(NoReplay):
        replay(io.BytesIO(data))


def test_a_capture_without_a_dom_is_refused():
    with pytest.raises(NoReplay):
        replay(packed_page(URL, None, {}))
