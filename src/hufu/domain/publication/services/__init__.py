"""Everything that happens to a notice, and to the lists that the public may ask."""

from hufu.domain.publication.services.lists import commit_list, enquire_list
from hufu.domain.publication.services.notices import (
    DISPLAY_RULES,
    PUBLISH_RULE,
    STANDING,
    Choices,
    confirm_notice,
    draft_notice,
    expire_notices,
    publish_notice,
    reopen_notice,
    revise_notice,
    withdraw_notice,
    words_digest,
)

__all__ = [
    "DISPLAY_RULES",
    "PUBLISH_RULE",
    "STANDING",
    "Choices",
    "commit_list",
    "confirm_notice",
    "draft_notice",
    "enquire_list",
    "expire_notices",
    "publish_notice",
    "reopen_notice",
    "revise_notice",
    "withdraw_notice",
    "words_digest",
]
