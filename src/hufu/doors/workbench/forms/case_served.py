"""Notice, service and hearing of a case as forms."""

import secrets
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.cases import services
from hufu.domain.cases.codes import BYTES, code_of, hash_of
from hufu.domain.cases.models import CaseParty, Hearing, Service, Submission
from hufu.domain.people.models import Account
from hufu.doors.workbench.forms.case_base import (
    AccountField,
    ActForm,
    DateInput,
    HourInput,
    PartyField,
    long_text,
)


class Serve(ActForm):
    """Note that a document reached a party."""

    title = _("Note a service")
    party = PartyField(CaseParty.objects.none(), label=_("Party"))
    document = forms.ChoiceField(
        label=_("Document"),
        choices=[
            c for c in Service.Document.choices if c[0] not in ("notice", "decision")
        ],
    )
    method = forms.ChoiceField(label=_("How"), choices=Service.Method.choices)
    sent_on = forms.DateField(label=_("Sent or handed over on"), widget=DateInput)
    received_on = forms.DateField(
        label=_("Received on"),
        help_text=_("Leave empty for an announcement."),
        widget=DateInput,
        required=False,
    )
    receiver = forms.CharField(label=_("Received by"), max_length=200, required=False)
    proof = forms.FileField(label=_("Proof of service"))

    def prepare(self) -> None:
        """Offer the parties."""
        parties = self.case.parties.filter(removed_at=None).select_related("party")
        self.offer("party", parties)

    def delivery(self, at: datetime) -> services.Delivery:
        """Say how it was served, with the proof kept as evidence."""
        typed = self.cleaned_data
        return services.Delivery(
            method=typed["method"],
            sent_on=typed["sent_on"],
            received_on=typed["received_on"],
            receiver=typed["receiver"],
            proof=self.deposit(typed["proof"], at),
        )

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.serve_document(
            actor=self.actor,
            at=at,
            party=self.cleaned_data["party"],
            document=Service.Document(self.cleaned_data["document"]),
            delivery=self.delivery(at),
        )


class Notify(Serve):
    """Serve the notice with a new code; the code is shown once."""

    title = _("Note the service of the notice")
    document = None  # type: ignore[assignment]  # removes the field of the parent
    code = ""

    def prepare(self) -> None:
        """Offer the respondents."""
        respondents = self.case.parties.filter(role="respondent", removed_at=None)
        self.offer("party", respondents.select_related("party"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        code = code_of(secrets.token_bytes(BYTES))
        services.notify_respondent(
            actor=self.actor,
            at=at,
            party=self.cleaned_data["party"],
            delivery=self.delivery(at),
            code_hash=hash_of(code),
        )
        self.code = code


class CallHearing(ActForm):
    """Appoint who holds the hearing."""

    title = _("Order the hearing")
    request = forms.ModelChoiceField(
        Submission.objects.none(), label=_("Request"), empty_label=None
    )
    host = AccountField(
        Account.objects.none(),
        label=_("Held by"),
        help_text=_("Nobody who investigated the case."),
    )

    def prepare(self) -> None:
        """Offer timely requests, and officers who did not investigate."""
        asked = self.case.submissions.filter(kind="hearing", late=False, hearing=None)
        self.offer("request", asked)
        handled = self.case.participants.filter(duty="handler").values("account")
        hosts = Account.objects.filter(
            agency=self.case.agency_id, is_active=True, role="reviewer"
        )
        self.offer("host", hosts.exclude(pk__in=handled))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.call_hearing(
            actor=self.actor,
            at=at,
            case=self.case,
            request=self.cleaned_data["request"],
            host=self.cleaned_data["host"],
        )


def hearing_of(form: ActForm) -> Hearing:
    """Return the hearing of the case."""
    return Hearing.objects.select_related("host", "request").get(case=form.case)


class SetHearing(ActForm):
    """Fix time and place."""

    title = _("Fix time and place of the hearing")
    held_at = forms.DateTimeField(label=_("Time"), widget=HourInput)
    place = forms.CharField(label=_("Place"), max_length=300)
    public = forms.BooleanField(label=_("In public"), required=False, initial=True)

    def run(self, at: datetime) -> None:
        """Do the act."""
        sitting = services.Sitting(**self.cleaned_data)
        services.set_hearing(
            actor=self.actor, at=at, hearing=hearing_of(self), sitting=sitting
        )


class EndHearing(ActForm):
    """Close the sitting."""

    title = _("Note that the hearing was held")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.end_hearing(actor=self.actor, at=at, hearing=hearing_of(self))


class ReportHearing(ActForm):
    """Report on the hearing."""

    title = _("File the report on the hearing")
    report = long_text(pgettext_lazy("hearing", "Report"), 5)

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.report_hearing(
            actor=self.actor,
            at=at,
            hearing=hearing_of(self),
            report=self.cleaned_data["report"],
        )
