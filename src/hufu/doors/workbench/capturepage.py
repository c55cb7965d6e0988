"""What the page of a capture says: how it was made, what it proves and what not."""

from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hufu.domain.evidence.models import Capture
from hufu.doors.look.parts import Fact


def facts_of(one: Capture) -> list[Fact]:
    """Return what is known of a capture, in the order a court asks."""
    told = one.outline
    rows: list[tuple[str, Any]] = [
        (_("Address of the page"), one.url),
        (_("What it is needed for"), one.purpose),
        (_("Asked for by"), one.account.get_full_name() or one.account.username),
        (_("Asked for at"), one.asked_at),
        (_("Ended at"), one.ended_at),
        (_("Address it led to"), told.get("final_url")),
        (_("Title"), told.get("title")),
        (_("Answer of the server"), told.get("status")),
        (_("Requests and answers kept"), told.get("parts")),
        (_("Bytes of the answers"), _bytes(told)),
        (_("Addresses of the servers"), ", ".join(told.get("servers", []))),
        (_("Not let through"), ", ".join(told.get("refused", []))),
        (_("Made with"), _software(told)),
        (_("Clock"), _clock(told)),
        (_("Timestamp"), _stamp(told)),
        (_("Signed with the key"), _key(told)),
    ]
    return [Fact(label, value) for label, value in rows if value]


def _bytes(told: dict[str, Any]) -> str:
    return filesizeformat(told["bytes"]) if told.get("bytes") else ""


def _software(told: dict[str, Any]) -> str:
    made = told.get("software") or {}
    named = [
        ("Hufu", made.get("hufu")),
        ("Chromium", told.get("browser")),
        ("Playwright", made.get("playwright")),
    ]
    return ", ".join(f"{name} {version}" for name, version in named if version)


def _clock(told: dict[str, Any]) -> str:
    clock = told.get("clock") or {}
    if not clock.get("measured"):
        return _("not measured") if told else ""
    return _("%(seconds)s s behind, by %(name)s, within %(within)s s") % {
        "seconds": clock["authority_minus_here_seconds"],
        "name": clock["compared_with"],
        "within": clock["within_seconds"],
    }


def _stamp(told: dict[str, Any]) -> str:
    seal = told.get("seal") or {}
    if not seal.get("stamped_by"):
        return _("none") if told else ""
    return f"{_hour(seal)}, {seal['stamped_by']}"


def _hour(seal: dict[str, Any]) -> str:
    at = timezone.localtime(datetime.fromisoformat(seal["stamped_at"]))
    return date_format(at, "DATETIME_FORMAT")


def _key(told: dict[str, Any]) -> str:
    seal = told.get("seal") or {}
    return f"SHA-256 {seal['key_sha256']}" if seal else ""


def proofs_of(one: Capture) -> tuple[list[str], list[str]]:
    """Say in plain words what a capture proves, and what it does not."""
    told = one.outline
    if not told or one.item is None:
        return [], []
    proved = [
        _("The file is the one that was kept: the journal holds its SHA-256."),
        _("What the servers answered is kept byte for byte, with their addresses."),
        _("Who asked for the capture and what for."),
    ]
    left = [_("That the servers show the same to others, or at another time.")]
    for shown, open_ in (_of_time(told), _of_signer(told), _of_servers(told)):
        proved += shown
        left += open_
    if one.state == Capture.State.KEPT:
        left.append(
            _("Screenshot, PDF and DOM are what the browser made of the answers.")
        )
        if not told["complete"]:
            left.append(
                _("That the page is whole: it reached a limit and was cut short.")
            )
    return proved, left


def _of_time(told: dict[str, Any]) -> tuple[list[str], list[str]]:
    proved, left = [], []
    clock, seal = told.get("clock") or {}, told.get("seal") or {}
    if clock.get("measured"):
        proved.append(_("How far our clock was off: an authority was asked."))
    else:
        left.append(_("That this machine's clock was right: nobody compared it."))
    said = {"name": seal.get("stamped_by")}
    if not said["name"]:
        left.append(_("That the file is so old: no authority stamped it."))
    elif seal["own_stamp"]:
        left.append(
            _("That the file is so old: only the office itself stamped it (%(name)s).")
            % said
        )
    else:
        proved.append(
            _("The file existed at the time of its timestamp: %(name)s vouches for it.")
            % said
        )
    return proved, left


def _of_signer(told: dict[str, Any]) -> tuple[list[str], list[str]]:
    if (told.get("seal") or {}).get("office_key"):
        return [_("Nobody changed the file since the office's key signed it.")], []
    return [], [_("Who made the file: no key of the office signed it.")]


def _of_servers(told: dict[str, Any]) -> tuple[list[str], list[str]]:
    left = []
    if told["unencrypted"]:
        left.append(
            _(
                "Parts came without encryption: anybody on the way may have changed "
                "them."
            )
        )
    if told["certificate_problems"]:
        left.append(
            _("A certificate did not hold: it is not proved which server answered.")
        )
    return [], left
