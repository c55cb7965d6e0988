"""The list of cases and the page of a case among 100,000 leads and 20,000 cases.

    .venv/bin/python bench/cases.py [--postgres]

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
WORDS = ("", "tea", "青岚", "2026-000", "Qinglan 0012", "nothing such")
FILTERS = (
    {"state": "open"},
    {"state": ""},
    {"state": "open", "mine": "on"},
    {"state": "open", "overdue": "on"},
    {"state": "in_review"},
    {"state": "closed", "right_kind": "trademark"},
)
PAGES = (1, 2, 30)
EYES = ("one", "head", "eye")


def pages(own: list, every: list) -> list[Page]:
    """Choose 240 lists and 200 cases, for a handler, the head and a supervisor."""
    dice = random.Random(7)  # noqa: S311 - the same pages at every run
    asked = list(product(FILTERS, WORDS, PAGES, EYES))
    dice.shuffle(asked)
    found = []
    for chosen, words, number, who in islice(asked, 240):
        query = {**chosen, "words": words, "page": number}
        found.append(Page("case list", who, f"/workbench/cases/?{urlencode(query)}"))
    found += [Page("case", "one", f"/workbench/cases/{pk}/") for pk in own]
    found += [Page("case", "head", f"/workbench/cases/{pk}/") for pk in every]
    found += [Page("case, overseen", "eye", f"/workbench/cases/{pk}/") for pk in every]
    dice.shuffle(found)
    return found


def main(name: str) -> None:
    """Seed, count queries, time."""
    from seed import seed

    from hufu.domain.cases.models import Case
    from hufu.doors.identity import now

    begun = time.perf_counter()
    world = seed(now(), LEADS, CASES)
    print(f"{name}; {measure.machine()}")
    took = time.perf_counter() - begun
    print(f"{LEADS} leads, {CASES} cases, seeded in {took:.0f} s\n")
    office = world.offices[0]
    one = office.staff["investigator"][0]
    officers = {"one": one, "head": office.staff["director"][0]}
    visit = Visit({**officers, "eye": office.staff["supervisor"][0]})
    cases = Case.objects.filter(agency=office.agency).order_by("id")
    own = cases.filter(participants__account=one).values_list("pk", flat=True)
    asked = pages(list(own[:100]), list(cases.values_list("pk", flat=True)[:100]))
    counted = visit.queries(asked)
    measure.judge_pages(visit.rounds(asked), counted, BOUND)


if __name__ == "__main__":
    with measure.database() as name:
        main(name)
