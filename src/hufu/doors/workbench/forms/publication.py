"""What an officer chooses about a notice: what stays, what more goes, how long."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.publication import services
from hufu.domain.publication.models import Notice
from hufu.domain.publication.queries import Passage
from hufu.doors.workbench.forms.case_base import long_text


class ChoicesForm(forms.Form):
    """The drafting officer's choices; the proposal goes unless something is ticked."""

    extra_en = long_text(_("Leave out as well, in the English text (one per line)"), 2)
    extra_zh = long_text(_("Leave out as well, in the Chinese text (one per line)"), 2)
    keep = forms.MultipleChoiceField(
        label=_("Proposed passages that stay"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    keep_reason = forms.CharField(
        label=_("Why they stay"), max_length=1000, required=False
    )
    term = forms.ChoiceField(
        label=_("How long it is shown"), choices=Notice.Term.choices
    )
    term_reason = forms.CharField(
        label=_("Rule under which the fine counts as low (short term only)"),
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any, *, passages: list[Passage], initial: Any) -> None:
        """Offer the proposed passages."""
        super().__init__(data, initial=initial)
        self.fields["extra_en"].required = self.fields["extra_zh"].required = False
        choices = [(p.place, f"{p.piece.text} → {p.piece.mark}") for p in passages]
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def choices(self) -> services.Choices:
        """Return the choices for the service."""
        typed = self.cleaned_data
        places = (place.split(":") for place in typed["keep"])
        return services.Choices(
            keep=frozenset((lang, int(a), int(b)) for lang, a, b in places),
            keep_reason=typed["keep_reason"],
            extra={
                language: tuple(typed[f"extra_{language}"].splitlines())
                for language in ("en", "zh")
            },
            term=typed["term"],
            term_reason=typed["term_reason"],
        )


class WithdrawForm(forms.Form):
    """Why a notice is taken away."""

    reason = long_text(_("Reason"), 2)
