"""How the house's documents are set in type: font, margins, styles, tables, foot."""

from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.utils import translation
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Paragraph, Table, TableStyle

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


@cache
def font() -> TTFont:
    """Read and register the font once; it holds no state of a document."""
    font = TTFont(FONT, str(FILE))
    pdfmetrics.registerFont(font)
    return font


class Foot:
    """Draws what stands on every page: number of the document and page, demo mark."""

    def __init__(self, number: str, warning: str) -> None:
        self.number = number
        self.warning = warning

    def __call__(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Draw below the text, and above it where all is fictional."""
        canvas.saveState()
        canvas.setFont(FONT, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, 14 * mm, self.number)
        canvas.drawRightString(A4[0] - MARGIN, 14 * mm, str(document.page))
        middle = A4[0] / 2
        canvas.drawCentredString(middle, A4[1] - 14 * mm, self.warning)
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
