"""Why a web page could not be captured: codes of the capturing door, in words."""

from django.utils.translation import gettext_lazy as _

FAILURES = {
    "no_address": _("This is no address of a web page."),
    "name_unknown": _("No server is known under this name. Check the address."),
    "address_refused": _(
        "The address lies in a private or reserved network. Such addresses are "
        "never opened."
    ),
    "unreachable": _("The server does not answer. Try again later."),
    "no_page": _("The server sent no page that a browser can show."),
    "download": _("The address gives a file, not a page. Save the file and add it."),
    "too_slow": _("The page did not come in time. Try again later."),
    "too_large": _("The page is larger than what may be kept."),
    "too_many_requests": _("The page asks for too many parts."),
    "too_many_redirects": _(
        "The address forwards again and again, and never to a page."
    ),
    "browser_own": _(
        "The browser opens this address by itself, so that a capture of it would "
        "say nothing."
    ),
    "no_browser": _(
        "No browser is installed here. An administrator installs Chromium (Debian: "
        "apt-get install chromium)."
    ),
    "no_user": _(
        "The browser must not run as root. An administrator names a user without "
        "privileges in HUFU_CAPTURE_USER and installs setpriv."
    ),
    "browser_ended": _(
        "The browser did not start. An administrator checks that the system allows "
        "user namespaces, which its sandbox needs."
    ),
}
