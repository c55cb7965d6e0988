"""How somebody who signs up becomes an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from hufu.domain.people import services
from hufu.domain.people.actors import Reporter
from hufu.domain.people.models import Account
from hufu.doors.identity import actor_of, now


class HolderAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-ups are rights holders; officers' accounts are opened by their agency."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead whoever works here to the workbench, everybody else to the portal."""
        if actor_of(request).agency is None:
            return str(settings.LOGIN_REDIRECT_URL)
        return reverse("workbench:home")

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
