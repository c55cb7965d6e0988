"""Addresses and pages that show every component; no part of the product."""

from datetime import date, timedelta
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from hufu.doors.identity import now, today
from hufu.doors.look.errors import refuse
from hufu.doors.look.parts import Event, Fact, Filter, Step

PORTAL = ["home", "report", "follow", "rights", "publications", "oversight", "account"]
PORTAL += ["tools"]
BENCH = ["home", "leads", "cases", "rights", "watch"]
BENCH += ["publications", "oversight", "journal", "keys"]
HANDLERS = "hufu.doors.look.errors"
handler404 = f"{HANDLERS}.page_not_found"


class ReportForm(forms.Form):
    what = forms.CharField(label="What did you see?", widget=forms.Textarea)
    where = forms.CharField(
        label="Where?", help_text="A shop, a market, a web address", required=False
    )
    kind = forms.ChoiceField(
        label="Kind of right",
        choices=[("mark", "Trademark"), ("patent", "Patent")],
        widget=forms.RadioSelect,
    )
    region = forms.ChoiceField(label="Region", choices=[("31", "Shanghai 上海")])
    proof = forms.FileField(label="A picture", required=False)
    email = forms.EmailField(label="E-mail", required=False)
    read = forms.BooleanField(label="I have read what happens with my report")


class FilterForm(forms.Form):
    q = forms.CharField(label="Words", required=False)
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), ("open", "Open")], required=False
    )


def leads() -> list[SimpleNamespace]:
    states = (("new", "New"), ("accepted", "Accepted"), ("rejected", "Rejected"))
    return [
        SimpleNamespace(
            pk=number,
            number=f"L-2026-{number:06d}",
            title="演示商标“云鹤”茶叶 fictional tea offered online",
            state=states[number % 3][0],
            label=states[number % 3][1],
            due_on=today() + timedelta(days=number - 4),
        )
        for number in range(1, 43)
    ]


def facts() -> list[Fact]:
    return [
        Fact("Number", "C-2026-000117"),
        Fact("Right", "Yunhe 云鹤 (fictional)", "/rights/"),
        Fact("Officer", "Demo Officer 1"),
    ]


def events() -> list[Event]:
    return [
        Event(now(), "Lead accepted", "Simple lane", "Demo Officer 1", "/x/", "good"),
        Event(date(2026, 3, 2), "Notice served", "", "Demo Officer 2", "", "wait"),
        Event(
            date(2026, 3, 20), "Clock stopped", "Appraisal asked for", "", "", "calm"
        ),
    ]


def steps() -> list[Step]:
    return [
        Step("Right", "done", "/x/", "R-12"),
        Step("Lead", "done", "/x/", "L-2026-000042"),
        Step("Case", "now"),
        Step("Decision", "next"),
        Step("Publication", "next"),
    ]


def shown(request: HttpRequest, template: str) -> HttpResponse:
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm()
    if "wrong" in request.GET:
        form = ReportForm({"what": "Kept as typed", "email": "no address"})
    page = Paginator(leads(), 12).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters": FilterForm(request.GET),
        "saved": [Filter("Mine", "?q=1", 12, current=True), Filter("Late", "?q=2", 3)],
        "page_obj": page,
        "facts": facts(),
        "events": events(),
        "steps": steps(),
        "counts": {"home": 4, "leads": 42, "cases": 17},
        "past": today() - timedelta(days=2),
        "soon": today() + timedelta(days=2),
    }
    return render(request, f"showcase/{template}.html", context)


def portal(request: HttpRequest) -> HttpResponse:
    return shown(request, "portal")


def bench(request: HttpRequest) -> HttpResponse:
    return shown(request, "workbench")


def paper(request: HttpRequest) -> HttpResponse:
    return shown(request, "paper")


def error(request: HttpRequest, status: int) -> HttpResponse:
    return refuse(request, status)


def pages(names: list[str], view) -> list:
    first = [path("", view, name="home")]
    return first + [path(f"{name}/", view, name=name) for name in names[1:]]


urlpatterns = [
    path("language/", include("hufu.doors.look.urls")),
    path("account/", include("allauth.urls")),
    path("paper/", paper, name="paper"),
    path("error/<int:status>/", error, name="error"),
    path("workbench/", include((pages(BENCH, bench), "workbench"))),
    path("", include((pages(PORTAL, portal), "portal"))),
]
NAMES = ["paper", "error"]
NAMES += [f"portal:{name}" for name in PORTAL]
NAMES += [f"workbench:{name}" for name in BENCH]
