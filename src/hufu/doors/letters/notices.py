"""The mail that says something waits. What it is stands only behind the sign-in."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override


def write_notice(*, to: str, language: str, key: str) -> EmailMessage:
    """Write the mail; `key` names it, so that a repeated one is known as the same."""
    with override(language):
        subject = _("Something waits for you in Hufu")
        body = _(
            "There is something new in your account. Sign in to read it:\n"
            "%(address)s\n\n"
            "For your protection this mail says nothing more."
        ) % {"address": settings.HUFU_SITE_URL}
    host = settings.HUFU_SITE_URL.split("//")[-1].split(":")[0]
    return EmailMessage(
        subject, body, to=[to], headers={"Message-ID": f"<{key}@{host}>"}
    )
