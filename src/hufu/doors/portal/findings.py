"""One finding of a check, as a page tells it; and who cosigned a checkpoint."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hufu.engines.proof.checkpoints import SignedCheckpoint
from hufu.engines.proof.keys import Signature, VerifierKey


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its tone, the answer, and what it rests on."""

    tone: str
    title: str
    text: str


def told_witnesses(
    signed: SignedCheckpoint, known: Mapping[VerifierKey, bool]
) -> Finding:
    """Say how many independent witnesses cosigned; `known` says which are our own."""
    free = [one for one in signed.witnesses if known.get(one.key) is False]
    rest = [one for one in signed.witnesses if known.get(one.key) is not False]
    parts = []
    if free:
        parts.append(_("Independent: %(names)s.") % {"names": _names(free)})
    if rest:
        words = _("Our own or unknown to us, which count for nothing: %(names)s.")
        parts.append(words % {"names": _names(rest)})
    if free:
        title = ngettext(
            "%(n)s independent witness has cosigned",
            "%(n)s independent witnesses have cosigned",
            len(free),
        )
        return Finding("good", title % {"n": len(free)}, " ".join(parts))
    parts.append(_("So you rely on this office not to show others a different log."))
    title = _("No independent witness has cosigned")
    return Finding("warning", title, " ".join(parts))


def _names(signatures: list[Signature]) -> str:
    told = [f"{one.key.name} ({told_hour(one.at)})" for one in signatures if one.at]
    return ", ".join(told)


def told_hour(at: datetime) -> str:
    """Write an instant as the reader's language does."""
    return str(localize(localtime(at)))
