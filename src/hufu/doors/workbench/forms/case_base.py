"""What the act forms of a case share: fields, and how an act is tried."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import get_language

from hufu.base.errors import Refusal
from hufu.domain.cases.models import Case
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Item
from hufu.domain.people.models import Account
from hufu.doors.storage.blobs import blob_store

Files = MultiValueDict[str, Any] | None
Typed = Mapping[str, Any] | None


class DateInput(forms.DateInput):
    """A day, picked in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        """Write days as browsers do."""
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.DateTimeInput):
    """A day and an hour, picked in the browser."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        """Write instants as browsers do."""
        super().__init__(format="%Y-%m-%dT%H:%M")


def long_text(label: Any, rows: int = 3) -> forms.CharField:
    """Return a field for several lines."""
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}))


class AccountField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """An officer, shown by name and role."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the officer."""
        return f"{obj.get_full_name() or obj.username} ({obj.role_name})"


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """An agency, shown by its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the agency."""
        chinese = (get_language() or "").startswith("zh")
        return str(obj.name_zh if chinese else obj.name_en)


class PartyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A party of the case, shown by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the party."""
        return str(obj.party.name)


class ClockField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A period of the case, shown by its name and last day."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the period in the reader's language."""
        chinese = (get_language() or "").startswith("zh")
        return f"{obj.title['zh' if chinese else 'en']} ({obj.due_on})"


class ActForm(forms.Form):
    """One act in one case by one officer."""

    title: ClassVar[Promise]
    grave: ClassVar[bool] = False

    def __init__(
        self, case: Case, actor: Account, data: Typed = None, files: Files = None
    ) -> None:
        """Know the case, so that choices are its own."""
        # Many forms share a page: their fields need names of their own.
        super().__init__(data, files, auto_id=f"{type(self).__name__.lower()}_%s")
        self.case, self.actor = case, actor
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from the case."""

    def offer(self, field: str, records: QuerySet[Any]) -> None:
        """Let a field choose among these records."""
        self.fields[field].queryset = records  # type: ignore[attr-defined]  # a choice of records

    def run(self, at: datetime) -> None:
        """Do the act."""
        raise NotImplementedError

    def attempt(self, at: datetime) -> bool:
        """Do the act; a refusal becomes an error of the form, with its basis."""
        if not self.is_valid():
            return False
        try:
            self.run(at)
        except Refusal as refusal:
            basis = f" ({refusal.basis})" if refusal.basis else ""
            self.add_error(None, f"{refusal.message}{basis}")
            return False
        return True

    def deposit(self, upload: Any, at: datetime) -> Item:
        """Keep an uploaded file as an item of the case's agency."""
        return evidence.deposit_item(
            actor=self.actor,
            at=at,
            storage=blob_store(),
            upload=evidence.Upload(upload, upload.name or ""),
            agency=self.actor.agency,
        )
