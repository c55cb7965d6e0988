"""Two fictional draws of shops to visit: one is over, one waits for its value."""

import secrets
from datetime import datetime, timedelta

from hufu.domain.inspections import services
from hufu.domain.inspections.models import Draw
from hufu.doors.cli.demo.story import Story

SHOPS = (
    *("远帆户外店（虚构）", "晴岚百货行（虚构）", "松涛日用品店（虚构）"),
    *("云栖贸易商行（虚构）", "南屏杂货铺（虚构）", "暖山日用品店（虚构）"),
)
DICE = services.PublicValue("3 6 1 5 2 4", "Demonstration: nobody threw these dice")
MINUTE = timedelta(minutes=1)


def hold_draws(story: Story, *, tomorrow: datetime) -> None:
    """Draw and publish visits by fictional dice; plan others by a round to come."""
    cast, days, at = story.cast, story.days, story.days.at
    dice = services.Source(
        at + MINUTE, "Dice (fictional)", "six throws, spaces between"
    )
    draw = _plan(story, "Shops visited (fictional)", dice, at)
    services.settle_draw(actor=cast["li"], at=days.at, draw=draw, value=DICE)
    services.publish_draw(actor=cast["director"], at=days.at, draw=draw)
    beacon = services.Source(tomorrow)
    _plan(story, "Shops to be visited next (fictional)", beacon, days.at)


def _plan(story: Story, purpose: str, source: services.Source, at: datetime) -> Draw:
    return services.plan_draw(
        actor=story.cast["li"],
        at=at,
        facts=services.PlanFacts(purpose, SHOPS, 2, source),
        salt=secrets.token_bytes(services.SALT_WIDTH),
    )
