"""Further fictional complaints and cases, so that the public figures can be shown."""

import io
from decimal import Decimal

from hufu.domain.cases.models import Case
from hufu.domain.evidence import services as evidence
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.people.services import PartyFacts
from hufu.domain.rights.models import Right
from hufu.doors.cli.demo import story as acts
from hufu.doors.cli.demo.cast import REGION
from hufu.doors.cli.demo.days import Days
from hufu.doors.cli.demo.story import Matter, Story

# What is complained of, in English and Chinese; how many were sold and found.
GOODS = (
    ("backpacks", "背包", 40, 120),
    ("vacuum flasks", "保温杯", 90, 300),
    ("gloves", "手套", 150, 400),
    ("lunch boxes", "饭盒", 75, 210),
    ("tents", "帐篷", 12, 35),
)
SHOPS = ("远帆户外店", "晴岚百货行", "松涛日用品店", "云栖贸易商行", "南屏杂货铺")
# Counts below five stay hidden: five complaints from home and five from abroad.
COMPLAINTS = 10


def open_further(story: Story, home: Right, abroad: Right) -> None:
    """Take in ten complaints, accept them, and bring five cases to their end."""
    taken = [_complain(story, n, abroad if n % 2 else home) for n in range(COMPLAINTS)]
    story.days.later()
    intake = story.cast["intake"]
    accepted = [
        leads.accept_lead(actor=intake, at=story.days.at, lead=lead) for lead in taken
    ]
    files = [_file(story, number) for number in range(len(GOODS))]
    _conclude(story, files, accepted)


def _complain(story: Story, number: int, right: Right) -> Lead:
    goods, _chinese, _sold, _found = GOODS[number % len(GOODS)]
    owner = "nordlicht" if number % 2 else "holder"
    photo = f"What the shop shows: {goods} (demonstration, fictional)\n"
    kept = evidence.keep_file(
        storage=story.storage, stream=io.BytesIO(photo.encode()), name="seen.txt"
    )
    return leads.complain_lead(
        actor=story.cast[owner],
        at=story.days.at,
        facts=leads.LeadFacts(
            title=f"Copied {goods} in a shop (fictional)",
            act="counterfeit_mark",
            region=REGION,
            right_kind="trademark",
            right=right,
            details="Demonstration text. (fictional)",
            seller=f"demo-shop-{number}",
            goods=goods,
            occurred_on=story.days.on,
            demo=True,
        ),
        files=[kept],
    )


def _file(story: Story, number: int) -> Story:
    """Begin a story of its own for one case; only its days are apart."""
    goods, chinese, sold, found = GOODS[number]
    matter = Matter(
        title=f"{goods.capitalize()} under another's mark (fictional)",
        respondent=PartyFacts(
            kind="company", name=f"{SHOPS[number]}（虚构）", demo=True
        ),
        goods_en=goods,
        goods_zh=chinese,
        sold=sold,
        found=found,
        turnover=Decimal(sold * 100),
        fine=Decimal(sold * 100),
    )
    return Story(story.cast, Days(story.days.on), story.storage, matter)


def _conclude(story: Story, files: list[Story], accepted: list[Lead]) -> None:
    """Take all cases through each stage together, then move the common hand on."""
    story.days.later()
    opened: list[Case] = []
    for one, lead in zip(files, accepted, strict=False):
        one.days.on = story.days.on
        opened.append(acts.open_file(one, lead))
        acts.investigate(one, opened[-1])
    _catch_up(story, files)
    for one, case in zip(files, opened, strict=True):
        acts.hear(one, case)
    _catch_up(story, files)
    decided = [acts.decide(one, case) for one, case in zip(files, opened, strict=True)]
    _catch_up(story, files)
    for one, decision in zip(files, decided, strict=True):
        acts.publish(one, decision)
        acts.carry_out(one, decision)
    _catch_up(story, files)


def _catch_up(story: Story, files: list[Story]) -> None:
    """Bring every hand to the day after the latest, filing returns on the way."""
    latest = max(one.days.on for one in files)
    while story.days.on <= latest:
        story.days.later()
    for one in files:
        one.days.on, one.days.minutes = story.days.on, 0
