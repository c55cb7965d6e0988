"""Weights moved to where most planted names are found at a budget of false leads.

Loss: the softplus of how far a planted name lies below the threshold, the score that a
share of the clean offers reach; so only the tail of clean offers counts, as it does
when a budget is set. Adam (Kingma and Ba, 2015) follows its slope.
"""

import math
from dataclasses import dataclass

import numpy as np
from disguises import SINGLE
from quality import CHINESE

from hufu.engines.detection.native.lengths import STEPS_EACH
from hufu.engines.detection.weights import FEATURES, TRICKS

STEPS, RATE, DRAWS = 250, 0.06, 5
# The shares of clean offers that thresholds let through, with class and without.
SHARES = {True: (0.0025, 0.0035, 0.005), False: (0.010, 0.014, 0.020)}
# What the names of a kind count together, and Chinese clean offers above a threshold.
COUNTED = ((SINGLE, 1.0), (CHINESE, 0.5), (["two_edits"], 0.15))
CLEAN_HAN, MARGIN = 0.3, 1.0
# Pull towards the weights before, and towards lengths that tell evenly.
PULL, SMOOTH = 1.5e-4, 9e-4
# Set by hand: capitals and words of shops within words are planted oftener than sellers
# write them, and planted names always stand in a class of their mark.
MOST = {"capitals": 2.5, "shop_word": 2.5}
BY_HAND = ("disguised", "number", "whole_text", "class_agrees", "class_differs")
# Lengths of names that are never planted.
SHORT = 2
NOT_IN_TITLES = (
    "known_name",
    "part_of_name",
    "part_in_domain",
    "part_misspelt",
    "sounds_inside",
)
NEVER_ABOVE_ZERO = (
    "common",
    "common_trick",
    "cuts",
    "digits",
    "joined",
    "joined_trick",
    "known_letters",
)
NEVER_BELOW_ZERO = (
    "surprise",
    "rest_known",
    "first_letter",
    "capitals",
    "common_disguised",
    "at_start",
    "shop_word",
)
_AGREES, _DIFFERS = FEATURES.index("class_agrees"), FEATURES.index("class_differs")


@dataclass(frozen=True)
class Moved:
    """The weights that are moved, or the slope of each: arrays that belong together."""

    points: np.ndarray  # tricks by lengths
    apart: np.ndarray
    features: np.ndarray

    def each(self, call, *others):
        """Give the arrays that a call makes of these and of others."""
        names = ("points", "apart", "features")
        return Moved(
            *(call(*(getattr(of, name) for of in (self, *others))) for name in names)
        )


def read(told):
    """Read the weights of a list."""
    return Moved(
        np.array([told["tricks"][name] for name in TRICKS]),
        np.array([told["apart"].get(name, 0.0) for name in TRICKS]),
        np.array([told["features"][name] for name in FEATURES]),
    )


def written(told, moved):
    """Write moved weights into a list."""
    points, features = moved.points.round(2), moved.features.round(3)
    apart = dict(zip(TRICKS, moved.apart.round(2).tolist(), strict=True))
    return told | {
        "tricks": dict(zip(TRICKS, points.tolist(), strict=True)),
        "apart": {name: apart[name] for name in told["apart"]},
        "features": dict(zip(FEATURES, features.tolist(), strict=True)),
    }


def added(first, *others):
    """Add up arrays that belong together."""
    return first.each(lambda *parts: np.sum(parts, axis=0), *others)


class Climb:
    """A sample read once, for every step of the climb."""

    def __init__(self, sample, told):
        """Keep the sample, and the list of weights that are not moved."""
        self.sample, self.told = sample, told
        self.lengths = np.array(told["lengths"], float)
        letters = sample.step / STEPS_EACH
        last = len(self.lengths) - 2
        self.low = np.searchsorted(self.lengths, letters, side="right") - 1
        self.low = self.low.clip(0, last)
        start, end = self.lengths[self.low], self.lengths[self.low + 1]
        self.share = ((letters - start) / (end - start)).clip(0, 1)
        self.planted = np.flatnonzero(sample.right)
        chance = np.random.default_rng(11)
        drawn = [chance.integers(1, 46, len(sample.kinds)) for _ in range(DRAWS)]
        self.draws = [np.uint64(1) << draw.astype(np.uint64) for draw in drawn]
        self.counted = np.zeros(len(sample.kinds))
        for kinds, weight in COUNTED:
            chosen = np.isin(sample.kinds, kinds)
            self.counted[chosen] = weight / chosen.sum()

    def scores(self, moved, rows, asked):
        """Give the log odds of rows, and how much a point more moves them."""
        theirs, ours = asked[self.sample.text[rows]], self.sample.classes[rows]
        known = (theirs != 0) & (ours != 0)
        agrees, differs = known & (theirs & ours != 0), known & (theirs & ours == 0)
        trick, low = self.sample.trick[rows], self.low[rows]
        start, end = moved.points[trick, low], moved.points[trick, low + 1]
        points = start + (end - start) * self.share[rows] + self.sample.fixed[rows]
        points += self.sample.values[rows] @ moved.features
        points += moved.apart[trick] * self.sample.apart[rows]
        points += moved.features[_AGREES] * agrees + moved.features[_DIFFERS] * differs
        evidence = self.told["evidence"]
        lawful = self.sample.lawful[rows] + evidence["outside"] * differs
        odds = 1 + np.exp(-evidence["used"] - lawful)
        odds /= 1 + math.exp(-evidence["used"])
        against = np.exp(-points)
        total = odds * (1 + against) - 1
        return -np.log(total), odds * against / total

    def best(self, kind, scores, rows):
        """Give the best row of each offer of a kind, and its score."""
        order = np.lexsort((-scores, self.sample.text[rows]))
        texts, first = np.unique(self.sample.text[rows][order], return_index=True)
        offers = np.flatnonzero(self.sample.kinds == kind)
        best, row = np.full(len(offers), -99.0), np.full(len(offers), -1)
        at = np.searchsorted(offers, texts)
        row[at] = order[first]
        best[at] = scores[row[at]]
        return best, row

    def slope(self, rows, each):
        """Add up how rows move with the weights, `each` so much."""
        told = np.zeros((len(TRICKS), len(self.lengths)))
        trick, low, share = self.sample.trick[rows], self.low[rows], self.share[rows]
        np.add.at(told, (trick, low), each * (1 - share))
        np.add.at(told, (trick, low + 1), each * share)
        apart = np.bincount(trick, each * self.sample.apart[rows], len(TRICKS))
        return Moved(told, apart, each @ self.sample.values[rows])

    def clean(self, moved, kind, draws):
        """Give the best score of each clean offer for each draw, and their slopes."""
        rows = np.flatnonzero(self.sample.kinds[self.sample.text] == kind)
        told = []
        for asked in draws:
            scores, slopes = self.scores(moved, rows, asked)
            best, row = self.best(kind, scores, rows)
            told.append((best, rows[row], slopes[row]))
        return [np.concatenate(column) for column in zip(*told, strict=True)]

    def loss(self, moved):
        """Give the loss, and its slope."""
        total, slopes = 0.0, []
        for known, shares in SHARES.items():
            none = np.zeros_like(self.sample.asked)
            own = self.sample.asked if known else none
            clean = self.clean(moved, "clean", self.draws if known else [none])
            han = self.clean(moved, "clean_zh", [own])
            names = self.scores(moved, self.planted, own)
            for share in shares:
                lost, slope = self._at(clean, han, names, share)
                total += lost
                slopes.append(slope)
        return total, added(*slopes)

    def _at(self, clean, han, names, share):
        """Give the loss and the slope at one threshold."""
        order = np.argsort(-clean[0])
        reached = int(len(order) * share)
        least = clean[0][order[reached]]
        scores, slopes = names
        below = least - scores
        counted = self.counted[self.sample.text[self.planted]]
        pull = counted / (1 + np.exp(-below))
        above = han[0] - least + MARGIN
        push = CLEAN_HAN / len(above) / (1 + np.exp(-above))
        loss = counted @ np.logaddexp(0, below)
        loss += CLEAN_HAN * np.logaddexp(0, above).mean()
        # The threshold moves as the clean offers around it do.
        around = order[int(reached * 0.6) : int(reached * 1.6) + 8]
        moves = np.full(len(around), (pull.sum() - push.sum()) / len(around))
        parts = (
            (self.planted, -pull * slopes),
            (han[1], push * han[2]),
            (clean[1][around], moves * clean[2][around]),
        )
        return loss, added(*(self.slope(*part) for part in parts))

    def uneven(self, points):
        """Give how unevenly lengths tell, and its slope."""
        size = np.diff(self.lengths)
        bend = np.diff(np.diff(points, axis=1) / size, axis=1)
        slope = np.zeros_like(points)
        steps = (np.pad(bend, ((0, 0), (1, 0))) - np.pad(bend, ((0, 0), (0, 1)))) / size
        slope[:, 1:] += 2 * steps
        slope[:, :-1] -= 2 * steps
        return (bend**2).sum(), slope

    def climb(self):
        """Give the best weights met."""
        begun = moved = read(self.told)
        first = second = begun.each(np.zeros_like)
        best = math.inf, begun
        for step in range(1, STEPS + 1):
            loss, slope = self.loss(moved)
            uneven, bend = self.uneven(moved.points)
            away = moved.each(np.subtract, begun)
            loss += SMOOTH * uneven + PULL * sum(
                (part**2).sum() for part in (away.points, away.apart, away.features)
            )
            best = min(best, (loss, moved), key=lambda each: each[0])
            slope = slope.each(lambda part, off: part + 2 * PULL * off, away)
            slope = held(
                Moved(slope.points + SMOOTH * bend, slope.apart, slope.features)
            )
            first = first.each(lambda a, b: 0.9 * a + 0.1 * b, slope)
            second = second.each(lambda a, b: 0.98 * a + 0.02 * b * b, slope)
            rate = RATE if step < 0.6 * STEPS else 0.4 * RATE
            moved = allowed(moved.each(_step(rate, step), first, second))
        return best[1]


def _step(rate, step):
    def moved(weight, first, second):
        size = np.sqrt(second / (1 - 0.98**step)) + 1e-5
        return weight - rate * first / (1 - 0.9**step) / size

    return moved


def held(slope):
    """Hold the weights that are not fitted."""
    slope.points[:, :SHORT] = 0
    slope.points[[TRICKS.index(name) for name in NOT_IN_TITLES]] = 0
    slope.features[[FEATURES.index(name) for name in BY_HAND]] = 0
    return slope


def allowed(moved):
    """Keep the signs of weights, and let no longer name tell less than a shorter."""
    features = moved.features.copy()
    for names, bound in (
        (NEVER_ABOVE_ZERO, np.minimum),
        (NEVER_BELOW_ZERO, np.maximum),
    ):
        chosen = [FEATURES.index(name) for name in names]
        features[chosen] = bound(features[chosen], 0)
    for name, most in MOST.items():
        at = FEATURES.index(name)
        features[at] = min(features[at], most)
    points = np.maximum.accumulate(moved.points, axis=1)
    return Moved(points, np.minimum(moved.apart, 0), features)
