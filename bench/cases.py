"""The list of cases and the page of a case among 100,000 leads and 20,000 cases.

    .venv/bin/python bench/cases.py [--postgres] [--keep FOLDER]

Makes a database of its own, opens the pages as officers, three times over, and ends
with an error when the 95th percentile of the median round is over the bound.
"""

import random
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
EYES = ("investigator", "director", "supervisor")


def pages(own: list, every: list) -> list[Page]:
    """Choose 240 lists and 200 cases, for a handler, the head and a supervisor."""
    dice = random.Random(7)  # noqa: S311 - the same pages at every run
    asked = list(product(FILTERS, WORDS, PAGES, EYES))
    dice.shuffle(asked)
    found = []
    for chosen, words, number, who in islice(asked, 240):
        query = {**chosen, "words": words, "page": number}
        found.append(Page("case list", who, f"/workbench/cases/?{urlencode(query)}"))
    found += [Page("case", "investigator", f"/workbench/cases/{pk}/") for pk in own]
    found += [Page("case", "director", f"/workbench/cases/{pk}/") for pk in every]
    found += [
        Page("case, overseen", "supervisor", f"/workbench/cases/{pk}/") for pk in every
    ]
    dice.shuffle(found)
    return found


def main() -> None:
    """Count queries, then time."""
    from hufu.domain.cases.models import Case

    officers = measure.office(*EYES)
    one = officers["investigator"]
    visit = Visit(officers)
    cases = Case.objects.filter(agency=one.agency).order_by("id")
    own = cases.filter(participants__account=one).values_list("pk", flat=True)
    asked = pages(list(own[:100]), list(cases.values_list("pk", flat=True)[:100]))
    counted = visit.queries(asked)
    measure.judge_pages(visit.rounds(asked), counted, BOUND)


if __name__ == "__main__":
    with measure.volume(LEADS, CASES):
        main()
