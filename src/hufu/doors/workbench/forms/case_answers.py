"""Answers to what waits in a case, as forms: measures, words, recusals, transfers."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.cases import services
from hufu.domain.cases.models import (
    Challenge,
    Conflict,
    Exhibit,
    Measure,
    Participant,
    Submission,
    Transfer,
)
from hufu.doors.workbench.forms.case_base import ActForm, long_text


class ConflictField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A request for recusal, shown by the officer's name."""

    def label_from_instance(self, obj: Conflict) -> str:
        """Name the officer."""
        return obj.account.get_full_name() or obj.account.username


class ParticipantField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A member of the team, shown by name and duty."""

    def label_from_instance(self, obj: Participant) -> str:
        """Name the member."""
        name = obj.account.get_full_name() or obj.account.username
        return f"{name} ({obj.get_duty_display()})"


class SubmissionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """What the respondent wrote, shown by kind and day."""

    def label_from_instance(self, obj: Submission) -> str:
        """Name kind and day."""
        return f"{obj.get_kind_display()} {obj.made_on}"


class ApproveMeasure(ActForm):
    """Approve a preservation of goods."""

    title = _("Approve the preservation of goods")
    measure = forms.ModelChoiceField(
        Measure.objects.none(), label=_("Measure"), empty_label=None
    )

    def prepare(self) -> None:
        """Offer what waits."""
        self.offer("measure", self.case.measures.filter(approved_by=""))

    def run(self, at: datetime) -> None:
        """Do the act."""
        measure = self.cleaned_data["measure"]
        services.approve_measure(actor=self.actor, at=at, measure=measure)


class SettleMeasure(ActForm):
    """Decide what becomes of preserved goods."""

    title = _("Decide about preserved goods")
    measure = forms.ModelChoiceField(
        Measure.objects.none(), label=_("Measure"), empty_label=None
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Measure.Outcome.choices)

    def prepare(self) -> None:
        """Offer what waits."""
        self.offer("measure", self.case.measures.filter(outcome=""))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.settle_measure(
            actor=self.actor,
            at=at,
            measure=self.cleaned_data["measure"],
            outcome=Measure.Outcome(self.cleaned_data["outcome"]),
        )


class Answer(ActForm):
    """Say what became of a statement."""

    title = _("Answer the respondent")
    submission = SubmissionField(
        Submission.objects.none(), label=_("Statement"), empty_label=None
    )
    answer = long_text(_("What was checked, what is accepted and what not"))

    def prepare(self) -> None:
        """Offer what was not answered."""
        waiting = self.case.submissions.filter(answered_at=None)
        self.offer("submission", waiting.exclude(kind="waiver"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.answer_submission(
            actor=self.actor,
            at=at,
            submission=self.cleaned_data["submission"],
            answer=self.cleaned_data["answer"],
        )


class DecideConflict(ActForm):
    """Answer a request for recusal."""

    title = _("Decide about a recusal")
    conflict = ConflictField(
        Conflict.objects.none(), label=_("Officer"), empty_label=None
    )
    stands_back = forms.TypedChoiceField(
        label=pgettext_lazy("yes or no", "Decision"),
        choices=[("yes", _("stands back")), ("no", _("stays"))],
        coerce=lambda value: value == "yes",
    )
    answer = long_text(_("Reason"))

    def prepare(self) -> None:
        """Offer what waits."""
        waiting = self.case.conflicts.filter(outcome=Conflict.Outcome.OPEN)
        self.offer("conflict", waiting.select_related("account"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.decide_conflict(actor=self.actor, at=at, **self.cleaned_data)


class ApproveTransfer(ActForm):
    """Decide about a proposed transfer."""

    title = _("Decide about the transfer")
    decision = forms.ChoiceField(
        label=pgettext_lazy("yes or no", "Decision"),
        choices=[("yes", _("transfer")), ("no", _("do not transfer"))],
    )
    reason = forms.CharField(
        label=_("Reason for a refusal"),
        widget=forms.Textarea({"rows": 2}),
        required=False,
    )

    def run(self, at: datetime) -> None:
        """Do the act."""
        transfer = Transfer.objects.get(case=self.case, approved=None)
        if self.cleaned_data["decision"] == "yes":
            services.approve_transfer(actor=self.actor, at=at, transfer=transfer)
            return
        reason = self.cleaned_data["reason"]
        services.refuse_transfer(
            actor=self.actor, at=at, transfer=transfer, reason=reason
        )


class SendTransfer(ActForm):
    """Note that the file went out."""

    title = _("Note that the file was sent")
    receipt = forms.FileField(label=_("Receipt"), required=False)

    def run(self, at: datetime) -> None:
        """Do the act."""
        transfer = Transfer.objects.get(case=self.case, approved=True)
        upload = self.cleaned_data["receipt"]
        receipt = self.deposit(upload, at) if upload else None
        services.send_transfer(
            actor=self.actor, at=at, transfer=transfer, receipt=receipt
        )


class ResolveChallenge(ActForm):
    """Note how reconsideration or suit ended."""

    title = _("Note how reconsideration or suit ended")
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(), label=_("Matter"), empty_label=None
    )
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[c for c in Challenge.Result.choices if c[0] != "pending"],
    )

    def prepare(self) -> None:
        """Offer what is pending."""
        self.offer("challenge", self.case.challenges.filter(result="pending"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.resolve_challenge(
            actor=self.actor,
            at=at,
            challenge=self.cleaned_data["challenge"],
            result=Challenge.Result(self.cleaned_data["result"]),
        )


class Leave(ActForm):
    """Take somebody off the team."""

    title, grave = _("Take off the team"), True
    participant = ParticipantField(Participant.objects.none(), label=_("Officer"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def prepare(self) -> None:
        """Offer the team."""
        team = self.case.participants.filter(removed_at=None)
        self.offer("participant", team.select_related("account"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.remove_participant(actor=self.actor, at=at, **self.cleaned_data)


class Disclose(ActForm):
    """Show exhibits to the respondents, or not."""

    title = _("Choose what the respondent sees")
    shown = forms.ModelMultipleChoiceField(
        Exhibit.objects.none(),
        label=_("Disclosed exhibits"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        """Tick what is disclosed now."""
        self.offer("shown", self.case.exhibits.all())
        self.initial["shown"] = [
            e.pk for e in self.case.exhibits.filter(disclosed=True)
        ]

    def run(self, at: datetime) -> None:
        """Do the act for every exhibit that changes."""
        shown = set(self.cleaned_data["shown"])
        for exhibit in self.case.exhibits.all():
            if exhibit.disclosed != (exhibit in shown):
                services.disclose_exhibit(
                    actor=self.actor,
                    at=at,
                    exhibit=exhibit,
                    disclosed=exhibit in shown,
                )
