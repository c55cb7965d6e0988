"""What the page of an item asks for. Shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.evidence.models import Item
from hufu.domain.evidence.queries import possible_receivers
from hufu.domain.people.models import Account


class PurposeForm(forms.Form):
    """What a file is needed for."""

    purpose = forms.CharField(label=_("What it is needed for"), max_length=500)


class CaptureForm(forms.Form):
    """Which page is wanted, and what for."""

    url = forms.URLField(
        label=_("Address of the page"), max_length=2000, assume_scheme="https"
    )
    purpose = forms.CharField(label=_("What it is needed for"), max_length=500)


class HandOverForm(forms.Form):
    """To whom, where and why an item changes hands."""

    receiver = forms.ModelChoiceField(
        label=_("To whom"), queryset=Account.objects.none()
    )
    place = forms.CharField(label=_("Where"), max_length=200)
    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args: Any, actor: Account, item: Item, **kwargs: Any) -> None:
        """Offer the officers who may take the item over."""
        super().__init__(*args, **kwargs)
        officers = possible_receivers(actor, item)
        receiver = self.fields["receiver"]
        receiver.queryset = officers  # type: ignore[attr-defined]  # a ModelChoiceField
        receiver.label_from_instance = (  # type: ignore[attr-defined]  # a ModelChoiceField
            lambda one: f"{one.get_full_name() or one.username} · {one.role_name}"
        )
