"""What a holder's complaint must show before anybody is troubled with it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hufu.domain.people.models import Account
from hufu.domain.rights import queries as rights
from hufu.domain.rights.models import Right


@dataclass(frozen=True)
class Check:
    """One thing looked at, whether it holds, and what to do where it does not."""

    code: str
    holds: bool
    text: str
    remedy: str = ""


def check_standing(
    account: Account, right: Right, on: date, files: int
) -> tuple[Check, ...]:
    """Look at the four things a complaint shows at first sight (prima facie)."""
    own = rights.rights_of(account, day=on).filter(pk=right.pk).exists()
    status = rights.status_on(right, on)
    return (
        Check(
            "own_right",
            own,
            _("The right is yours, or you act for its holder."),
            _("Claim the right first; an officer looks at your proof."),
        ),
        Check(
            "registration",
            right.is_registration,
            _("The record shows a registered right, not a name in use."),
            _("Add the registration of the right, with its number."),
        ),
        Check(
            "in_force",
            status == "in_force",
            _("The right was in force on the day."),
            _("Check the day, or send the certificate of renewal."),
        ),
        Check(
            "evidence",
            files > 0,
            _("At least one piece of evidence is attached."),
            _("Add a photograph, a screen shot, an invoice or a sample's receipt."),
        ),
    )
