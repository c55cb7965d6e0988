"""Which tone a state has. A tone is only a colour: the words say the same."""

GOOD = "good"  # reached, valid, answered
BUSY = "busy"  # somebody works on it
WAIT = "wait"  # it waits for somebody
LATE = "late"  # refused, failed, overdue
CALM = "calm"  # over, filed away
PLAIN = "plain"

TONES = {
    **dict.fromkeys(
        (
            "accepted",
            "active",
            "answered",
            "authorised",
            "confirmed",
            "delivered",
            "executed",
            "fulfilled",
            "granted",
            "in_force",
            "kept",
            "met",
            "paid",
            "published",
            "registered",
            "repaired",
            "sealed",
            "served",
            "settled",
            "verified",
        ),
        GOOD,
    ),
    **dict.fromkeys(
        (
            "assigned",
            "deciding",
            "hearing",
            "in_progress",
            "investigating",
            "investigation",
            "open",
            "opened",
            "processing",
            "review",
            "running",
            "under_review",
        ),
        BUSY,
    ),
    **dict.fromkeys(
        (
            "asked",
            "claimed",
            "draft",
            "due",
            "filed",
            "new",
            "noticed",
            "paused",
            "pending",
            "proposed",
            "received",
            "requested",
            "submitted",
            "suspended",
            "waiting",
        ),
        WAIT,
    ),
    **dict.fromkeys(
        (
            "broken",
            "dismissed",
            "failed",
            "invalidated",
            "late",
            "missed",
            "overdue",
            "refused",
            "rejected",
            "revoked",
            "unmet",
        ),
        LATE,
    ),
    **dict.fromkeys(
        (
            "archived",
            "cancelled",
            "closed",
            "concluded",
            "erased",
            "expired",
            "lapsed",
            "merged",
            "referred",
            "released",
            "withdrawn",
        ),
        CALM,
    ),
}


def tone_of(state: str) -> str:
    """Return the tone of a state, plain when nobody gave it one."""
    return TONES.get(state, PLAIN)
