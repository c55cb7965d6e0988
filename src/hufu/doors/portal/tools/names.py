"""What is near a name: the check before somebody files, buys or uses one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hufu.domain.rights.models import Right
from hufu.domain.rights.nice import class_label
from hufu.doors.identity import today
from hufu.doors.portal.forms.tools.names import NameForm
from hufu.doors.portal.tools.page import NAMES, shown
from hufu.doors.storage.registerindex import Near, near, register_index
from hufu.engines.detection import REASONS, Reason

TEMPLATE = "portal/tools/names.html"


@dataclass(frozen=True, slots=True)
class Told:
    """A right near the name: what makes it near, and what speaks for and against."""

    right: Right
    percent: int
    trick: str
    reasons: list[tuple[str, bool]]
    classes: list[str]

    @classmethod
    def of(cls, one: Near, *, chinese: bool) -> "Told":
        """Say it in the reader's language."""
        first, *rest = one.match.reasons
        numbers = sorted(held.number for held in one.right.classes.all())
        return cls(
            right=one.right,
            percent=round(100 * one.match.score),
            trick=_said(first),
            reasons=[(_said(reason), reason.weight < 0) for reason in rest],
            classes=[class_label(number, chinese=chinese) for number in numbers],
        )


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """Ask for a name; show what is near it on the register as it stands today."""
    form = NameForm(request.GET if "name" in request.GET else None)
    context: dict[str, object] = {}
    if form.is_valid():
        context = _answer(form)
    return render(request, TEMPLATE, shown(request, NAMES, form, **context))


def _answer(form: NameForm) -> dict[str, object]:
    index = register_index()
    if index is None:
        return {"no_index": True}
    from hufu.engines.detection.near import check_name  # noqa: PLC0415 - 60 MiB and a second, for who asks

    asked = form.cleaned_data
    chinese = (get_language() or "").startswith("zh")
    found = near(check_name(index, asked["name"], asked["classes"]), today())
    return {
        "asked": asked["name"],
        "told": [Told.of(one, chinese=chinese) for one in found],
        "compared": len(index),
    }


def _said(reason: Reason) -> str:
    return str(_(REASONS[reason.code]) % reason.params)
