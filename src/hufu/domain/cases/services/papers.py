"""Papers of the file, and the word that a text must not be empty."""

from datetime import datetime

from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of
from hufu.domain.cases.models import Case, Paper


def file_paper(
    case: Case, kind: Paper.Kind, body: str, actor: Actor, at: datetime
) -> dict[str, str]:
    """Add a paper to the file; return what the journal keeps of it: a digest."""
    check_said(body)
    paper = Paper.objects.create(
        case=case, kind=kind, at=at, author=actor.label, body=body.strip()
    )
    return {"paper": str(paper.pk), "paper_sha256": digest_of(paper.body)}


def check_said(text: str) -> None:
    """Refuse an act whose reason was left out."""
    if not text.strip():
        raise Refusal(
            "reason_missing", _("Give the reason; it becomes part of the file.")
        )
