"""The components, as tags: `{% load look %}`. Each is one template in components/."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django import forms, template
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page
from django.forms import BoundField, Form
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.doors.access import is_open
from hufu.doors.look.chips import chip_of
from hufu.doors.look.context import LANGUAGES
from hufu.doors.look.parts import Event, Fact, Filter, Step
from hufu.doors.look.tones import tone_of

register = template.Library()
Values = dict[str, Any]

SPRITE = "vendor/tabler-icons-3.51.0/icons.svg"
ALERT_ICONS = {
    "info": "info-circle",
    "good": "circle-check",
    "warning": "alert-triangle",
    "danger": "alert-circle",
}


def component(name: str) -> str:
    """Return the template of a component."""
    return f"components/{name}.html"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it is decoration, the words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        static(SPRITE),
        name,
    )


@register.simple_tag
def languages() -> tuple[tuple[str, str], ...]:
    """Return the languages, each named in itself, also where no request is known."""
    return LANGUAGES


@register.simple_block_tag
def words(content: str) -> str:
    """Keep a block once, to show it in more than one place."""
    return mark_safe(content.strip())  # noqa: S308 - already rendered


@register.inclusion_tag(component("nav_item"), takes_context=True)
def nav_item(
    context: Context,
    view: str,
    label: str,
    icon_name: str = "",
    count: int | None = None,
) -> Values:
    """Link to a page of the navigation; one that the reader may not open is left out.

    Error pages have no user; they show what is open to everybody.
    """
    if not is_open(view, context.get("user") or AnonymousUser()):
        return {}
    url = reverse(view)
    path = getattr(context.get("request"), "path", "")
    home = view.endswith(":home")
    here = path == url if home else path.startswith(url)
    return {"url": url, "label": label, "icon": icon_name, "count": count, "here": here}


@register.simple_tag(takes_context=True)
def opens(context: Context, view: str) -> bool:
    """Say whether the reader may open a page: `{% opens "portal:keys" as may %}`."""
    return is_open(view, context.get("user") or AnonymousUser())


def _if_open(context: Context, url: str) -> str:
    """Keep the address of one of our pages only for whoever may open it."""
    if not url.startswith("/"):
        return url
    try:
        view = resolve(url.partition("?")[0]).view_name
    except Resolver404:
        return ""
    return url if opens(context, view) else ""


# A list holds a badge and a deadline a row. Drawn here, both take a tenth of the time
# that a template of their own would.
@register.simple_tag
def badge(state: str, label: str, tone: str = "") -> SafeString:
    """Show a status by its words; the tone comes from the state."""
    shown = tone or tone_of(str(state))
    return format_html('<span class="tag tag-{}">{}</span>', shown, label)


@register.simple_tag(takes_context=True)
def deadline_chip(
    context: Context,
    due_on: date | None,
    met_on: date | None = None,
    why_url: str = "",
    *,
    paused: bool = False,
) -> SafeString:
    """Say when something is due, seen from `look.today`."""
    chip = chip_of(due_on, context["look"].today, met_on, paused=paused)
    day = f"{due_on:%Y-%m-%d}" if due_on else ""
    return format_html(
        '<span class="tag tag-{} chip">{}<span>{}</span>{}</span>{}',
        chip.tone,
        icon(chip.icon),
        chip.words,
        format_html('<time datetime="{0}" class="chip-day">{0}</time>', day)
        if day
        else "",
        format_html(' <a class="why" href="{}">{}</a>', why_url, _("Why this date?"))
        if why_url
        else "",
    )


@register.inclusion_tag(component("empty_state"), takes_context=True)
def empty_state(
    context: Context, title: str, text: str = "", *way: str, icon: str = "inbox"
) -> Values:
    """Say that nothing is here, and what to do, where that is open to the reader.

    After the text come the address where to go on, its words, and the icon.
    """
    url, label, icon = (*way, *("", "", icon)[len(way) :])
    url = _if_open(context, url)
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Set a message apart."""
    shown = {
        "content": content,
        "tone": tone,
        "title": title,
        "icon": ALERT_ICONS[tone],
    }
    return render_to_string(component("alert"), shown)


@register.simple_block_tag
def table(content: str, caption: str, *, stack: bool = False) -> SafeString:
    """Wrap a table so that it scrolls, or stacks, on a small screen."""
    shown = {"content": content, "caption": caption, "stack": stack}
    return render_to_string(component("table"), shown)


@register.simple_block_tag
def bulk_bar(content: str) -> SafeString:
    """Hold the acts for all the records that were picked."""
    return render_to_string(component("bulk_bar"), {"content": content})


@register.inclusion_tag(component("pagination"), takes_context=True)
def pagination(context: Context, page: Page[Any]) -> Values:
    """Link to the other pages and keep the rest of the query string."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1)
    return {"page": page, "numbers": list(numbers), "request": context.get("request")}


@register.inclusion_tag(component("filter_bar"), takes_context=True)
def filter_bar(context: Context, form: Form, saved: Sequence[Filter] = ()) -> Values:
    """Show a search form in one line, with the saved filters above it."""
    path = getattr(context.get("request"), "path", "")
    return {"form": form, "saved": saved, "path": path}


@register.inclusion_tag(component("error_summary"))
def error_summary(*shown: Form) -> Values:
    """List every error of the forms, each linked to its field."""
    bound = [form for form in shown if form.is_bound]
    fields = [field for form in bound for field in form if field.errors]
    general = [error for form in bound for error in form.non_field_errors()]
    return {"fields": fields, "general": general}


@register.inclusion_tag(component("field"))
def field(bound: BoundField, label: str = "") -> Values:
    """Show a field with its label, help and error tied together."""
    widget = bound.field.widget
    grouped = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    single = isinstance(widget, forms.CheckboxInput)
    return {
        "field": bound,
        "label": label or bound.label,
        "grouped": grouped,
        "single": single,
        "control": "" if grouped else _control(bound),
    }


def _control(bound: BoundField) -> SafeString:
    widget = bound.field.widget
    kind = "form-control"
    if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        kind = "form-select"
    if isinstance(widget, forms.CheckboxInput):
        kind = "form-check-input"
    wrong = " is-invalid" if bound.errors else ""
    own = widget.attrs.get("class", "")
    attrs: dict[str, str | bool] = {"class": f"{kind}{wrong} {own}".strip()}
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag(component("form_fields"))
def form_fields(form: Form) -> Values:
    """Show the hidden fields and every visible one in order."""
    return {"form": form}


@register.inclusion_tag(component("definitions"))
def definitions(facts: Iterable[Fact]) -> Values:
    """Show facts as a definition list."""
    return {"facts": facts}


@register.inclusion_tag(component("timeline"))
def timeline(events: Iterable[Event]) -> Values:
    """Show what happened, in the order given."""
    return {"events": events}


@register.inclusion_tag(component("stat_tile"), takes_context=True)
def stat_tile(
    context: Context, label: str, value: object, url: str = "", note: str = ""
) -> Values:
    """Show a number that opens onto what it was counted from, where that is open."""
    way = _if_open(context, url)
    return {"label": label, "value": value, "url": way, "note": note}


@register.inclusion_tag(component("chain"))
def chain(steps: Iterable[Step]) -> Values:
    """Show how far something has come."""
    return {"steps": steps}


@register.inclusion_tag(component("progress"))
def progress(done: int, total: int, label: str, url: str = "") -> Values:
    """Show how much of a long task is done; with a URL, htmx asks again."""
    running = bool(url) and done < total
    return {"done": done, "total": total, "label": label, "url": url, "again": running}


@register.inclusion_tag(component("copyable"))
def copyable(text: str, label: str) -> Values:
    """Show a code to keep, with a button to copy it when scripts run."""
    return {"text": text, "label": label}


@register.simple_block_tag(takes_context=True)
def confirmation(
    context: Context,
    content: str,
    action: str,
    label: str,
    question: str,
) -> SafeString:
    """Ask once more before an act, with or without scripts."""
    shown = {
        "content": content,
        "action": action,
        "label": label,
        "question": question,
        "csrf_token": context.get("csrf_token", ""),
    }
    return render_to_string(component("confirmation"), shown)


@register.inclusion_tag(component("breadcrumb"))
def breadcrumb(url: str, label: str) -> Values:
    """Show one step of the path to a page."""
    return {"url": url, "label": label}


@register.simple_tag
def bilingual(words: Mapping[str, str]) -> str:
    """Say data that come as {"en": …, "zh": …} in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return words.get("zh" if chinese else "en") or words.get("en", "")
