"""Who may act in a case: their duty, how many they are, and nobody with an interest."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.law import basis, book
from hufu.base.models import Entry
from hufu.domain.cases.models import Case, CaseParty, Conflict, Interest, Participant
from hufu.domain.leads.models import Lead
from hufu.domain.people.actors import Bearer
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.engines.law import Ruling

Duty = Participant.Duty
RECUSAL = "procedure.recusal"
SENT_BY_SOMEBODY = (Lead.Origin.REPORT, Lead.Origin.COMPLAINT)
AGENCY_ACTS = (Permission.CASE_DECIDE, Permission.CASE_TEAM)


def enter(
    case: Case, actor: Actor, permission: Permission, duty: Duty | None = None
) -> Account:
    """Refuse whoever may not do this act in this case; return the account."""
    if not isinstance(actor, Account) or not actor.holds(permission):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if not case.open_to(actor) or (
        permission in AGENCY_ACTS and case.agency_id not in actor.agencies
    ):
        raise Refusal("other_agency", _("This record belongs to another agency."))
    refuse_conflict(case, actor)
    duties = set(team(case).filter(account=actor).values_list("duty", flat=True))
    if duty is not None and duty not in duties:
        raise Refusal(
            "not_your_duty",
            _("Only a member of the team with this duty may act: %(duty)s.")
            % {"duty": duty.label},
        )
    if permission is Permission.CASE_DECIDE and Duty.HANDLER in duties:
        raise Refusal(
            "investigated_it", _("Whoever investigates a case does not decide it.")
        )
    return actor


def cite(ruling: Ruling) -> str:
    """Cite a rule in the language in use."""
    return ruling.source.cite(get_language() or "en")


def team(case: Case) -> QuerySet[Participant]:
    """Return who takes part in the case now."""
    return case.participants.filter(removed_at=None)


def refuse_conflict(case: Case, actor: Account) -> None:
    """Refuse an officer who has an interest in the case."""
    if has_conflict(case, actor):
        raise Refusal(
            "conflict",
            _("You have an interest in this case and must stand back."),
            basis=basis(RECUSAL, case.opened_on),
        )


def has_conflict(case: Case, account: Account) -> bool:
    """Say whether the account stands back: declared, decided, listed or involved."""
    if Conflict.objects.filter(
        case=case, account=account, outcome=Conflict.Outcome.UPHELD
    ).exists():
        return True
    leads = list(Lead.objects.filter(case_link__case=case))
    parties = set(case.parties.values_list("party_id", flat=True))
    return is_involved(account, leads, parties)


def is_involved(account: Account, leads: list[Lead], parties: set[UUID]) -> bool:
    """Say whether the account reported the matter, or is tied to somebody in it."""
    sent_by = {x.complainant_id for x in leads if x.complainant_id is not None}
    concerned = parties | sent_by
    if account.party_id in concerned:
        return True
    if Interest.objects.filter(account=account, party__in=concerned).exists():
        return True
    mail = account.email.casefold()
    if mail and mail in {lead.reporter_contact.casefold() for lead in leads}:
        return True
    sent = [str(x.pk) for x in leads if x.origin in SENT_BY_SOMEBODY]
    return Entry.objects.filter(
        subject_kind=Lead._meta.label_lower,  # noqa: SLF001 - Django's own API
        subject_id__in=sent,
        before="",
        actor=account.label,
    ).exists()


def able_handlers(case: Case) -> list[Account]:
    """Return the handling officers who may act: active and without an interest."""
    handlers = team(case).filter(duty=Duty.HANDLER, account__is_active=True)
    accounts = [p.account for p in handlers.select_related("account")]
    return [account for account in accounts if not has_conflict(case, account)]


def require_officers(case: Case, day: date) -> None:
    """Refuse an investigation act while fewer officers handle it than the law asks."""
    ruling = book().on(day, "procedure.officers_at_least")
    if len(able_handlers(case)) < int(ruling.value):
        raise Refusal(
            "too_few_officers",
            _("At least %(count)s officers must handle the case before this act.")
            % {"count": int(ruling.value)},
            basis=cite(ruling),
        )


def require_respondent(actor: Actor, party: CaseParty) -> None:
    """Refuse whoever does not stand for this respondent."""
    bearer = isinstance(actor, Bearer) and actor.case == party.case_id
    account = isinstance(actor, Account) and actor.party_id == party.party_id
    if not actor.holds(Permission.CASE_DEFEND) or not (bearer or account):
        raise Refusal("no_permission", _("Your role does not include this act."))
