"""By which labels the respondents of a case see what is disclosed to them."""

from django.db.models import Q, QuerySet

from hufu.domain.cases.models import Case, CaseParty
from hufu.domain.people.actors import Bearer
from hufu.domain.people.models import Account


def speakers(case: Case) -> QuerySet[CaseParty]:
    """Return the respondents of a case and the agents who speak for them."""
    role = CaseParty.Role
    return case.parties.filter(
        Q(role=role.RESPONDENT) | Q(role=role.AGENT, represents__role=role.RESPONDENT),
        removed_at=None,
    )


def bearer_labels(case: Case) -> list[str]:
    """Return the labels of the notice's bearer and of the respondents' accounts."""
    accounts = Account.objects.filter(
        party__in=speakers(case).values("party"), is_active=True
    )
    return [Bearer(case.pk).label, *(account.label for account in accounts)]
