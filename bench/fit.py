"""Fit the weights of names_v1 on the development half, and write them down.

    .venv/bin/python bench/fit.py [MARKS]

The list is frozen with a release of the matcher: fit again for a new version only. What
names tell is moved to where most planted names are found at a budget of false leads
(`fit_climb.py`), from what the list says before; then all of it is shifted until as
many of the best matches are right as their scores say. What excuses is only told: it
is set by hand from that.
"""

import json
import sys

import numpy as np
import offers
import quality
from fit_climb import NOT_IN_TITLES, SHARES, SHORT, Climb, Moved, written
from fit_sample import sample_of
from halves import is_development

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.index import Index
from hufu.engines.detection.tables import FOLDER
from hufu.engines.detection.text import normalise
from hufu.engines.detection.weights import TRICKS

# Of resale and talk there are too few to fit: set by hand.
LAWFUL = ("refers", "accessory", "behind")
# What stands behind another name only, is just less likely an offer of the mark than
# not: however sure the name, its odds are even at most. Thresholds stay well below.
EVEN, BELOW = -0.13, 0.6


def calibrated(climb, moved):
    """Shift the points until as many best matches are right as their scores say.

    Not so far that a threshold comes near what stands behind another name.
    """
    rows = np.arange(len(climb.sample.text))
    scores, _ = climb.scores(moved, rows, climb.sample.asked)
    order = np.lexsort((-scores, climb.sample.text))
    best = order[np.unique(climb.sample.text[order], return_index=True)[1]]
    best = best[climb.sample.lawful[best] == 0]
    shift = 0.0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-scores[best] - shift))
        missing = climb.sample.right[best].sum() - chance.sum()
        shift += missing / (chance * (1 - chance)).sum()
    clean = np.sort(climb.clean(moved, "clean", climb.draws)[0])[::-1]
    room = -BELOW - clean[int(len(clean) * SHARES[True][1])]
    print(f"shifted by {shift:.2f} points, or {room:.2f} that there is room for")
    points = moved.points + min(shift, room)
    kept = [TRICKS.index(name) for name in NOT_IN_TITLES]
    points[kept] = moved.points[kept]
    points[:, :SHORT] = moved.points[:, :SHORT]
    return Moved(points, moved.apart, moved.features)


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
    return told | {"behind": round(EVEN - told["used"], 2)}


def main(count):
    """Fit, and write the list."""
    path = FOLDER / "names_v1.json"
    told = json.loads(path.read_text("utf-8"))
    rows = offers.cleaned(count)
    sample = sample_of(rows, quality.index_of(rows))
    print(f"{len(sample.text):,} candidates, {sample.right.sum():,} right")
    climb = Climb(sample, told)
    moved = calibrated(climb, climb.climb())
    told = written(told, moved)
    print("what excuses, not written:", lawful())
    told["fitted"] = {
        "marks": len(rows),
        "offers": len(sample.kinds),
        "half": "development",
    }
    path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
