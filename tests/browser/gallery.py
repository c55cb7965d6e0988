"""The records behind the gallery, who looks at which page, and what is not hung."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

import drawing
from hufu.domain.leads import services as leads
from hufu.domain.publication import services as publication
from hufu.doors.access import API, PAGES
from hufu.doors.identity import today
from hufu.doors.storage.registerindex import renew_register_index
from records import Records

WIDTHS = (1440, 390)
LANGUAGES = ("en", "zh-hans")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SECRET = "a-secret-of-forty-characters-of-a-report-0"
# Somebody else's page, shown with its scripts off, which stops axe for ever.
FOREIGN = {"workbench:capture-replayed"}
NAMES = sorted(set(PAGES) - set(API) - FOREIGN)
BACKEND = "django.contrib.auth.backends.ModelBackend"

# What a page wants besides the identifiers that `Records` knows.
WORDS = {
    "code": "leads_received",
    "commitment_id": "OPN-2019-T-2022",
    "file": "receipt",
    "key": "set-password",
    "language": "en",
    "name": "checkpoint",
    "pk": 1,
    "part": "received",
    "secret": SECRET,
    "step": "1",
    "uidb36": "1",
    "verb": "issue",
    "what": "work",
}
CODES = {"workbench:case-act": "assign_task", "workbench:source": "hidden-bazaar"}
# Pages that show a person nothing, and why.
NOT_HUNG = {
    "account_confirm_login_code": "signing in by mailed code is switched off",
    "look:language": "takes the choice of a language and leads back",
    "mfa_authenticate": "stands between password and second factor only",
    "mfa_deactivate_totp": "wants a second factor that is set up",
    "mfa_download_recovery_codes": "a text file",
    "mfa_edit_webauthn": "wants a passkey of a real device",
    "mfa_login_webauthn": "data for the browser",
    "mfa_reauthenticate": "wants a second factor that is set up",
    "mfa_reauthenticate_webauthn": "wants a passkey of a real device",
    "mfa_remove_webauthn": "wants a passkey of a real device",
    "mfa_view_recovery_codes": "wants a second factor that is set up",
    "portal:case-exhibit": "a file",
    "portal:case-leave": "an act",
    "portal:case-recusal": "an act; its form stands on the file's page",
    "portal:case-send": "an act; its form stands on the file's page",
    "portal:claim-withdraw": "an act",
    "portal:complaint-new": "leads to the page of a complaint",
    "portal:decision-letter": "a file",
    "portal:deposit-json": "a file",
    "portal:deposit-pdf": "a file",
    "portal:deposit-upload": "data",
    "portal:deposit-upload-drop": "an act",
    "portal:deposit-upload-finish": "an act",
    "portal:deposit-uploads": "data",
    "portal:deposit-withdraw": "an act",
    "portal:draw-file": "a file",
    "portal:evidence-download": "a file",
    "portal:log-file": "a file",
    "portal:key-close": "an act",
    "portal:licence-end": "an act",
    "portal:list-heads": "data",
    "portal:oversight-data": "data",
    "portal:publication-json": "data",
    "portal:publications-feed": "data",
    "portal:publications-json": "data",
    "portal:publications-schema": "data",
    "portal:report": "leads to the first page of a report",
    "portal:report-receipt": "shown by the journey, after sending",
    "portal:report-save": "an act",
    "portal:right-list": "an act",
    "portal:right-monitor": "an act",
    "portal:tool-damages-statement": "leads to the form without facts; see MORE",
    "workbench:account-close": "an act",
    "workbench:capture-picture": "a picture",
    "workbench:case-task": "an act",
    "workbench:decision-act": "an act; its form stands on the decision's page",
    "workbench:decision-draft": "wants a case before its decision; see the journey",
    "workbench:decision-pdf": "a file",
    "workbench:draw-file": "a file",
    "workbench:draw-publish": "an act",
    "workbench:draw-settle": "an act",
    "workbench:evidence-download": "a file",
    "workbench:evidence-hand-over": "an act",
    "workbench:evidence-sign": "an act",
    "workbench:evidence-unseal": "an act",
    "workbench:feed-report": "a file",
    "workbench:import-report": "a file",
    "workbench:key-close": "an act",
    "workbench:lead-act": "an act",
    "workbench:lead-reporter": "an act",
    "workbench:leads-bulk": "an act",
    "workbench:leads-filter": "an act",
    "workbench:notice-act": "an act",
    "workbench:notice-draft": "wants a decision not yet published; see the journey",
    "workbench:return-file": "an act",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's address, and who looks at it."""

    path: str
    visitor: Any


def _named(
    patterns: Any = None, space: str = "", above: frozenset[str] = frozenset()
) -> dict[str, set[str]]:
    """Give every page the names of its arguments."""
    found: dict[str, set[str]] = {}
    for one in patterns or get_resolver().url_patterns:
        written = one.pattern
        regex = getattr(written, "regex", None)
        groups = set(regex.groupindex) if regex else set()
        words = above | set(written.converters) | groups
        if hasattr(one, "url_patterns"):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            found |= _named(one.url_patterns, inner, words)
        else:
            found[f"{space}{one.name}"] = set(words)
    return found


class Gallery:
    """All pages over one set of records."""

    def __init__(self, at, storage) -> None:
        self.records = Records(at, storage)
        self.arguments = _named()
        visitors = (None, *self.records.people)
        self.clients = {one: self._signed_in(one) for one in visitors}
        self._publish()
        words = {"title": "Copied tins", "act": "sale", "region": "440300"}
        leads.save_draft(at=at, secret=SECRET, words=words)
        renew_register_index(today())

    def _publish(self) -> None:
        desk, notice = self.records.desk, self.records.ids["notice_id"]
        said = {"actor": desk.reviewer, "at": desk.now}
        seen = publication.words_digest(notice)
        notice = publication.confirm_notice(**said, notice=notice, seen=seen)
        publication.publish_notice(**said, notice=notice)

    def path(self, name: str) -> str:
        """Give a page's address, with a record of its kind in it."""
        known = self.records
        values = {}
        for word in self.arguments[name]:
            record = known.own.get((name, word), known.ids.get(word))
            values[word] = record.pk if record else WORDS.get(word, "")
            if word == "code":
                values[word] = CODES.get(name, WORDS["code"])
        try:
            return reverse(name, kwargs=values)
        except NoReverseMatch:
            return reverse(name, kwargs={**values, "language": "zh"})

    def _signed_in(self, visitor: Any) -> Client:
        client = Client()
        if visitor is not None:
            client.force_login(visitor, backend=BACKEND)
        return client

    def cookie(self, visitor: Any) -> str:
        """Give the visitor's session."""
        return self.clients[visitor].cookies[settings.SESSION_COOKIE_NAME].value

    def picture(self, name: str) -> Picture | None:
        """Find the first person to whom a page shows itself."""
        path = self.path(name)
        for visitor, client in self.clients.items():
            reply = client.get(path)
            if reply.streaming:
                reply.close()
            shown = reply.headers.get("Content-Type", "").startswith("text/html")
            if reply.status_code == 200 and shown:
                return Picture(path, visitor)
        return None

    def more(self) -> dict[str, Picture]:
        """Give pages that look different from different sides."""
        known, desk = self.records, self.records.desk
        step = [reverse("portal:report-step", args=[SECRET, n]) for n in (2, 3)]
        search = f"{reverse('portal:rights')}?name=QING"
        pictures = {
            "report-2": Picture(step[0], None),
            "report-3": Picture(step[1], None),
            "rights-found": Picture(search, None),
            "rights-none": Picture(search + "LESS", None),
            "inbox-empty": Picture(
                reverse("workbench:leads") + "?q=nothing", desk.handler
            ),
        }
        for what in ("secret", "knowledge"):
            page = reverse("portal:right-state", args=[what])
            pictures[f"state-{what}"] = Picture(page, known.holder)
        promises = reverse("portal:oversight")
        pictures |= {
            "promises-found": Picture(f"{promises}?words=online", None),
            "promises-document": Picture(f"{promises}?document=PRG-2017", None),
        }
        pictures |= {n: Picture(f"/tools/{q}", None) for n, q in TOOLS.items()}
        pictures |= self._draws()
        for person in (desk.handler, desk.director, *known.staff.values()):
            home = Picture(reverse("workbench:home"), person)
            pictures[f"home-{person.role}"] = home
        for person in (known.holder, known.respondent, known.bazaar):
            mine = Picture(reverse("portal:account"), person)
            pictures[f"account-{person.role}"] = mine
        return pictures

    def _draws(self) -> dict[str, Picture]:
        """Give draws that are drawn, of another source, and published."""
        desk, pictures = self.records.drawing, {}
        told = {"said": "03 12 25 31", "told_by": "Lottery bulletin 142 of 2 March"}
        drawn = {"drawn": desk.plan(salt=b"d" * 16)}
        drawn["other"] = desk.plan(**drawing.LOTTERY)
        drawn["published"] = desk.plan(salt=b"p" * 16)
        for name, draw in drawn.items():
            desk.settle(draw, **(told if name == "other" else {}))
            page = reverse("portal:draw", args=[draw.pk])
            pictures[f"draw-{name}"] = Picture(page, None)
            page = reverse("workbench:draw", args=[draw.pk])
            pictures[f"bench-draw-{name}"] = Picture(page, desk.director)
        desk.publish(drawn["published"])
        return pictures


# The tools with their facts: the form, the answer, an error, the paper.
DAMAGES = (
    "right=trademark&on=2026-06-01&decided_on=2026-11-01&infringer_gain=100000"
    "&costs=20000&is_intentional=on&is_serious=on"
)
TOOLS = {
    "tool-deadline-form": "deadline/?rule=deadlines.penalty.decision",
    "tool-deadline-answer": "deadline/?rule=deadlines.penalty.decision"
    "&start=2026-09-28&stop1=hearing&stop1_from=2026-10-10&stop1_to=2026-10-20",
    "tool-deadline-error": "deadline/?rule=deadlines.penalty.decision"
    "&start=2026-02-30&stop1=hearing",
    "tool-threshold-answer": "threshold/?offence=counterfeit_mark&on=2019-05-01"
    "&decided_on=2026-05-01&f_illegal_business_volume=200000+%2B+60000&goods1_n=9"
    "&goods1_label=80",
    "tool-threshold-review": "threshold/?offence=selling_counterfeits&on=2022-05-01"
    "&decided_on=2023-05-01&f_sales_amount=60000",
    "tool-damages-answer": f"damages/?{DAMAGES}",
    "tool-damages-paper": f"damages/statement/?{DAMAGES}",
    "tool-competence-form": "competence/?right=trademark&province=440000",
    "tool-competence-answer": "competence/?right=invention&province=440000"
    "&act=infringement&place=440305&on=2026-03-02",
    "tool-names-near": "names/?name=QING-LAN&classes=30",
    "tool-names-none": "names/?name=zzqqxx",
    "tool-names-error": "names/?name=!!!&classes=99",
    "tool-evidence-form": "evidence/?channel=civil&right=design&traits=blockchain",
    "tool-evidence-answer": "evidence/?channel=civil&right=design&traits=electronic"
    "&ask=1&have_civil=right_title",
}
MORE = (
    *TOOLS,
    *("state-secret", "state-knowledge", "promises-found", "promises-document"),
    *(f"draw-{name}" for name in ("drawn", "other", "published")),
    *(f"bench-draw-{name}" for name in ("drawn", "other", "published")),
    *("report-2", "report-3", "rights-found", "rights-none", "inbox-empty"),
    *(f"home-{role}" for role in ("investigator", "director", "intake")),
    *(f"home-{role}" for role in ("registrar", "administrator", "supervisor")),
    *(f"account-{role}" for role in ("holder", "respondent", "platform")),
)
