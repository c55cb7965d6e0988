"""The steps of a case as forms: each checks the shape, its service decides."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hufu.domain.cases import queries, services
from hufu.domain.cases.models import Case
from hufu.domain.evidence.models import Item
from hufu.doors.identity import today
from hufu.doors.workbench.forms.case_base import ActForm, DateInput, long_text


class FileCase(ActForm):
    """Approve the filing."""

    title = _("Approve the filing")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.file_case(actor=self.actor, at=at, case=self.case)


class RefuseFiling(ActForm):
    """Decide that no case is filed."""

    title, grave = _("Do not file"), True
    reason = long_text(_("Reason"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        reason = self.cleaned_data["reason"]
        services.refuse_filing(actor=self.actor, at=at, case=self.case, reason=reason)


class Investigate(ActForm):
    """Start the investigation."""

    title = _("Start the investigation")

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.start_investigation(actor=self.actor, at=at, case=self.case)


class AddExhibit(ActForm):
    """Make something an exhibit: what came with the lead, or a new file."""

    title = _("Add an exhibit")
    item = forms.ModelChoiceField(
        Item.objects.none(), label=_("From the lead"), required=False
    )
    file = forms.FileField(label=_("Or a new file"), required=False)
    purpose = forms.CharField(label=_("What it is to prove"), max_length=500)

    def prepare(self) -> None:
        """Offer what came with the leads."""
        self.offer("item", queries.offered_items(self.case))

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        typed = super().clean() or {}
        if not typed.get("item") and not typed.get("file"):
            raise forms.ValidationError(_("Choose an item or a file."))
        return typed

    def run(self, at: datetime) -> None:
        """Do the act."""
        typed = self.cleaned_data
        item = typed["item"] or self.deposit(typed["file"], at)
        services.add_exhibit(
            actor=self.actor,
            at=at,
            case=self.case,
            item=item,
            purpose=self.cleaned_data["purpose"],
        )


class MarkExhibits(ActForm):
    """Say of each exhibit which requirements of the evidence lists it meets."""

    title = _("Note what each exhibit meets")

    def prepare(self) -> None:
        """Give each exhibit its list, with what was noted before."""
        language = get_language() or "en"
        known = queries.evidence_requirements(today())
        choices = [(c, capfirst(words.say(language))) for c, words in known.items()]
        self.exhibits = list(self.case.exhibits.all())
        for exhibit in self.exhibits:
            self.fields[str(exhibit.pk)] = forms.MultipleChoiceField(
                choices=choices,
                label=f"{exhibit.number}. {exhibit.purpose}",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=exhibit.meets,
            )

    def run(self, at: datetime) -> None:
        """Do the act for every exhibit that changes."""
        for exhibit in self.exhibits:
            meets = self.cleaned_data[str(exhibit.pk)]
            if set(meets) != set(exhibit.meets):
                services.mark_exhibit(
                    actor=self.actor, at=at, exhibit=exhibit, meets=meets
                )


class PreserveGoods(ActForm):
    """Register goods and leave them as evidence where they are."""

    title = _("Preserve goods as evidence")
    taken_on = forms.DateField(label=_("Taken on"), widget=DateInput)
    place = forms.CharField(label=_("Place"), max_length=300)
    keeper = forms.CharField(label=_("Kept by"), max_length=200)
    goods = forms.CharField(
        label=pgettext_lazy("preserved", "Goods"),
        help_text=_("One line each: name; model; quantity; unit"),
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_goods(self) -> list[services.Good]:
        """Read the lines."""
        typed = self.cleaned_data["goods"].splitlines()
        return [_good(line) for line in typed if line.strip()]

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.preserve_goods(
            actor=self.actor,
            at=at,
            case=self.case,
            facts=services.MeasureFacts(**self.cleaned_data),
        )


def _good(line: str) -> services.Good:
    parts = [p.strip() for p in line.replace("；", ";").split(";")]
    if len(parts) != 4:  # noqa: PLR2004 - name, model, quantity, unit
        raise forms.ValidationError(
            _("“%(line)s” does not read: name; model; quantity; unit"),
            params={"line": line},
        )
    quantity = forms.DecimalField(min_value=0, max_digits=14, decimal_places=3)
    return services.Good(parts[0], quantity.clean(parts[2]), parts[3], parts[1])


class Submit(ActForm):
    """End the investigation."""

    title = _("Submit the investigation report")
    report = long_text(_("Report: facts, evidence, law, proposal"), 6)

    def run(self, at: datetime) -> None:
        """Do the act."""
        report = self.cleaned_data["report"]
        services.submit_for_review(
            actor=self.actor, at=at, case=self.case, report=report
        )


class Review(ActForm):
    """Pass the legal review."""

    title = _("Pass the legal review")
    opinion = long_text(_("Opinion"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        opinion = self.cleaned_data["opinion"]
        services.review_case(actor=self.actor, at=at, case=self.case, opinion=opinion)


class SendBack(ActForm):
    """Ask for more investigation."""

    title = _("Send back for more investigation")
    opinion = long_text(_("What is missing"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        opinion = self.cleaned_data["opinion"]
        services.send_back_case(
            actor=self.actor, at=at, case=self.case, opinion=opinion
        )


class ProposeDecision(ActForm):
    """Write down what is meant to be decided."""

    title = _("Write down the intended decision")
    violation = long_text(_("Facts found"))
    grounds = long_text(_("Reasons and legal basis"))
    proposal = long_text(_("Intended decision"))
    fine = forms.DecimalField(
        label=_("Fine (CNY)"), required=False, min_value=0, decimal_places=2
    )
    confiscation = forms.DecimalField(
        label=_("Value to be confiscated (CNY)"),
        required=False,
        min_value=0,
        decimal_places=2,
    )
    graver_order = forms.BooleanField(
        label=_("A licence is revoked, or business closed or restricted"),
        required=False,
    )
    complex_case = forms.BooleanField(
        label=_("Complex, or of weight for the public interest"), required=False
    )

    def run(self, at: datetime) -> None:
        """Do the act."""
        facts = services.IntentionFacts(**self.cleaned_data)
        services.propose_decision(actor=self.actor, at=at, case=self.case, facts=facts)


class Discuss(ActForm):
    """Enter the minutes of the collective discussion."""

    title = _("Enter the collective discussion")
    minutes = long_text(_("Minutes: who was present, what was said and decided"), 5)

    def run(self, at: datetime) -> None:
        """Do the act."""
        minutes = self.cleaned_data["minutes"]
        services.discuss_case(actor=self.actor, at=at, case=self.case, minutes=minutes)


class Close(ActForm):
    """Close the case."""

    title = _("Close the case")
    report = long_text(_("Closing report"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        report = self.cleaned_data["report"]
        services.close_case(actor=self.actor, at=at, case=self.case, report=report)


class Withdraw(ActForm):
    """End the case without a penalty."""

    title, grave = _("End without penalty"), True
    ending = forms.ChoiceField(
        label=_("Why"),
        choices=[(e.value, e.label) for e in services.WITHDRAWALS],
    )
    reason = long_text(_("Reason"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.withdraw_case(
            actor=self.actor,
            at=at,
            case=self.case,
            ending=Case.Ending(self.cleaned_data["ending"]),
            reason=self.cleaned_data["reason"],
        )
