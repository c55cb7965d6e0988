"""For whom the evidence is, which right it is about, and what is there."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hufu.base.law import book
from hufu.doors.portal.forms.tools.competence import RIGHTS
from hufu.doors.portal.forms.tools.fields import PickField
from hufu.doors.portal.tools.words import said
from hufu.engines.law import Checklist

PREFIX = "evidence."
ELECTRONIC = "electronic"
CHANNELS = {
    "platform_notice": _("An online platform shall take an offer down"),
    "administrative": _("An authority shall act"),
    "civil": _("A court shall stop it and award damages"),
    "criminal": _("The police shall take it over"),
    "customs": _("Customs shall stop goods at the border"),
    "mediation": _("A settlement is mediated and confirmed"),
    "arbitration": _("Arbitrators shall decide"),
}
TRAITS = {
    "electronic": _("Something electronic: a web page, chat, e-mail, photo, data"),
    "blockchain": _("Something deposited on a blockchain"),
    "confidential": _("Something that must stay secret"),
}
SECRET = "trade_secret"  # noqa: S105 - the name of a right


def channels() -> list[tuple[str, Any]]:
    """List for whom evidence is gathered."""
    names = [n.removeprefix(PREFIX) for n in book().names(PREFIX)]
    known = [code for code in CHANNELS if code in names]
    others = [n for n in names if n not in CHANNELS and n != ELECTRONIC]
    return [(code, CHANNELS[code]) for code in known] + [
        (code, said(book().rule(f"{PREFIX}{code}").title)) for code in others
    ]


class ChannelForm(forms.Form):
    """For whom, about which right, of what kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the pack in force knows."""
        super().__init__(*args, **kwargs)
        self.fields["channel"] = PickField(
            channels(), label=_("What shall happen?"), widget=forms.RadioSelect
        )
        self.fields["right"] = PickField(
            [("", _("Choose…")), *RIGHTS.items()], label=_("Which right is it about?")
        )
        self.fields["traits"] = forms.MultipleChoiceField(
            choices=list(TRAITS.items()),
            label=_("What kind of evidence do you have?"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def traits(self) -> set[str]:
        """Return what the evidence is; data on a chain are electronic, too."""
        found = set(self.cleaned_data["traits"])
        if "blockchain" in found:
            found.add(ELECTRONIC)
        if self.cleaned_data["right"] == SECRET:
            found.add("confidential")
        return found


class HaveForm(forms.Form):
    """What is there already."""

    def __init__(
        self, lists: list[Checklist], chosen: dict[str, Any], data: Any
    ) -> None:
        """List everything that the channel asks for."""
        super().__init__(data, initial=chosen)
        for name in ("channel", "right"):
            self.fields[name] = forms.CharField(widget=forms.HiddenInput)
        self.fields["traits"] = forms.MultipleChoiceField(
            choices=list(TRAITS.items()),
            required=False,
            widget=forms.MultipleHiddenInput,
        )
        self.fields["ask"] = forms.CharField(widget=forms.HiddenInput, initial="1")
        for checklist in lists:
            code = checklist.channel
            items = [(i.code, capfirst(said(i.title))) for i in checklist.items]
            self.fields[f"have_{code}"] = forms.MultipleChoiceField(
                choices=items,
                label=said(checklist.title),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def boxes(self) -> list[forms.BoundField]:
        """Give the lists to tick."""
        return [self[name] for name in self.fields if name.startswith("have_")]


def asked_lists(
    channel: str, traits: set[str], day: date, have: dict[str, list[str]]
) -> list[Checklist]:
    """Return the checklist of the channel, and that for electronic evidence.

    The second only where the channel looks into electronic evidence at all.
    """
    ruling = book().on(day, f"{PREFIX}{channel}")
    asks = any(item.get("when") == ELECTRONIC for item in ruling.value["items"])
    known = ELECTRONIC in traits and f"{PREFIX}{ELECTRONIC}" in book().rules
    names = (channel, ELECTRONIC) if asks and known else (channel,)
    return [book().evidence(n, day, have.get(n, ()), traits) for n in names]
