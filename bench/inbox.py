"""The inbox and the pages of leads among 100,000 leads and 20,000 cases.

    .venv/bin/python bench/inbox.py [--postgres]

Makes a database of its own, opens the pages as officers, three times over, and ends
with an error when the 95th percentile of the median round is over the bound.
"""

import random
import time
from itertools import islice, product
from urllib.parse import urlencode

import measure
from measure import Page, Visit

LEADS, CASES, BOUND = 100_000, 20_000, 100
WORDS = (
    "tea",
    "qinglan",
    "青岚",
    "夜市",
    "shop 1234",
    "bearings live",
    "nothing such",
    "",
)
FILTERS = (
    {},
    {"state": "all"},
    {"state": "new", "origin": "report"},
    {"state": "closed", "lane": "simple"},
    {"state": "open", "overdue": "on"},
    {"right_kind": "copyright", "state": "all"},
    {"origin": "detection", "right_kind": "trademark"},
)
ORDERS = ("newest", "oldest", "due")
PAGES = (1, 2, 9, 20)


def pages(leads: list) -> list[Page]:
    """Choose 252 views of the inbox, 200 leads and the first page."""
    dice = random.Random(7)  # noqa: S311 - the same pages at every run
    found = [Page("workbench home", who, "/workbench/") for who in ("one", "head")] * 20
    asked = list(product(FILTERS, WORDS, ORDERS, PAGES))
    dice.shuffle(asked)
    for chosen, words, order, number in islice(asked, 252):
        query = {**chosen, "words": words, "order": order, "page": number}
        found.append(Page("inbox", "clerk", f"/workbench/leads/?{urlencode(query)}"))
    found += [Page("lead", "clerk", f"/workbench/leads/{pk}/") for pk in leads]
    dice.shuffle(found)
    return found


def main(name: str) -> None:
    """Seed, count queries, time."""
    from seed import seed

    from hufu.domain.leads.models import Lead
    from hufu.doors.identity import now

    begun = time.perf_counter()
    world = seed(now(), LEADS, CASES)
    print(f"{name}; {measure.machine()}")
    took = time.perf_counter() - begun
    print(f"{LEADS} leads, {CASES} cases, seeded in {took:.0f} s\n")
    office = world.offices[0]
    seen = Lead.objects.filter(agency=office.agency).order_by("id")
    visit = Visit(
        {
            "clerk": office.staff["intake"][0],
            "one": office.staff["investigator"][0],
            "head": office.staff["director"][0],
        }
    )
    asked = pages(list(seen.values_list("pk", flat=True)[:200]))
    counted = visit.queries(asked)
    measure.judge_pages(visit.rounds(asked), counted, BOUND)


if __name__ == "__main__":
    with measure.database() as name:
        main(name)
