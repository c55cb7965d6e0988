"""The inbox and the pages of leads among 100,000 leads and 20,000 cases.

    .venv/bin/python bench/inbox.py [--postgres] [--keep FOLDER]

Makes a database of its own, opens the pages as officers, three times over, and ends
with an error when the 95th percentile of the median round is over the bound.
"""

import random
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
    found = [
        Page("workbench home", who, "/workbench/")
        for who in ("investigator", "director")
    ] * 20
    asked = list(product(FILTERS, WORDS, ORDERS, PAGES))
    dice.shuffle(asked)
    for chosen, words, order, number in islice(asked, 252):
        query = {**chosen, "words": words, "order": order, "page": number}
        found.append(Page("inbox", "intake", f"/workbench/leads/?{urlencode(query)}"))
    found += [Page("lead", "intake", f"/workbench/leads/{pk}/") for pk in leads]
    dice.shuffle(found)
    return found


def main() -> None:
    """Count queries, then time."""
    from hufu.domain.leads.models import Lead

    officers = measure.office("intake", "investigator", "director")
    agency = officers["intake"].agency
    seen = Lead.objects.filter(agency=agency).order_by("id")
    visit = Visit(officers)
    asked = pages(list(seen.values_list("pk", flat=True)[:200]))
    counted = visit.queries(asked)
    measure.judge_pages(visit.rounds(asked), counted, BOUND)


if __name__ == "__main__":
    with measure.volume(LEADS, CASES):
        main()
