"""Offices, officers and holders for tests, made as people make them: by services."""

import io
import zipfile
from datetime import date

from hufu.domain.evidence.services import CaptureFiles, Upload, keep_file
from hufu.domain.leads import services as leads
from hufu.domain.leads.receipts import code_of
from hufu.domain.people.actors import Clockwork, Reporter
from hufu.domain.people.models import Agency
from hufu.domain.people.services import (
    AccountFacts,
    PartyFacts,
    found_agency,
    open_account,
    register_party,
)
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.services.claims import ClaimFacts, claim_right, verify_claim
from hufu.domain.rights.services.records import record_right

SYSTEM = Clockwork()
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c"
    "49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def agency(now, code="shenzhen", region="440300", kind="market"):
    made = Agency(
        code=code,
        kind=kind,
        name_en=f"Office {code}",
        name_zh=f"{code}局",
        region=region,
        level=2,
    )
    return found_agency(actor=SYSTEM, at=now, agency=made)


def officer(now, office, role="intake", name=None):
    facts = AccountFacts(
        username=name or f"{role}-{office.code}",
        role=role,
        password="a long password of a test",
        agency=office,
        full_name=f"{role} {office.code}",
    )
    return open_account(actor=SYSTEM, at=now, facts=facts)


def holder(now, name="Qinglan Tea"):
    party = register_party(
        actor=SYSTEM,
        at=now,
        facts=PartyFacts(kind="company", name=name, email="office@holder.test"),
    )
    facts = AccountFacts(username=name, role="holder", password="p", party=party)
    return open_account(actor=SYSTEM, at=now, facts=facts)


def respondent(now, party):
    """Open an account for somebody a case is about."""
    facts = AccountFacts(username="respondent", role="respondent", party=party)
    return open_account(actor=SYSTEM, at=now, facts=facts)


def right_of(account, now, storage, **said):
    """Record a mark and let an officer verify that it is the account's."""
    office = agency(now, "register", "000000", "ip_office")
    registrar = officer(now, office, "registrar")
    row = {
        "kind": "trademark",
        "name": "QINGLAN",
        "source": "test",
        "source_id": "1",
        "number": "1",
        "registered_on": date(2020, 1, 1),
        "expires_on": date(2030, 1, 1),
    }
    right = record_right(actor=SYSTEM, at=now, row=RightRow(**{**row, **said}))
    claim = claim_right(
        actor=account,
        at=now,
        storage=storage,
        right=right,
        facts=ClaimFacts(),
        upload=Upload(io.BytesIO(b"proof of the holder"), "proof.txt"),
    )
    verify_claim(actor=registrar, at=now, claim=claim)
    right.refresh_from_db()
    return right


def kept(storage, data=b"a page that was saved", name="page.txt"):
    return keep_file(storage=storage, stream=io.BytesIO(data), name=name)


def facts(**said):
    told = {
        "title": "Copied tea tins at the night market",
        "act": "counterfeit_mark",
        "region": "440300",
        "right_kind": "trademark",
        "seller": "Lucky Stall",
    }
    return leads.LeadFacts(**{**told, **said})


def receipt(number=1):
    return code_of(number.to_bytes(16, "big"))


def report(now, number=1, **said):
    """Send a report; `name` makes it a named one."""
    sender = leads.Sender(said.pop("name", ""), said.pop("contact", ""))
    files = said.pop("files", ())
    return leads.report_lead(
        actor=Reporter(),
        at=now,
        facts=facts(**said),
        receipt=receipt(number),
        sender=sender,
        files=files,
    )


def captured(storage):
    """Keep what a capture of a page would bring: a WACZ file and a screenshot."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("datapackage.json", "{}")
    files = [
        keep_file(storage=storage, stream=io.BytesIO(one))
        for one in (data.getvalue(), PNG)
    ]
    return CaptureFiles(outline_of_capture(), *files)


def outline_of_capture(**said):
    """Say of a capture what its page shows."""
    return {
        "final_url": "https://shop.example/teapots",
        "title": "Teapots",
        "status": 200,
        "parts": 4,
        "servers": ["93.184.215.14"],
        "refused": ["10.0.0.1"],
        "browser": "140.0",
        "software": {"hufu": "0.1.0", "chromium": "140.0", "playwright": "1.50"},
        "unencrypted": True,
        "certificate_problems": ["expired"],
        "complete": False,
        "clock": {"measured": False, "why": "No timestamp authority is configured."},
        "seal": {
            "office_key": True,
            "key_sha256": "ab" * 32,
            "stamped_by": "",
            "stamped_at": "",
            "own_stamp": False,
            "stamp_trouble": "No timestamp authority is configured.",
        },
        **said,
    }
