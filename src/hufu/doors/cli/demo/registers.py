"""Filling the registers of the demonstration: real names in use, fictional marks."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from hufu.domain.people.models import Agency
from hufu.domain.rights import services as rights
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import Right
from hufu.domain.watch import services as watch
from hufu.domain.watch.models import Source
from hufu.doors.cli.demo.cast import FOREIGN_HOLDER, HOLDER, SYSTEM

DATA = Path(settings.BASE_DIR) / "data"
FILES = (
    ("marks.csv.gz", "csv"),
    ("gi_register.csv.gz", "gi"),
    ("uspto_tm_xml/rn2178784-ST66.xml", "st66"),
    ("uspto_tm_xml/rn2713476-ST96.xml", "st96"),
    ("uspto_tm_xml/sn77478018-ST96.xml", "st96"),
    ("uspto_tm_xml/sn85334015-ST66.xml", "st66"),
)


def import_registers(at: datetime) -> list[str]:
    """Import every register of the demonstration; say what went in."""
    told = []
    for name, kind in FILES:
        path = DATA / name
        facts = rights.ImportFacts(
            name=path.name,
            format=kind,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            size=path.stat().st_size,
            demo=kind == "csv",
        )
        item = rights.request_import(actor=SYSTEM, at=at, facts=facts)
        item = rights.run_import(
            actor=SYSTEM, at=at, item=item, open_file=_opener(path)
        )
        told.append(f"{path.name}: {item.added} in, {item.rejected} rejected")
    return told


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


# Whose account claims each fictional mark.
OWNERS = {"DEMO-0001": "holder", "DEMO-0002": "holder", "DEMO-0003": "nordlicht"}


def fictional_mark(at: datetime, name: str, number: str) -> Right:
    """Record a mark that the demonstration's infringements are about."""
    home = OWNERS[number] == "holder"
    row = RightRow(
        kind="trademark",
        subtype="word",
        name=name,
        source="demo",
        source_id=number,
        number=number,
        office="DEMO",
        holder_name=(HOLDER.name_other if home else FOREIGN_HOLDER.name),
        holder_country="CN" if home else "DE",
        classes=(18, 25) if home else (21,),
        goods="Outdoor clothing; bags (fictional)"
        if home
        else "Vacuum flasks (fictional)",
        territory="CN",
        filed_on=date(2019, 3, 4),
        registered_on=date(2020, 1, 14),
        expires_on=date(2030, 1, 13),
    )
    return rights.record_right(actor=SYSTEM, at=at, row=row, demo=True)


def take_offers(at: datetime, source: Source, path: Path) -> int:
    """Take a file of offers in; return how many are new."""
    facts = watch.FeedFacts(
        name=path.name,
        format="csv",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        size=path.stat().st_size,
    )
    feed = watch.request_feed(actor=SYSTEM, at=at, source=source, facts=facts)
    feed = watch.take_feed(actor=SYSTEM, at=at, feed=feed, open_file=_opener(path))
    return feed.added


def open_sources(at: datetime, agency: Agency) -> tuple[Source, Source]:
    """Open the fictional market place and the real listings used for volume."""
    market = watch.SourceFacts(
        code="demo-mall",
        name_en="Demo Mall (fictional)",
        name_zh="演示商城（虚构）",
        region=agency.region,
        budget=1000,
        demo=True,
    )
    volume = watch.SourceFacts(
        code="listings",
        name_en="Public listings, for volume",
        name_zh="公开商品信息（演示数据量）",
        region=agency.region,
        demo=True,
    )
    return (
        watch.open_source(actor=SYSTEM, at=at, facts=market, agency=agency),
        watch.open_source(actor=SYSTEM, at=at, facts=volume, agency=agency),
    )
