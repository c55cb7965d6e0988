"""Decision letters as PDF: the same bytes for the same decision, every glyph inside."""

import io
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from hufu.base.errors import Refusal
from hufu.domain.remedies.models import Decision
from hufu.domain.remedies.queries import Letter, letter_of
from hufu.domain.remedies.services import Letters

FONT = "NotoSansSC"
FILE = Path(__file__).parent / "fonts" / "NotoSansSC-Regular.ttf"
MARGIN = 25 * mm
WIDTH = A4[0] - 2 * MARGIN
INK, QUIET, RULE = colors.HexColor("#111827"), colors.HexColor("#4b5563"), colors.grey
# Widths of a table's columns, as shares, by how many columns it has.
SHARES = {
    2: (0.38, 0.62),
    4: (0.12, 0.4, 0.24, 0.24),
}
RIGHTS = (0.3, 0.16, 0.22, 0.32)


def decision_letters(decision: Decision) -> Letters:
    """Set both letters of a decision in type."""
    return Letters(
        en=letter_pdf(letter_of(decision, "en")),
        zh=letter_pdf(letter_of(decision, "zh-hans")),
    )


def letter_pdf(letter: Letter) -> bytes:
    """Return a letter as PDF. Equal letters give equal bytes.

    Refuses a letter with a character that the embedded font lacks, and names it.
    """
    font()
    _refuse_unknown_characters(letter)
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        invariant=1,
        title=f"{letter.title} {letter.number}",
        author=letter.agency,
        lang="zh-CN" if letter.language.startswith("zh") else "en",
        creator="Hufu",
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
    )
    frame = Frame(MARGIN, MARGIN, WIDTH, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
    page = PageTemplate("page", [frame], onPage=_Foot(letter))
    document.addPageTemplates([page])
    with translation.override(letter.language):
        document.build(_story(letter))
    return out.getvalue()


@cache
def font() -> TTFont:
    """Read and register the font once; it holds no state of a document."""
    font = TTFont(FONT, str(FILE))
    pdfmetrics.registerFont(font)
    return font


def missing_characters(letter: Letter) -> tuple[str, ...]:
    """Return the characters of a letter that the font cannot show, in order."""
    known = font().face.charToGlyph
    used = sorted({c for text in letter.texts() for c in text})
    return tuple(c for c in used if ord(c) not in known and not c.isspace())


def _refuse_unknown_characters(letter: Letter) -> None:
    if missing := missing_characters(letter):
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing)
        raise Refusal(
            "character_unprintable",
            _(
                "The letter cannot be printed: the font has no glyph for "
                "%(characters)s. Write these characters in another way."
            )
            % {"characters": named},
        )


class _Foot:
    """Draws what stands on every page: number of decision and page, demo mark."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    def __call__(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Draw below the text, and above it where the letter is fictional."""
        canvas.saveState()
        canvas.setFont(FONT, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, 14 * mm, self.letter.number)
        canvas.drawRightString(A4[0] - MARGIN, 14 * mm, str(document.page))
        middle = A4[0] / 2
        canvas.drawCentredString(middle, A4[1] - 14 * mm, self.letter.warning)
        canvas.restoreState()


def set_style(name: str, size: float, **more: Any) -> ParagraphStyle:
    """Return a style of the house's documents, in the language in force."""
    return ParagraphStyle(
        name,
        fontName=FONT,
        fontSize=size,
        leading=size * 1.55,
        textColor=INK,
        # Chinese breaks between any two characters, Latin words stay whole.
        wordWrap="CJK" if translation.get_language().startswith("zh") else None,
        **more,
    )


def _story(letter: Letter) -> list[Flowable]:
    text = set_style("text", 10.5, spaceAfter=5)
    story: list[Flowable] = [
        paragraph(letter.agency, set_style("agency", 12, alignment=TA_CENTER)),
        paragraph(
            letter.title, set_style("title", 18, alignment=TA_CENTER, spaceAfter=2)
        ),
        paragraph(
            letter.numbered,
            set_style("number", 10, alignment=TA_CENTER, spaceAfter=10),
        ),
    ]
    heading = set_style("heading", 12.5, spaceBefore=10, spaceAfter=4, keepWithNext=1)
    for number, section in enumerate(letter.sections, 1):
        story.append(paragraph(f"{number}. {section.heading}", heading))
        story.extend(paragraph(words, text) for words in section.paragraphs)
        if section.rows:
            story.append(set_table(section.columns, section.rows, section.name))
    signature = set_style("signature", 11, alignment=TA_RIGHT)
    story.append(Spacer(1, 12 * mm))
    story.extend(paragraph(words, signature) for words in letter.signed)
    return story


def paragraph(words: str, style: ParagraphStyle) -> Paragraph:
    """Set plain words as a paragraph."""
    return Paragraph(escape(words), style)


def set_table(
    columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], name: str
) -> Table:
    """Set rows as a table; `name` chooses the widths of one of its own."""
    cell = set_style("cell", 9)
    head = set_style("head", 9)
    head.textColor = QUIET
    lines = [[paragraph(words, cell) for words in row] for row in rows]
    if columns:
        lines.insert(0, [paragraph(words, head) for words in columns])
    shares = RIGHTS if name == "rights" else SHARES[len(rows[0])]
    table = Table(
        lines,
        colWidths=[share * WIDTH for share in shares],
        repeatRows=1 if columns else 0,
        spaceAfter=4,
    )
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table
