"""Checking a certificate, a draw or a bare hash for anybody, in plain words."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hufu.domain.publication import queries
from hufu.domain.publication.lists import list_named
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.portal.findings import Finding, told_hour, told_witnesses
from hufu.engines.proof.beacons import QUICKNET
from hufu.engines.proof.certificates import Certificate, Certified
from hufu.engines.proof.draws import Draw, DrawPlan
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import VerifierKey


def judge_certificate(made: Certificate, key: VerifierKey) -> Iterator[Finding]:
    """Say whether a code was on a list on a day, if the certificate holds."""
    known = known_witnesses()
    try:
        proved = made.verify(key.name, [key], known)
    except ProofError:
        yield Finding(
            "danger",
            _("The certificate does not hold"),
            _(
                "It was changed after it was made, or it is another log's. It proves"
                " nothing here."
            ),
        )
        return
    row = queries.list_day(proved.head.name, proved.head.day)
    if row is None or row.root != proved.head.root.hex():
        yield Finding(
            "danger",
            _("This is not the head that was published"),
            _(
                "The log has signed it, but for this list and day another head was"
                " published, or none. Keep the certificate: it convicts this log."
            ),
        )
        return
    yield _listed(proved)
    yield told_witnesses(proved.checkpoint, known)


def _listed(proved: Certified) -> Finding:
    named = list_named(proved.head.name)
    said = {
        "code": proved.code,
        "list": named.title if named else proved.head.name,
        "day": date_format(proved.head.day),
    }
    words = _("%(code)s, list “%(list)s”, %(day)s") % said
    if proved.is_present:
        return Finding("warning", _("This code was on the list"), words)
    return Finding("good", _("This code was not on the list"), words)


def judge_draw(made: Draw) -> Iterator[Finding]:
    """Repeat a draw; say what its file alone cannot show."""
    plan = made.plan
    try:
        made.verify()
    except ProofError:
        words = _(
            "Repeated with this value, the draw gives others, or the value is bad."
        )
        yield Finding("danger", _("This is not what was drawn"), words)
        return
    words = _("%(seats)s of %(count)s for “%(purpose)s”: %(names)s")
    said = {
        "seats": plan.seats,
        "count": len(plan.candidates),
        "purpose": plan.purpose,
        "names": ", ".join(made.drawn),
    }
    yield Finding("good", _("Repeated, the draw gives the same"), words % said)
    yield _valued(made)
    yield _planned(plan)


def _valued(made: Draw) -> Finding:
    """Say whether the value is a beacon's, or what to compare it with."""
    source = made.plan.source
    said = {
        "name": source.get("name", ""),
        "round": source.get("round", ""),
        "value": made.value.hex(),
    }
    if made.plan.chain() == QUICKNET:
        words = _("The network of drand quicknet signed round %(round)s: %(value)s")
        return Finding("good", _("The value is the public one"), words % said)
    words = _(
        "Look up what %(name)s published for round %(round)s. It must be %(value)s."
    )
    return Finding("warning", _("Is the value the public one?"), words % said)


def judge_plan(plan: DrawPlan) -> Iterator[Finding]:
    """Say what a plan fixes, and that nothing is drawn yet."""
    words = _("%(seats)s of %(count)s will be drawn for “%(purpose)s”.")
    said = {
        "seats": plan.seats,
        "count": len(plan.candidates),
        "purpose": plan.purpose,
    }
    yield Finding("info", _("This is a plan; nothing is drawn yet"), words % said)
    yield _planned(plan)


def _planned(plan: DrawPlan) -> Finding:
    words = _(
        "The receipt of its deposit must name the SHA-256 %(sha256)s and an hour before"
        " %(hour)s, when the value became known. Check that receipt here, too."
    )
    said = {"sha256": plan.digest().hex(), "hour": _known_at(plan)}
    return Finding("warning", _("Was the plan there first?"), words % said)


def _known_at(plan: DrawPlan) -> str:
    """Write the hour that a plan names; whatever it says, if that is no hour."""
    said = str(plan.source.get("known_at", "?"))
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return said
    return told_hour(at) if at.tzinfo and at.date() > date.min else said


def judge_hash() -> Iterator[Finding]:
    """Say that a hash alone proves nothing, and what to bring."""
    words = _(
        "Deposits are not searched: whoever deposited a file has its receipt. Paste the"
        " receipt with it, and the two are compared."
    )
    yield Finding("info", _("A hash alone proves nothing"), words)
