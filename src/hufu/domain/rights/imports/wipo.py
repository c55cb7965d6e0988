"""Trademarks from the XML of WIPO's standards ST.66 and ST.96, as the USPTO writes it.

Elements are found by their local names: the versions differ in namespaces only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BufferedReader
from itertools import chain
from typing import BinaryIO

from lxml import etree

from hufu.base.imports import (
    DEFAULT_LIMITS,
    Limits,
    Rejection,
    UnreadableFile,
    opened,
)
from hufu.base.records import BadField, understood
from hufu.domain.rights.imports.elements import Element
from hufu.domain.rights.imports.rows import RightRow

_DAY = len("2024-05-31")
_LONG = 20_000
_CODE = 64
_HEAD = 64 * 1024
_NICE_CLASSES = 45
# The USPTO's drawing codes: 1 and 4 are plain words, 2 a picture, 3 and 5 both.
_FEATURES = {"2": "figurative", "3": "combined", "5": "combined"}
# ST.96 calls the USPTO's principal register the primary one.
_REGISTERS = {"Primary": "Principal"}


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a standard keeps things: the local names of its elements."""

    name: str
    record: str
    mark: str
    filed: str
    goods: str
    kind: str
    holder: tuple[str, ...]
    country: str
    agents: tuple[tuple[str, str], ...]
    applicant: str = "Applicant"


@dataclass(frozen=True, slots=True)
class Marked:
    """One mark, and the element in which its applicants stand."""

    line: int
    mark: Element
    details: Element
    shape: Shape


_ST66 = Shape(
    name="ST.66",
    record="TransactionData",
    mark="TradeMark",
    filed="ApplicationNumber",
    goods="GoodsServicesDescription",
    kind="KindMark",
    holder=("FreeFormatNameLine",),
    country="FormattedAddressCountryCode",
    agents=(("Representative", "FreeFormatNameLine"),),
)
_ST96 = Shape(
    name="ST.96",
    record="Trademark",
    mark="Trademark",
    filed="ApplicationNumberText",
    goods="GoodsServicesDescriptionText",
    kind="MarkCategory",
    holder=("EntityName", "OrganizationStandardName", "PersonFullName"),
    country="CountryCode",
    agents=(
        ("NationalCorrespondent", "OrganizationStandardName"),
        ("RecordAttorney", "PersonFullName"),
    ),
)


def read_st66(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[RightRow | Rejection]:
    """Read ST.66: one file, a gzipped one, or a ZIP of them."""
    return _read(stream, limits, _ST66)


def read_st96(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[RightRow | Rejection]:
    """Read ST.96: one file, a gzipped one, or a ZIP of them."""
    return _read(stream, limits, _ST96)


def _read(
    stream: BinaryIO, limits: Limits, shape: Shape
) -> Iterator[RightRow | Rejection]:
    """Read every XML member of the file."""
    parts = opened(stream, suffixes=(".xml",), limits=limits)
    records = chain.from_iterable(_records(part, shape, limits) for part in parts)
    return understood(records, _row, lambda row: row.identity)


def _records(content: BufferedReader, shape: Shape, limits: Limits) -> Iterator[Marked]:
    """Give each mark's elements, and forget them when the next one is asked for."""
    head = content.peek(_HEAD)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableFile("dtd_forbidden")
    found = 0
    try:
        for element in _elements(content, shape):
            for mark in element.iter(f"{{*}}{shape.mark}"):
                found += 1
                if found > limits.rows:
                    raise UnreadableFile("too_many_rows", limit=str(limits.rows))
                line = int(str(mark.sourceline or 0))
                yield Marked(line, Element(mark), Element(element), shape)
            _forget(element)
    except etree.XMLSyntaxError as error:
        detail = (error.msg or "").partition(", line")[0]
        at = str(error.lineno or 0)
        raise UnreadableFile("not_xml", line=at, detail=detail) from error
    if not found:
        raise UnreadableFile("other_format", format=shape.name)


def _elements(content: BinaryIO, shape: Shape) -> Iterator[etree._Element]:
    """Parse without network, entities or document types, record by record."""
    events = etree.iterparse(
        content,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    for event, element in events:
        if first and element.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFile("dtd_forbidden")
        first = False
        if event == "end" and etree.QName(element).localname == shape.record:
            yield element


def _forget(element: etree._Element) -> None:
    """Free a record and everything before it, so that memory stays constant."""
    element.clear()
    for ancestor in [element, *element.iterancestors()]:
        parent = ancestor.getparent()
        while parent is not None and parent[0] is not ancestor:
            del parent[0]


def _row(marked: Marked) -> RightRow:
    """Read one mark."""
    mark, shape = marked.mark, marked.shape
    serial = mark.text(shape.filed, limit=_CODE)
    if not serial:
        raise BadField(shape.filed, "missing")
    office = mark.own_text("RegistrationOfficeCode", limit=_CODE)
    name, subtype = mark.text("MarkVerbalElementText"), _subtype(mark, shape)
    if not name and subtype != "figurative":
        raise BadField("MarkVerbalElementText", "missing")
    # The office lists the latest owner first.
    holder = next(marked.details.each(shape.applicant), None)
    goods = "; ".join(dict.fromkeys(mark.texts(shape.goods)))
    return RightRow(
        kind="trademark",
        subtype=subtype,
        name=name,
        number=mark.own_text("RegistrationNumber", limit=_CODE) or serial,
        office=office,
        source=f"{office.lower() or 'xx'}-trademarks",
        source_id=serial,
        holder_name=holder.first(shape.holder) if holder else "",
        holder_country=holder.text(shape.country, limit=_CODE) if holder else "",
        agent=_agent(mark, shape),
        classes=_classes(mark),
        goods=goods[:_LONG],
        territory=office,
        filed_on=mark.own_day("ApplicationDate"),
        registered_on=mark.own_day("RegistrationDate"),
        status_text=mark.text("MarkCurrentStatusExternalDescriptionText", limit=_LONG),
        status_on=mark.own_day("MarkCurrentStatusDate"),
        events=_events(mark),
        lang="en" if office == "US" else "",
        extra=_extra(mark, serial),
    )


def _subtype(mark: Element, shape: Shape) -> str:
    """Tell collective and certification marks, then words from pictures."""
    category = mark.own_text(shape.kind).lower()
    for word in ("collective", "certification"):
        if word in category:
            return word
    return _FEATURES.get(mark.text("MarkFeatureCode"), "word")


def _agent(mark: Element, shape: Shape) -> str:
    """Give the firm or person acting for the holder, without their addresses."""
    for party, name in shape.agents:
        for element in mark.each(party):
            names = list(element.texts(name))
            if names:
                return names[-1]  # the firm stands after the person
    return ""


def _classes(mark: Element) -> tuple[int, ...]:
    """Give the Nice classes; national classes (A, B, 200) are left out."""
    found = set()
    for description in mark.each("ClassDescription"):
        for name in ("ClassNumber", "NiceClassNumber"):
            text = description.own_text(name)
            if text.isascii() and text.isdigit() and 1 <= int(text) <= _NICE_CLASSES:
                found.add(int(text))
    return tuple(sorted(found))


def _events(mark: Element) -> tuple[tuple[date, str], ...]:
    """Give the prosecution history as days and the office's codes, oldest first."""
    days = []
    for event in mark.each("MarkEvent"):
        on, code = event.day("MarkEventDate"), event.text("MarkEventCode", limit=_CODE)
        if on and code:
            days.append((on, code))
    return tuple(sorted(days))


def _extra(mark: Element, serial: str) -> dict[str, str]:
    """Keep the office's numbers and codes that have no field of their own."""
    renewed_on = mark.day("RenewalDate")
    register = mark.text("RegisterCategory")
    found = {
        "application_number": serial,
        "status_code": mark.own_text("MarkCurrentStatusCode"),
        "register_category": _REGISTERS.get(register, register),
        "renewed_on": renewed_on.isoformat() if renewed_on else "",
        "published_on": next(mark.texts("PublicationDate"), "")[:_DAY],
    }
    return {name: text for name, text in found.items() if text}
