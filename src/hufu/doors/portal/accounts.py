"""How somebody who signs up becomes an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from hufu.domain.people import services
from hufu.domain.people.actors import Reporter
from hufu.domain.people.models import Account
from hufu.doors.identity import now


class HolderAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-ups are rights holders; officers' accounts are opened by their agency."""

    def save_user(
        self,
        request: HttpRequest,
        user: Account,
        form: Any,
        commit: bool = True,  # noqa: FBT001, FBT002 - allauth's signature
    ) -> Account:
        """Open the account through the service, so that the journal knows."""
        del request, commit
        typed = form.cleaned_data
        account = services.open_account(
            actor=Reporter(label="visitor"),
            at=now(),
            facts=services.AccountFacts(
                username=typed["username"],
                role="holder",
                password=typed["password1"],
                email=typed.get("email") or "",
            ),
        )
        user.pk = account.pk
        user.refresh_from_db()
        return user
