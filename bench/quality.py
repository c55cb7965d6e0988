"""How well marks are found: planted tricks, clean offers, domains, lawful naming."""

import csv
import gzip
import time
from dataclasses import dataclass

import numpy as np
import offers
from disguises import HAN, SINGLE
from halves import is_development
from register import DATA

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.crossing import near_names
from hufu.engines.detection.evaluation import interval
from hufu.engines.detection.index import Index
from hufu.engines.detection.text import normalise

TIER = 100_000
EACH, CLEAN, CLEAN_HAN = 200, 6000, 2000
# Below this score nothing is ranked.
LEAST = 0.02
BUDGETS = {"with class": 5, "without class": 20}
# The share of a budget that a threshold may spend on the development half, so that
# another sample stays within it.
SPENT = 0.7
HP = ("hewlett", "hewcpn")
CHINESE = [kind for kind in HAN if kind != "zh_substitute"]


def index_of(rows):
    """Index a register; its first 100,000 marks are the monitored tier."""
    tier = {row.id for row in rows[:TIER]}
    return Index.build(
        Mark(row.id, row.text, row.classes, watched=row.id in tier) for row in rows
    )


def share(right, total):
    """Write a share with its interval of 95 %."""
    low, high = interval(right, total)
    return f"{right / max(1, total):.3f} ({low:.3f}–{high:.3f})"


@dataclass(frozen=True)
class Asked:
    """Queries with the score of their mark, its rank, and the best score of any."""

    kinds: np.ndarray
    right: np.ndarray
    rank: np.ndarray
    best: np.ndarray
    best_is_right: np.ndarray


def ask(index, queries, *, classes):
    """Sweep queries as offers, all evidence counted; lower scores count as none."""
    given = [
        Offer(str(at), q.text, classes=q.classes if classes else frozenset())
        for at, q in enumerate(queries)
    ]
    right, rank, best, first = [], [], [], []
    for at in range(0, len(given), 1000):
        found = index.sweep(given[at : at + 1000], LEAST)
        for query, matches in zip(queries[at : at + 1000], found, strict=True):
            ids = [match.mark_id for match in matches]
            place = ids.index(query.target) + 1 if query.target in ids else 0
            right.append(matches[place - 1].score if place else 0.0)
            rank.append(place)
            best.append(matches[0].score if matches else 0.0)
            first.append(bool(matches) and ids[0] == query.target)
    kinds = np.array([query.kind for query in queries])
    return Asked(kinds, *map(np.array, (right, rank, best, first)))


def threshold(clean, budget):
    """Give the least score that few of 1,000 clean offers reach, well in the budget."""
    ordered = np.sort(clean.best[clean.kinds == "clean"])[::-1]
    return float(ordered[int(len(ordered) * SPENT * budget / 1000)]) + 1e-9


def names(rows, index):
    """Choose thresholds on the development half, and judge the evaluation half."""
    told = {}
    for what, budget in BUDGETS.items():
        classes = what == "with class"
        halves = {}
        for half in (True, False):
            clean = offers.clean(CLEAN, development=half)
            clean += offers.clean(CLEAN_HAN, development=half, han=True)
            halves[half] = ask(index, clean, classes=classes)
        least = threshold(halves[True], budget)
        planted = offers.planted(rows[:TIER], EACH, development=False)
        asked = ask(index, planted, classes=classes)
        told[what] = {
            "threshold": least,
            "clean": halves[False],
            "planted": asked,
            "recall": recall_of(asked, least),
        }
    return told


def recall_of(asked, least):
    """Count what is found above a threshold, by kind and for the single tricks."""
    found = {}
    for kind in dict.fromkeys(asked.kinds.tolist()):
        chosen = asked.kinds == kind
        found[kind] = (
            int((asked.right[chosen] >= least).sum()),
            int(chosen.sum()),
            [
                int(((asked.rank[chosen] > 0) & (asked.rank[chosen] <= k)).sum())
                for k in (1, 5, 10)
            ],
        )
    for name, kinds in (
        ("Latin single tricks", SINGLE),
        ("Chinese single tricks", CHINESE),
    ):
        parts = [found[kind] for kind in kinds]
        ranks = np.sum([part[2] for part in parts], axis=0).tolist()
        found[name] = (sum(p[0] for p in parts), sum(p[1] for p in parts), ranks)
    return found


def table(name):
    """Read a table of data/."""
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def decisions():
    """Judge the domain names of UDRP cases: theirs against marks of other cases."""
    rows = [
        row for row in table("udrp_facts.csv.gz") if row["marks"] and row["domains"]
    ]
    marks = [
        Mark(f"{at}/{n}", text, watched=True)
        for at, row in enumerate(rows)
        for n, text in enumerate(row["marks"].split("|"))
    ]
    index = Index.build(marks)
    own, other = {True: [], False: []}, []
    names = {
        at: {normalise(m) for m in row["marks"].split("|")}
        for at, row in enumerate(rows)
    }
    for at, row in enumerate(rows):
        half = is_development(row["decision_url"])
        scores = []
        for domain in row["domains"].split("|"):
            by_case = {}
            for match in index.match(Offer("d", "", domain=domain)):
                case = int(match.mark_id.partition("/")[0])
                by_case[case] = max(by_case.get(case, 0), match.score)
            scores.append(by_case.get(at, 0.0))
            other += [
                by_case.get(case, 0.0)
                for case in range(len(rows))
                if case != at and names[case].isdisjoint(names[at])
            ]
        if row["outcome"] == "transfer":
            own[half] += scores
    least = float(np.sort(np.array(other))[::-1][len(other) // 100]) + 1e-9
    return own, np.array(other), least


def squats():
    """Judge the squat domains whose target is attributable by rule."""
    rows = [row for row in table("squat_domains.csv.gz") if row["target_inferred"]]
    targets = sorted({row["target_inferred"] for row in rows})
    index = Index.build(Mark(name, name, watched=True) for name in targets)
    rows = [row for row in rows if not is_development(row["domain"])]
    found = {}
    for row in rows:
        matches = index.match(Offer("d", "", domain=row["domain"]))
        score = max(
            (m.score for m in matches if m.mark_id == row["target_inferred"]),
            default=0.0,
        )
        found.setdefault(row["relation"], []).append(score)
    return {kind: np.array(scores) for kind, scores in found.items()}


def renderings(side, other):
    """Ask for the first five marks of one script by names of another, no pair known.

    The index has the other script's names of both halves; the queries are of brands
    of the evaluation half. Give those found, all queries, and the seconds of each.
    """
    rows = table("marks_latin_han_pairs.csv.gz")
    right = {}
    for row in rows:
        right.setdefault(row[side], set()).add(row[other])
    index = Index.build(Mark(name, name) for name in {row[other] for row in rows})
    asked = {row[side] for row in rows if not is_development(row["wikidata"])}
    begun = time.thread_time()
    found = sum(
        not right[name].isdisjoint(m.mark_id for m in near_names(index, name, most=5))
        for name in sorted(asked)
    )
    return found, len(asked), (time.thread_time() - begun) / len(asked)


def lawful():
    """Judge the lawful namings, with the brand that the seller names and without.

    Rows whose brand is the maker's own longer name are no lawful namings by others.
    """
    rows = [
        row
        for row in table("listings_nominative_use.csv.gz")
        if not (row["mark_owner"] == "hp" and row["brand"].startswith(HP))
    ]
    marks = sorted({row["mentioned_mark"] for row in rows})
    index = Index.build(Mark(name, name, watched=True) for name in marks)
    rows = [row for row in rows if not is_development(row["listing_id"])]
    told = {}
    for what in ("brand known", "title alone"):
        scores = []
        for row in rows:
            brand = row["brand"] if what == "brand known" else ""
            matches = index.match(Offer("o", row["title"], brand=brand))
            own = (m.score for m in matches if m.mark_id == row["mentioned_mark"])
            scores.append(max(own, default=0.0))
        told[what] = np.array(scores)
    return told


def use_as_mark():
    """Judge listings that name their own brand: the other side of lawful naming."""
    lawful_ids = {row["listing_id"] for row in table("listings_nominative_use.csv.gz")}
    rows = [
        row
        for row in table("listings.csv.gz")
        if row["brand"]
        and row["listing_id"] not in lawful_ids
        and not is_development(row["listing_id"])
        and f" {normalise(row['brand'])} " in f" {normalise(row['title'])} "
    ]
    index = Index.build(
        Mark(n, n, watched=True) for n in sorted({r["brand"] for r in rows})
    )
    found = index.sweep([Offer("o", row["title"]) for row in rows])
    return np.array(
        [
            max((m.score for m in matches if m.mark_id == row["brand"]), default=0.0)
            for row, matches in zip(rows, found, strict=True)
        ]
    )
