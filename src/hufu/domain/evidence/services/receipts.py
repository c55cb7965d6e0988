"""Keeping receipts as they were first given, and the keys that signed them.

Neither is an act of its own: a receipt tells of a deposit, which is in the journal.
"""

from datetime import datetime

from django.db import transaction

from hufu.domain.evidence.kept import KeptReceipt, LogKey
from hufu.domain.evidence.models import Deposit


@transaction.atomic
def keep_receipt(
    *, at: datetime, deposit: Deposit, content: bytes, stage: str
) -> KeptReceipt:
    """Keep a receipt; where one was kept before, that one counts."""
    return KeptReceipt.objects.get_or_create(
        deposit=deposit, stage=stage, defaults={"content": content, "kept_at": at}
    )[0]


@transaction.atomic
def note_key(*, at: datetime, vkey: str) -> LogKey:
    """Note that the log signs with a key, the first time it does."""
    return LogKey.objects.get_or_create(vkey=vkey, defaults={"since": at})[0]
