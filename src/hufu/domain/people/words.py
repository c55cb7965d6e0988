"""What the roles of accounts are called."""

from django.utils.translation import pgettext_lazy

ROLE_NAMES = {
    "intake": pgettext_lazy("role", "intake officer"),
    "investigator": pgettext_lazy("role", "investigator"),
    "reviewer": pgettext_lazy("role", "legal reviewer"),
    "director": pgettext_lazy("role", "head of the agency"),
    "registrar": pgettext_lazy("role", "registrar"),
    "supervisor": pgettext_lazy("role", "supervisor"),
    "administrator": pgettext_lazy("role", "account keeper"),
    "holder": pgettext_lazy("role", "rights holder"),
    "respondent": pgettext_lazy("role", "respondent"),
    "platform": pgettext_lazy("role", "platform operator"),
}
