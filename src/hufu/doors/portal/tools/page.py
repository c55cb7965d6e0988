"""What every tool's page has: its place among the tools, and a link to keep."""

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hufu.doors.identity import today


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: its page, and what it does for whom."""

    view: str
    icon: str
    title: Promise
    lead: Promise

    @property
    def url(self) -> str:
        """Give the address of the tool's first page."""
        return reverse(self.view)


DEADLINE = Tool(
    "portal:tool-deadline",
    "calendar-due",
    _("Deadline calculator"),
    _("Until when must somebody act? Every day counted and skipped, with the article."),
)
THRESHOLD = Tool(
    "portal:tool-threshold",
    "gavel",
    _("Does this reach the criminal threshold?"),
    _("What was sold, gained or lost, against the figures of the law on the day."),
)
DAMAGES = Tool(
    "portal:tool-damages",
    "coin",
    _("Damages estimate"),
    _("What a court may award, with a statement to attach to a lawsuit."),
)
COMPETENCE = Tool(
    "portal:tool-competence",
    "building-bank",
    _("Which body is competent?"),
    _("Who handles this right, in this place, on this day: names, hotline, court."),
)
EVIDENCE = Tool(
    "portal:tool-evidence",
    "list-check",
    _("Evidence checklist"),
    _("What is asked for, what of it is missing, and how to get it."),
)
NAMES = Tool(
    "portal:tool-names",
    "search",
    _("Check a name before you file or buy"),
    _("Which names on the register are near it, in letters, sound or another script?"),
)
TOOLS = (NAMES, COMPETENCE, DEADLINE, EVIDENCE, DAMAGES, THRESHOLD)


def kept(form: Form) -> QueryDict:
    """Return what was filled in, and nothing else, as the end of an address."""
    query = QueryDict(mutable=True)
    for name in form.fields:
        values = form.data.getlist(name) if isinstance(form.data, QueryDict) else []
        query.setlist(name, [value for value in values if value])
    return query


def shown(request: HttpRequest, tool: Tool, form: Form, **more: Any) -> dict[str, Any]:
    """Give the template of a tool what all of them show."""
    pairs = [(name, value) for name, values in kept(form).lists() for value in values]
    query = urlencode(pairs)
    link = request.build_absolute_uri(f"{request.path}?{query}")
    others = [one for one in TOOLS if one is not tool]
    made_on = today()
    return {
        "tool": tool,
        "form": form,
        "link": link,
        "query": query,
        "others": others,
        "made_on": made_on,
        **more,
    }
