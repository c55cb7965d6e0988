"""Decision letters as PDF: the same bytes for the same decision, every glyph inside."""

import io

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
)

from hufu.base.errors import Refusal
from hufu.domain.remedies.models import Decision
from hufu.domain.remedies.queries import Letter, letter_of
from hufu.domain.remedies.services import Letters
from hufu.doors.letters.typesetting import (
    MARGIN,
    WIDTH,
    Foot,
    font,
    paragraph,
    set_style,
    set_table,
)


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
    page = PageTemplate("page", [frame], onPage=Foot(letter.number, letter.warning))
    document.addPageTemplates([page])
    with translation.override(letter.language):
        document.build(_story(letter))
    return out.getvalue()


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
