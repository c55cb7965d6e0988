"""The fictional offices and people of the demonstration."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from hufu.domain.people import services
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Account, Agency, Party
from hufu.domain.people.services import AccountFacts, PartyFacts

SYSTEM = Clockwork()
REGION = "440300"

HOLDER = PartyFacts(
    kind="company",
    name="青山溪户外用品有限公司（虚构）",
    name_other="Qingshan Rill Outdoor Co., Ltd. (fictional)",
    region="330100",
    email="holder@example.com",
    demo=True,
)
FOREIGN_HOLDER = PartyFacts(
    kind="company",
    name="Nordlicht Thermos GmbH (fictional)",
    country="DE",
    email="ip@example.org",
    demo=True,
)
RESPONDENT = PartyFacts(
    kind="company",
    name="博浪商贸行（虚构）",
    name_other="Bolang Trade (fictional)",
    region=REGION,
    address="深圳市某区某路1号（虚构）",
    demo=True,
)
STAFF = (
    ("intake", "intake", "Demo intake officer"),
    ("li", "investigator", "Demo investigator one"),
    ("wang", "investigator", "Demo investigator two"),
    ("reviewer", "reviewer", "Demo legal reviewer"),
    ("director", "director", "Demo director"),
    ("supervisor", "supervisor", "Demo supervisor"),
    ("admin", "administrator", "Demo account keeper"),
)


@dataclass
class Cast:
    """Everybody in the demonstration, by short name, and passwords made just now."""

    office: Agency
    neighbour: Agency
    registry: Agency
    holder: Party
    foreign_holder: Party
    accounts: dict[str, Account] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Account:
        """Return an account by its short name."""
        return self.accounts[name]


def gather(at: datetime) -> Cast:
    """Found the offices and open the accounts; passwords are random."""
    office = _agency(at, "DEMO-440300", REGION, "market", ("Shenzhen", "深圳市"))
    neighbour = _agency(at, "DEMO-330100", "330100", "market", ("Hangzhou", "杭州市"))
    registry = _agency(at, "DEMO-REGISTER", "000000", "ip_office", ("National", "国家"))
    cast = Cast(
        office, neighbour, registry, _party(at, HOLDER), _party(at, FOREIGN_HOLDER)
    )
    for name, role, full_name in STAFF:
        _open(cast, at, AccountFacts(name, role, agency=office, full_name=full_name))
    neighbours = (("neighbour", "intake"), ("neighbour-director", "director"))
    for name, role in neighbours:
        _open(cast, at, AccountFacts(name, role, agency=neighbour, full_name=name))
    _open(
        cast,
        at,
        AccountFacts("registrar", "registrar", agency=registry, full_name="registrar"),
    )
    _open(cast, at, AccountFacts("holder", "holder", party=cast.holder))
    _open(cast, at, AccountFacts("nordlicht", "holder", party=cast.foreign_holder))
    return cast


def _agency(
    at: datetime, code: str, region: str, kind: str, place: tuple[str, str]
) -> Agency:
    offices = {
        "market": ("market regulation office", "市场监督管理局"),
        "ip_office": ("rights register", "权利登记处"),
    }
    english, chinese = offices[kind]
    return services.found_agency(
        actor=SYSTEM,
        at=at,
        agency=Agency(
            code=code,
            kind=kind,
            name_en=f"{place[0]} {english} (demonstration)",
            name_zh=f"{place[1]}{chinese}（演示）",
            region=region,
            demo=True,
        ),
    )


def _party(at: datetime, facts: PartyFacts) -> Party:
    return services.register_party(actor=SYSTEM, at=at, facts=facts)


def _open(cast: Cast, at: datetime, facts: AccountFacts) -> None:
    password = secrets.token_urlsafe(12)
    account = services.open_account(
        actor=SYSTEM,
        at=at,
        facts=AccountFacts(**{**vars(facts), "password": password}),
    )
    cast.accounts[facts.username] = account
    cast.passwords[facts.username] = password
