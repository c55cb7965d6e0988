"""The acts of a decision as forms; services decide."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.people.models import Account
from hufu.domain.remedies import queries, services
from hufu.domain.remedies.models import Decision, Penalty
from hufu.doors.letters.decision_pdf import decision_letters
from hufu.doors.storage.blobs import blob_store
from hufu.doors.workbench.forms.case_base import (
    ActForm,
    DateInput,
    Files,
    Typed,
    long_text,
)
from hufu.doors.workbench.forms.case_served import Notify


class DecisionAct(ActForm):
    """One act on one decision."""

    def __init__(
        self,
        decision: Decision,
        actor: Account,
        data: Typed = None,
        files: Files = None,
    ) -> None:
        """Know the decision."""
        self.decision = decision
        super().__init__(decision.case, actor, data, files)

    def said(self, at: datetime) -> dict[str, Any]:
        """Return what every service wants."""
        return {"actor": self.actor, "at": at, "decision": self.decision}


class Comment(DecisionAct):
    """Tell the drafter what to change."""

    title = _("Comment on the draft")
    remark = long_text(_("What should change"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.comment_decision(**self.said(at), **self.cleaned_data)


class Confirm(DecisionAct):
    """Record that a rule was read in the law."""

    title = _("Confirm a rule")
    rule = forms.ChoiceField(label=_("Rule"))
    reason = long_text(_("Where it was read"))

    def prepare(self) -> None:
        """Offer the rules nobody has read."""
        unread = queries.unread_rules(self.decision)
        choices = [(r.rule, r.source.cite("zh")) for r in unread]
        self.fields["rule"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.confirm_ruling(**self.said(at), **self.cleaned_data)


class Review(DecisionAct):
    """Pass the legal review."""

    title = _("Pass legal review")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.review_decision(**self.said(at))


class Reasoned(DecisionAct):
    """An act that wants a reason."""

    grave = True
    reason = long_text(_("Reason"))


class SendBack(Reasoned):
    """Return the draft."""

    title = _("Send back to the officer")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.send_back_decision(**self.said(at), **self.cleaned_data)


class Drop(Reasoned):
    """Withdraw the draft."""

    title = _("Withdraw the draft")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.drop_decision(**self.said(at), **self.cleaned_data)


class Revoke(Reasoned):
    """Note the revocation."""

    title = _("Note that it was revoked")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.revoke_decision(**self.said(at), **self.cleaned_data)


class Approve(DecisionAct):
    """Decide the case."""

    title = _("Approve and decide the case")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.approve_decision(**self.said(at))


class Issue(DecisionAct):
    """Set the letters in type and keep them."""

    title = _("Issue the letters")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.issue_decision(
            **self.said(at),
            storage=blob_store(),
            letters=decision_letters(self.decision),
        )


class ServeDecision(DecisionAct, Notify):
    """Note that the letter reached a respondent."""

    title = _("Note the service of the decision")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.serve_decision(
            **self.said(at),
            party=self.cleaned_data["party"],
            delivery=self.delivery(at),
        )


class Pay(DecisionAct):
    """Record money."""

    title = _("Record a payment")
    amount = forms.DecimalField(label=_("Amount"), max_digits=16, decimal_places=2)
    on = forms.DateField(label=_("Received on"), widget=DateInput)

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.record_payment(**self.said(at), **self.cleaned_data)


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A line of the decision, shown by its kind."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the line."""
        return f"{obj.number}. {obj.get_kind_display()}"


class Fulfil(DecisionAct):
    """Record that an order was carried out."""

    title = _("Record that a line was carried out")
    penalty = LineField(Penalty.objects.none(), label=_("Line"), empty_label=None)
    on = forms.DateField(label=_("Carried out on"), widget=DateInput)
    note = long_text(_("How it was checked"))

    def prepare(self) -> None:
        """Offer the lines that are not money and not done."""
        done = self.decision.executions.filter(kind="fulfilment").values("penalty")
        lines = self.decision.penalties.filter(amount=None).exclude(pk__in=done)
        self.offer("penalty", lines)

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.record_fulfilment(actor=self.actor, at=at, **self.cleaned_data)


class Plan(DecisionAct):
    """Defer payment or accept two instalments."""

    title = _("Defer payment or grant instalments")
    amount_1 = forms.DecimalField(
        label=_("First amount"), max_digits=16, decimal_places=2
    )
    due_1 = forms.DateField(label=_("Payable by"), widget=DateInput)
    amount_2 = forms.DecimalField(
        label=_("Second amount, if any"),
        max_digits=16,
        decimal_places=2,
        required=False,
    )
    due_2 = forms.DateField(label=_("Payable by"), widget=DateInput, required=False)
    reason = long_text(_("Reason"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        typed = self.cleaned_data
        pairs = [(typed[f"amount_{n}"], typed[f"due_{n}"]) for n in (1, 2)]
        plan = [services.Instalment(a, d) for a, d in pairs if a and d]
        services.grant_instalments(**self.said(at), plan=plan, reason=typed["reason"])


class Demand(DecisionAct):
    """Note the written demand."""

    title = _("Note the written demand")
    note = long_text(_("Remark"), 2)

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.demand_payment(**self.said(at), **self.cleaned_data)


class Court(DecisionAct):
    """Note the application to the court."""

    title = _("Note the application to the court")
    on = forms.DateField(label=_("Applied on"), widget=DateInput)
    note = long_text(_("Court and file number"), 2)

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.note_court_application(**self.said(at), **self.cleaned_data)


class Complete(DecisionAct):
    """Call it carried out."""

    title = _("Decision is carried out")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.complete_decision(**self.said(at))


ACTS: dict[str, type[DecisionAct]] = {
    "approve": Approve,
    "comment": Comment,
    "complete": Complete,
    "confirm": Confirm,
    "court": Court,
    "demand": Demand,
    "drop": Drop,
    "fulfil": Fulfil,
    "issue": Issue,
    "pay": Pay,
    "plan": Plan,
    "review": Review,
    "revoke": Revoke,
    "send_back": SendBack,
    "serve": ServeDecision,
}
