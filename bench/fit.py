"""Fit the weights of names_v1 on the development half, and write them down.

    .venv/bin/python bench/fit.py [MARKS]

The list is frozen with a release of the matcher: fit again for a new version only.
What the fit gives is a beginning: names_v1 was then moved one weight after the other
towards what is found among the development half, at two to five false leads (with
class) and twelve to twenty (without) in 1,000 clean offers, and compared on two halves
of that half. `disguised` and what excuses was set by hand.
"""

import json
import math
import sys

import numpy as np
import offers
import quality
from halves import is_development

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.index import FLOOR, Index
from hufu.engines.detection.native.features import describe_all
from hufu.engines.detection.native.hits import TRICK
from hufu.engines.detection.tables import FOLDER, LONGEST
from hufu.engines.detection.text import normalise
from hufu.engines.detection.weights import FEATURES, TRICKS

EACH, CLEAN, CLEAN_HAN = 200, 6000, 2000
ROUNDS = 30
BEST = 3  # candidates of a text that are looked at
WATCHED = 100_000
# Of resale and talk there are too few to fit: set by hand.
LAWFUL = ("refers", "accessory", "behind")
# What stands behind another name only, is as likely an offer of the mark as not.
EVEN = -0.2
# Pull towards what was set by hand, for what the data says nothing about.
PULL = 200.0
# Set by hand: how much likelier a monitored mark is meant, in points before they are
# calibrated; and how chance grows with the number of marks.
MONITORED, AMONG, FITTED = 2.0, 0.8, 200_000
NEVER_ABOVE_ZERO = (
    "common",
    "common_trick",
    "cuts",
    "digits",
    "number",
    "joined",
    "class_differs",
)


def masks(queries):
    """Give the classes of queries as bits."""
    return np.array([sum(1 << n for n in q.classes) for q in queries], np.uint64)


def index_of(rows):
    """Index a register; its first marks are watched. Give it with the rows by id."""
    watched = {row.id for row in rows[:WATCHED]}
    marks = (Mark(r.id, r.text, r.classes, watched=r.id in watched) for r in rows)
    order = {key: at for at, key in enumerate(sorted(row.id for row in rows))}
    return Index.build(marks), order


def samples(index, order, queries, classes):
    """Give the features of the best candidates, and whether each is the one planted."""
    found = index.candidates([q.text for q in queries], classes, floor=FLOOR)
    target = np.array([order.get(q.target, -1) for q in queries])
    right = target[found.text] == found.mark
    first = np.searchsorted(found.text, found.text)
    kept = right | (np.arange(found.text.size) - first < BEST)
    text, mark, hits, right = (
        found.text[kept],
        found.mark[kept],
        found.hit[kept],
        right[kept],
    )
    told, values = np.zeros(len(hits)), np.zeros((len(hits), len(FEATURES)))
    room = np.zeros(LONGEST, np.uint16)
    describe_all(index.segments[0].store, hits, room, told, values)
    theirs, ours = classes[text], index.segments[0].classes(mark)
    known, shared = (theirs != 0) & (ours != 0), (theirs & ours) != 0
    values[:, FEATURES.index("class_agrees")] = known & shared
    values[:, FEATURES.index("class_differs")] = known & ~shared
    which = np.eye(len(TRICKS))[hits[:, TRICK]]
    beside = MONITORED * index.segments[0].watched[mark]
    beside = beside + AMONG * math.log(FITTED / len(index))
    return np.hstack([which, which * told[:, None], values]), right, beside, text


def logistic(many, right, beside, prior):
    """Fit weights by Newton's method, pulled to the prior; clamp the signed ones.

    `beside` are the points that are set by hand.
    """
    weights = prior.copy()
    low = np.full(prior.size, -np.inf)
    high = np.full(prior.size, np.inf)
    for name in NEVER_ABOVE_ZERO:
        high[2 * len(TRICKS) + FEATURES.index(name)] = 0
    # Planted names always stand in a class of their mark; real misuse need not.
    low[2 * len(TRICKS) + FEATURES.index("class_differs")] = -4
    low[len(TRICKS) : 2 * len(TRICKS)] = 0.05
    for _ in range(ROUNDS):
        points = (many @ weights + beside).clip(-30, 30)
        chance = 1 / (1 + np.exp(-points))
        slope = many.T @ (right - chance) - PULL * (weights - prior)
        held = ((weights <= low) & (slope < 0)) | ((weights >= high) & (slope > 0))
        free = np.flatnonzero(~held)
        some = many[:, free]
        bend = (some * (chance * (1 - chance))[:, None]).T @ some
        step = np.linalg.solve(bend + PULL * np.eye(free.size), slope[free])
        weights[free] += step.clip(-0.5, 0.5)
        weights = weights.clip(low, high)
    return weights


def calibrated(points, right, text):
    """Fit what turns the points of the best candidate of each text into its odds."""
    order = np.lexsort((-points, text))
    best = order[np.unique(text[order], return_index=True)[1]]
    line = np.array([1.0, 0.0])
    many = np.stack([points[best], np.ones(best.size)], axis=1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(many @ line).clip(-30, 30)))
        bend = (many * (chance * (1 - chance))[:, None]).T @ many
        line += np.linalg.solve(bend, many.T @ (right[best] - chance))
    return line


def prior_of(told):
    """Write a list of weights as one row."""
    tricks = [told["tricks"][name] for name in TRICKS]
    features = [told["features"][name] for name in FEATURES]
    return np.array([*(t[0] for t in tricks), *(t[1] for t in tricks), *features])


def uses():
    """Give listings of the development half as title, mark, and whether it is used."""
    lawful = quality.table("listings_nominative_use.csv.gz")
    named = {row["listing_id"] for row in lawful}
    listed = quality.table("listings.csv.gz")
    kept = [row for row in lawful + listed if is_development(row["listing_id"])]
    for row in kept:
        brand, title = normalise(row["brand"]), normalise(row["title"])
        if "mentioned_mark" in row:
            yield row["title"], row["mentioned_mark"], False
        elif brand and row["listing_id"] not in named and f" {brand} " in f" {title} ":
            yield row["title"], row["brand"], True


def lawful():
    """Fit how the words around a mark tell a lawful naming from a use as a mark.

    Both count alike in sum, for nobody knows how often which is met.
    """
    rows = list(uses())
    index = Index.build(Mark(n, n, watched=True) for n in {mark for _, mark, _ in rows})
    facts, right = [], []
    found = index.sweep([Offer("", title) for title, _, _ in rows])
    for (_, mark, used), matches in zip(rows, found, strict=True):
        for match in matches:
            if match.mark_id == mark:
                told = {reason.code for reason in match.reasons}
                facts.append([1.0, *(code in told for code in LAWFUL)])
                right.append(used)
    many, used = np.array(facts), np.array(right, float)
    share = np.where(used == 1, 1 / used.mean(), 1 / (1 - used.mean())) / 2
    weights = np.zeros(many.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-(many @ weights)))
        slope = many.T @ (share * (used - chance)) - weights
        bend = (many * (share * chance * (1 - chance))[:, None]).T @ many
        weights += np.linalg.solve(bend + np.eye(weights.size), slope).clip(-1, 1)
    told = dict(zip(("used", *LAWFUL), weights.round(1).tolist(), strict=True))
    return told | {"behind": round(EVEN - told["used"], 1)}


def main(count):
    """Fit, and write the list."""
    path = FOLDER / "names_v1.json"
    told = json.loads(path.read_text("utf-8"))
    rows = offers.cleaned(count)
    index, order = index_of(rows)
    planted = offers.planted(rows[:WATCHED], EACH, development=True)
    clean = offers.clean(CLEAN, development=True)
    clean += offers.clean(CLEAN_HAN, development=True, han=True)
    queries = planted + clean
    parts = [samples(index, order, queries, masks(queries))]
    parts.append(samples(index, order, queries, np.zeros(len(queries), np.uint64)))
    many, right, beside = (
        np.concatenate([part[at] for part in parts]) for at in range(3)
    )
    text = np.concatenate([parts[0][3], parts[1][3] + len(queries)])
    print(f"{len(many):,} candidates, {right.sum():,} right")
    weights = logistic(many, right, beside, prior_of(told))
    slope, base = calibrated(many @ weights + beside, right, text)
    half = len(TRICKS)
    weights *= slope
    weights[:half] += base
    fitted = weights.round(3).tolist()
    told["tricks"] = {n: [fitted[i], fitted[half + i]] for i, n in enumerate(TRICKS)}
    told["features"] = dict(zip(FEATURES, fitted[2 * half :], strict=True))
    told["evidence"] |= {
        "among": round(AMONG * slope, 2),
        "monitored": round(MONITORED * slope, 2),
    }
    told["evidence"] |= lawful()
    told["fitted"] = {"marks": len(rows), "offers": len(queries), "half": "development"}
    path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(
        json.dumps({"tricks": told["tricks"], "features": told["features"]}, indent=1)
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
