"""Having the log's head stamped by every authority; one stamp covers all its leaves."""

import logging

from hufu.domain.evidence import queries, services
from hufu.doors.identity import now
from hufu.doors.letters.timestamps import Authority, ask_authority, authorities
from hufu.doors.storage import prooflog
from hufu.engines.proof.checkpoints import Checkpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.notes import Note

log = logging.getLogger("hufu.timestamps")


def stamp_head() -> int:
    """Ask whoever has not stamped the published head; return how many did now.

    A refusal is noted and tried again with the head of the next turn, which covers
    what waited: nothing is lost by waiting but minutes.
    """
    head = prooflog.published_head()
    if head is None or not (point := Checkpoint.parse(head[0].text)).size:
        return 0
    asked = [
        authority
        for authority in authorities()
        if not queries.is_stamped(point.origin, point.size, authority.name)
    ]
    return sum(_stamp(authority, head[0], point) for authority in asked)


def _stamp(authority: Authority, note: Note, point: Checkpoint) -> bool:
    try:
        raw, stamp = ask_authority(authority, note.text.encode())
    except ProofError as error:
        log.warning("%s gave no timestamp: %s", authority.name, error)
        services.note_trouble(
            at=now(), authority=authority.name, reason=f"{error.code}: {error}"
        )
        return False
    facts = services.StampFacts(
        log=point.origin,
        size=point.size,
        note=str(note),
        authority=authority.name,
        own=authority.own,
        reply=raw,
        roots=authority.roots,
        stamped_at=stamp.at,
    )
    services.keep_stamp(at=now(), facts=facts)
    return True
