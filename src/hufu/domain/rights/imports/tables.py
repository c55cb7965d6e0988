"""Rights from CSV and JSON Lines: our own columns, names in use, the GI register."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from typing import BinaryIO

from hufu.base.imports import (
    DEFAULT_LIMITS,
    Limits,
    Rejection,
    opened,
)
from hufu.base.records import (
    BadField,
    Record,
    british_day_of,
    choice_of,
    classes_of,
    csv_records,
    day,
    day_of,
    json_records,
    text_of,
    understood,
)
from hufu.domain.rights.imports.rows import KINDS, RightRow

_LONG = 20_000
_CODE = 64

_OWN = frozenset({"kind", "name", "source_id"})
_NAMES_IN_USE = frozenset({"mark_id", "wordmark", "nice_inferred"})
_GI = frozenset({"EA_FileNumber", "EA_Name", "EA_Status", "EA_Type"})
_OWN_COLUMNS = frozenset(RightRow.__dataclass_fields__)

_GI_SUBTYPES = {
    "Protected Designation of Origin (PDO)": "pdo",
    "Protected Geographical Indication (PGI)": "pgi",
    "Geographical indication (GI)": "gi",
    "Traditional Specialities Guaranteed (TSG)": "tsg",
}


def read_csv(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[RightRow | Rejection]:
    """Read a CSV file: our own columns, or the list of names in use.

    Own columns are the fields of `RightRow`; kind, name and source_id must be there.
    Columns that nobody knows go to `extra`. Events are written
    `2024-05-31 registered; 2025-01-02 renewed`.
    """
    for content in opened(stream, suffixes=(".csv",), limits=limits):
        records = csv_records(content, (_OWN, _NAMES_IN_USE), limits)
        first = next(records, None)
        named = isinstance(first, Record) and set(first.values) >= _NAMES_IN_USE
        understand = _name_in_use if named else _own_row
        rest = chain([first], records) if first is not None else records
        yield from _rows(rest, understand)


def read_jsonl(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[RightRow | Rejection]:
    """Read JSON Lines: one object a line, keyed by the fields of `RightRow`."""
    for content in opened(stream, suffixes=(".jsonl", ".ndjson"), limits=limits):
        yield from _rows(json_records(content, limits), _own_row)


def read_gi(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[RightRow | Rejection]:
    """Read the United Kingdom's register of geographical indications (CSV)."""
    for content in opened(stream, suffixes=(".csv",), limits=limits):
        yield from _rows(csv_records(content, (_GI,), limits), _gi_row)


def _rows(
    records: Iterator[Record | Rejection], understand: Callable[[Record], RightRow]
) -> Iterator[RightRow | Rejection]:
    """Understand each record by itself."""
    return understood(records, understand, lambda row: row.identity)


def _own_row(record: Record) -> RightRow:
    """Read our own columns."""
    registered_on = day_of(record, "registered_on")
    expires_on = day_of(record, "expires_on")
    if registered_on and expires_on and expires_on < registered_on:
        raise BadField("expires_on", "dates_out_of_order")
    subtype = text_of(record, "subtype", limit=_CODE)
    return RightRow(
        kind=choice_of(record, "kind", KINDS),
        subtype=subtype,
        name=text_of(record, "name", required=subtype != "figurative"),
        number=text_of(record, "number", limit=_CODE),
        office=text_of(record, "office", limit=_CODE),
        source=text_of(record, "source", limit=_CODE) or "file",
        source_id=text_of(record, "source_id", limit=_CODE, required=True),
        holder_name=text_of(record, "holder_name"),
        holder_country=text_of(record, "holder_country", limit=_CODE),
        agent=text_of(record, "agent"),
        classes=classes_of(record, "classes"),
        goods=text_of(record, "goods", limit=_LONG),
        territory=text_of(record, "territory"),
        filed_on=day_of(record, "filed_on"),
        registered_on=registered_on,
        expires_on=expires_on,
        status_text=text_of(record, "status_text"),
        status_on=day_of(record, "status_on"),
        events=_events(record),
        lang=text_of(record, "lang", limit=_CODE),
        extra=_extra(record),
    )


def _events(record: Record) -> tuple[tuple[date, str], ...]:
    """Read events, from a list of objects or from a text."""
    value = record.values.get("events")
    if isinstance(value, list):
        found = []
        for item in value:
            if not isinstance(item, dict):
                raise BadField("events", "bad_type", expected="{on, kind}")
            event = Record(record.line, item)
            kind = text_of(event, "kind", required=True)
            found.append((day(text_of(event, "on", required=True), "events"), kind))
        return tuple(sorted(found))
    parts = text_of(record, "events", limit=_LONG).split(";")
    pairs = [part.strip().partition(" ") for part in parts if part.strip()]
    return tuple(sorted((day(on, "events"), kind.strip()) for on, _, kind in pairs))


def _extra(record: Record) -> dict[str, str]:
    """Keep what stands in columns that we have no field for."""
    value = record.values.get("extra")
    known = value if isinstance(value, dict) else {}
    inner = Record(record.line, known)
    found = {str(name): text_of(inner, name, limit=_LONG) for name in known}
    for name in record.values:
        if name not in _OWN_COLUMNS:
            found[name] = text_of(record, name, limit=_LONG)
    return {name: text for name, text in found.items() if text}


def _name_in_use(record: Record) -> RightRow:
    """Read a name in use: no registration, its class a mapping by rule."""
    kept = ("role", "category", "country", "wikidata", "source", "script")
    extra = {name: text_of(record, name) for name in kept}
    return RightRow(
        kind="trademark",
        subtype="word",
        name=text_of(record, "wordmark", required=True),
        source="names-in-use",
        source_id=text_of(record, "mark_id", limit=_CODE, required=True),
        holder_name=text_of(record, "owner"),
        classes=classes_of(record, "nice_inferred"),
        status_text="name in use, not a registration",
        lang=text_of(record, "lang", limit=_CODE),
        extra={name: text for name, text in extra.items() if text}
        | {"not_a_registration": "yes"},
    )


def _gi_row(record: Record) -> RightRow:
    """Read a geographical indication; the register names no holder."""
    filed_on = british_day_of(record, "EA_ApplicationDate")
    registered_on = british_day_of(record, "EA_DateRegistration")
    published_on = british_day_of(record, "EA_DatePublication")
    days = (
        (filed_on, "filed"),
        (published_on, "published"),
        (registered_on, "registered"),
    )
    kept = {
        "origin": "EA_Country",
        "product_type": "EA_ProductType",
        "product_category": "EA_ProductCategory",
        "legal_instrument": "EA_LegalInstrument",
        "register": "DEF_Register",
    }
    extra = {key: text_of(record, name) for key, name in kept.items()}
    number = text_of(record, "EA_FileNumber", limit=_CODE, required=True)
    subtype = choice_of(record, "EA_Type", tuple(_GI_SUBTYPES))
    return RightRow(
        kind="geographical_indication",
        subtype=_GI_SUBTYPES[subtype],
        name=text_of(record, "EA_Name", required=True),
        number=number,
        office="GB",
        source="uk-gi-register",
        source_id=number,
        goods=text_of(record, "EA_ProductCategory"),
        territory="GB",
        filed_on=filed_on,
        registered_on=registered_on,
        status_text=text_of(record, "EA_Status", required=True),
        events=tuple(sorted((on, kind) for on, kind in days if on)),
        extra={name: text for name, text in extra.items() if text},
    )
