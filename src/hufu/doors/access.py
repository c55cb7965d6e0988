"""Every page and who may open it. A page missing here opens for nobody."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.doors.identity import use_key


class Gate(Enum):
    """Pages that no single permission opens."""

    PUBLIC = "everybody"
    TRACELESS = "everybody, and nothing about the visitor is read or kept"
    SIGNED_IN = "whoever has signed in"


PUBLIC, TRACELESS, SIGNED_IN = Gate.PUBLIC, Gate.TRACELESS, Gate.SIGNED_IN

P = Permission

ACCOUNTS: dict[str, Permission | Gate] = {
    "account_change_password": SIGNED_IN,
    "account_confirm_email": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": PUBLIC,
    "account_inactive": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_set_password": SIGNED_IN,
    "account_signup": PUBLIC,
    "look:language": PUBLIC,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_login_webauthn": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
}

API: dict[str, Permission | Gate] = {
    "api:api-root": PUBLIC,
    "api:case": P.CASE_READ,
    "api:cases": P.CASE_READ,
    "api:complaint": P.LEAD_FOLLOW,
    "api:complaints": P.LEAD_COMPLAIN,
    "api:deposit-files": P.EVIDENCE_ADD,
    "api:deposit-receipt": P.EVIDENCE_ADD,
    "api:deposits": P.EVIDENCE_ADD,
    "api:law-ask": PUBLIC,
    "api:law-questions": PUBLIC,
    "api:law-schema": PUBLIC,
    "api:lead": P.LEAD_READ,
    "api:lead-accept": P.LEAD_TRIAGE,
    "api:lead-close": P.LEAD_TRIAGE,
    "api:lead-merge": P.LEAD_TRIAGE,
    "api:lead-refer": P.LEAD_TRIAGE,
    "api:leads": P.LEAD_READ,
    "api:match": SIGNED_IN,
    "api:openapi-json": PUBLIC,
    "api:report-files": TRACELESS,
    "api:report-follow": TRACELESS,
    "api:report-message": TRACELESS,
    "api:reports": TRACELESS,
    "api:right": PUBLIC,
    "api:right-status": PUBLIC,
    "api:rights": PUBLIC,
    "api:rights-monitored": P.RIGHT_MONITOR,
    "api:sighting": P.LEAD_READ,
    "api:sightings": P.WATCH_FEED,
}

PORTAL: dict[str, Permission | Gate] = {
    "portal:account": SIGNED_IN,
    # The code of a served notice opens the case pages, or an account: the pages look.
    "portal:case-door": PUBLIC,
    "portal:case-exhibit": PUBLIC,
    "portal:case-file": PUBLIC,
    "portal:case-leave": PUBLIC,
    "portal:case-recusal": PUBLIC,
    "portal:case-send": PUBLIC,
    "portal:case-why": PUBLIC,
    "portal:claim-withdraw": P.RIGHT_CLAIM,
    "portal:commitment": PUBLIC,
    "portal:complaint": P.LEAD_FOLLOW,
    "portal:complaint-new": P.LEAD_COMPLAIN,
    "portal:complaint-write": P.LEAD_COMPLAIN,
    "portal:complaints": P.LEAD_FOLLOW,
    "portal:decision": PUBLIC,
    "portal:decision-letter": PUBLIC,
    "portal:deposit": P.EVIDENCE_ADD,
    "portal:deposit-file": P.EVIDENCE_ADD,
    "portal:deposit-hash": P.EVIDENCE_ADD,
    "portal:deposit-json": P.EVIDENCE_ADD,
    "portal:deposit-pdf": P.EVIDENCE_ADD,
    "portal:deposit-receipt": P.EVIDENCE_ADD,
    "portal:deposit-upload": P.EVIDENCE_ADD,
    "portal:deposit-upload-drop": P.EVIDENCE_ADD,
    "portal:deposit-upload-finish": P.EVIDENCE_ADD,
    "portal:deposit-uploads": P.EVIDENCE_ADD,
    "portal:deposit-withdraw": P.EVIDENCE_ADD,
    "portal:deposits": P.EVIDENCE_ADD,
    # The public sees no candidates before the office publishes them: the page looks.
    "portal:draw": PUBLIC,
    "portal:draw-file": PUBLIC,
    "portal:draws": PUBLIC,
    "portal:evidence-download": SIGNED_IN,
    "portal:feeds": P.WATCH_FEED,
    "portal:figure": PUBLIC,
    "portal:follow": TRACELESS,
    "portal:home": PUBLIC,
    "portal:key-close": SIGNED_IN,
    "portal:keys": SIGNED_IN,
    "portal:licence-end": P.RIGHT_MONITOR,
    # Past days open to the party itself and to officers: the page looks.
    "portal:list-certificate": PUBLIC,
    "portal:list-heads": PUBLIC,
    "portal:log-file": PUBLIC,
    "portal:my-right": P.RIGHT_MONITOR,
    "portal:my-rights": P.RIGHT_CLAIM,
    "portal:oversight": PUBLIC,
    "portal:oversight-data": PUBLIC,
    "portal:publication": PUBLIC,
    "portal:publication-json": PUBLIC,
    "portal:publications": PUBLIC,
    "portal:publications-feed": PUBLIC,
    "portal:publications-json": PUBLIC,
    "portal:publications-schema": PUBLIC,
    "portal:report": TRACELESS,
    "portal:report-receipt": TRACELESS,
    "portal:report-save": TRACELESS,
    "portal:report-step": TRACELESS,
    "portal:right": PUBLIC,
    "portal:right-claim": P.RIGHT_CLAIM,
    "portal:right-list": P.RIGHT_CLAIM,
    "portal:right-monitor": P.RIGHT_MONITOR,
    "portal:right-state": P.RIGHT_CLAIM,
    "portal:rights": PUBLIC,
    "portal:tool-competence": PUBLIC,
    "portal:tool-damages": PUBLIC,
    "portal:tool-damages-statement": PUBLIC,
    "portal:tool-deadline": PUBLIC,
    "portal:tool-evidence": PUBLIC,
    "portal:tool-names": PUBLIC,
    "portal:tool-threshold": PUBLIC,
    "portal:tools": PUBLIC,
    "portal:verify": PUBLIC,
}

WORKBENCH: dict[str, Permission | Gate] = {
    "workbench:account-close": P.ACCOUNT_MANAGE,
    "workbench:accounts": P.ACCOUNT_MANAGE,
    "workbench:capture": P.EVIDENCE_CAPTURE,
    "workbench:capture-picture": P.EVIDENCE_CAPTURE,
    "workbench:capture-replay": P.EVIDENCE_CAPTURE,
    "workbench:capture-replayed": P.EVIDENCE_CAPTURE,
    "workbench:captures": P.EVIDENCE_CAPTURE,
    "workbench:case": P.CASE_READ,
    "workbench:case-act": P.CASE_READ,
    "workbench:case-open": P.CASE_OPEN,
    "workbench:case-task": P.CASE_READ,
    "workbench:case-why": P.CASE_READ,
    "workbench:cases": P.CASE_READ,
    "workbench:claim": P.RIGHT_VERIFY,
    "workbench:decision": P.CASE_READ,
    "workbench:decision-act": P.CASE_READ,
    "workbench:decision-draft": P.DECISION_DRAFT,
    "workbench:decision-edit": P.DECISION_DRAFT,
    "workbench:decision-letter": P.CASE_READ,
    "workbench:decision-pdf": P.CASE_READ,
    "workbench:decisions": P.CASE_READ,
    "workbench:draw": P.DRAW_READ,
    "workbench:draw-file": P.DRAW_READ,
    "workbench:draw-plan": P.DRAW_HOLD,
    "workbench:draw-publish": P.DRAW_PUBLISH,
    "workbench:draw-settle": P.DRAW_HOLD,
    "workbench:draws": P.DRAW_READ,
    "workbench:evidence": P.EVIDENCE_READ,
    "workbench:evidence-download": P.EVIDENCE_READ,
    "workbench:evidence-hand-over": P.EVIDENCE_HAND_OVER,
    "workbench:evidence-item": P.EVIDENCE_READ,
    "workbench:evidence-sign": P.EVIDENCE_READ,
    "workbench:evidence-unseal": P.EVIDENCE_UNSEAL,
    "workbench:feed": P.WATCH_SWEEP,
    "workbench:feed-report": P.WATCH_SWEEP,
    "workbench:figure": P.LEAD_READ,
    "workbench:home": SIGNED_IN,
    "workbench:import": P.IMPORT_RUN,
    "workbench:import-report": P.IMPORT_RUN,
    "workbench:imports": P.IMPORT_RUN,
    "workbench:journal": P.JOURNAL_READ,
    "workbench:key-close": SIGNED_IN,
    "workbench:keys": SIGNED_IN,
    "workbench:lead": P.LEAD_READ,
    "workbench:lead-act": P.LEAD_TRIAGE,
    "workbench:lead-new": P.LEAD_TRIAGE,
    "workbench:lead-reporter": P.LEAD_TRIAGE,
    "workbench:leads": P.LEAD_READ,
    "workbench:leads-bulk": P.LEAD_TRIAGE,
    "workbench:leads-filter": P.LEAD_READ,
    "workbench:notice": P.CASE_READ,
    "workbench:notice-act": P.CASE_READ,
    "workbench:notice-draft": P.PUBLICATION_DRAFT,
    "workbench:notifications": P.CASE_READ,
    "workbench:oversight": P.LEAD_READ,
    "workbench:publications": P.CASE_READ,
    "workbench:retention": P.RETENTION_RUN,
    "workbench:return-counted": P.RETURN_FILE,
    "workbench:return-file": P.RETURN_FILE,
    "workbench:returns": P.RETURN_FILE,
    "workbench:rights": P.RIGHT_VERIFY,
    "workbench:sighting": P.WATCH_SWEEP,
    "workbench:sightings": P.WATCH_SWEEP,
    "workbench:source": P.WATCH_SWEEP,
    "workbench:sweep": P.WATCH_SWEEP,
    "workbench:watch": P.WATCH_SWEEP,
}

PAGES: dict[str, Permission | Gate] = {**ACCOUNTS, **API, **PORTAL, **WORKBENCH}


def is_open(view_name: str, user: Account | AnonymousUser) -> bool:
    """Say whether the table opens a page to somebody; no row opens to nobody."""
    needed = PAGES.get(view_name)
    if needed in (PUBLIC, TRACELESS):
        return True
    if needed is None or not isinstance(user, Account):
        return False
    return needed is SIGNED_IN or user.holds(str(needed))


class AccessMiddleware:
    """Refuse every page that is not in PAGES or not granted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Check the table before the view runs."""
        match = request.resolver_match
        if match is None or match.view_name not in PAGES:
            raise PermissionDenied
        needed = PAGES[match.view_name]
        if needed is TRACELESS:
            # An informant who is signed in stays unknown here all the same.
            request.user = AnonymousUser()
            return None
        if match.view_name.startswith("api:"):
            use_key(request)
        if is_open(match.view_name, request.user):
            return None
        if not request.user.is_authenticated:
            return _sign_in(request, match.view_name)
        raise PermissionDenied


def _sign_in(request: HttpRequest, view_name: str) -> HttpResponse:
    if view_name.startswith("api:"):
        raise PermissionDenied
    return redirect_to_login(request.get_full_path())
