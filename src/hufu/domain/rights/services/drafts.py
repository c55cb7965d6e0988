"""From a row of a file to a right that is not saved yet."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.keys import key_of
from hufu.domain.rights.models import Right

_FIELDS = tuple(RightRow.__dataclass_fields__)
_SUBTYPES = frozenset(Right.Subtype.values)
_MARK_ROLES = frozenset(Right.MarkRole.values)
_NO_SOURCE = "file"


@dataclass(frozen=True, slots=True)
class Draft:
    """A row with its place in a register and the digest of all it says."""

    row: RightRow
    register: str
    source_id: str
    digest: str
    demo: bool

    @property
    def place(self) -> tuple[str, str]:
        """Name the right within the house."""
        return self.register, self.source_id


def draft(row: RightRow, register: str, *, demo: bool) -> Draft:
    """Place a row in its own register, or in the one that was asked for.

    There it keeps its source's name, since two sources may use the same number.
    """
    own = not register or row.source in (register, _NO_SOURCE)
    return Draft(
        row=row,
        register=register or row.source,
        source_id=row.source_id if own else row.identity,
        digest=_digest(row, demo=demo),
        demo=demo,
    )


def _digest(row: RightRow, *, demo: bool) -> str:
    values = [getattr(row, name) for name in _FIELDS]
    content = json.dumps([values, demo], default=str, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def right_of(draft: Draft) -> Right:
    """Give the right a row describes. Of a trade secret only the hash is taken."""
    row, extra = draft.row, dict(draft.row.extra)
    in_use = extra.pop("not_a_registration", "") == "yes"
    role = "" if in_use else _mark_role(row, extra)
    famous = extra.pop("well_known", "")
    secret = row.kind == Right.Kind.TRADE_SECRET
    return Right(
        kind=row.kind,
        subtype=row.subtype if row.subtype in _SUBTYPES else "",
        mark_role=role,
        well_known=famous.lower() in {"1", "yes", "true"},
        name=row.name,
        name_key=key_of(row.name),
        number=row.number,
        office=row.office,
        register_id=draft.register,
        source_id=draft.source_id,
        holder_name=row.holder_name,
        holder_country=row.holder_country,
        agent_name=row.agent,
        goods="" if secret else row.goods,
        territory=row.territory,
        filed_on=row.filed_on,
        arose_on=_day(extra.get("created_on", "")),
        registered_on=row.registered_on,
        expires_on=row.expires_on,
        status_text=row.status_text,
        is_registration=not in_use,
        secret_sha256=extra.get("secret_sha256", "") if secret else "",
        extra={} if secret else extra,
        digest=draft.digest,
        demo=draft.demo,
    )


def _day(text: str) -> date | None:
    """Read a day among the further facts of a file; what is no day is left out."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _mark_role(row: RightRow, extra: dict[str, str]) -> str:
    """Tell collective and certification marks from individual ones."""
    if row.kind != Right.Kind.TRADEMARK:
        return ""
    stated = extra.pop("mark_role", "") or row.subtype
    return stated if stated in _MARK_ROLES else Right.MarkRole.INDIVIDUAL
