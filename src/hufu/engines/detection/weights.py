"""The weights of names_v1: a readable list, fitted once and then frozen."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from hufu.engines.detection.native.lengths import STEPS, STEPS_EACH
from hufu.engines.detection.tables import FOLDER, Array

# In the order of the native code's tricks and features.
TRICKS = (
    "exact",
    "inside_word",
    "typo",
    "typo_inside",
    "two_edits",
    "sounds_like",
    "spelling",
    "homophone",
    "look_alike",
    "known_name",
    "part_of_name",
    "part_in_domain",
    "part_misspelt",
    "sounds_inside",
)
FEATURES = (
    "common",
    "common_trick",
    "cuts",
    "whole_text",
    "at_start",
    "joined",
    "joined_trick",
    "rest_known",
    "first_letter",
    "alike",
    "number",
    "digits",
    "disguised",
    "surprise",
    "known_letters",
    "letter_lost",
    "letter_added",
    "letters_exchanged",
    "common_disguised",
    "capitals",
    "shop_word",
    "class_agrees",
    "class_differs",
)
# A name of so many letters is neither long nor short.
MIDDLE = 6 * STEPS_EACH


@dataclass(frozen=True, eq=False)
class Weights:
    """Points: for each trick by how long the name is, in steps; for each feature.

    `apart` is what each letter tells that a trick does not change by itself, and
    `rendering` what a name in another script tells, and what likeness adds.
    """

    matcher: str
    points: Array
    apart: Array
    features: Array
    evidence: Mapping[str, float]
    rendering: tuple[float, float]

    def feature(self, name: str) -> float:
        """Give the points of one feature."""
        return float(self.features[FEATURES.index(name)])


@functools.cache
def names_v1() -> Weights:
    """Read the weights of the matcher names_v1."""
    return weights_of(json.loads((FOLDER / "names_v1.json").read_text("utf-8")))


def weights_of(told: Mapping[str, Any]) -> Weights:
    """Read weights from their list: points of a length between two lie between."""
    steps, lengths = np.arange(STEPS) / STEPS_EACH, told["lengths"]
    points = [np.interp(steps, lengths, told["tricks"][name]) for name in TRICKS]
    base, slope = told["rendering"]
    features = np.array([told["features"][name] for name in FEATURES])
    return Weights(
        matcher=str(told["matcher"]),
        points=np.array(points),
        apart=np.array([told["apart"].get(name, 0.0) for name in TRICKS]),
        features=features.astype(np.float64),
        rendering=(float(base), float(slope)),
        evidence={name: float(value) for name, value in told["evidence"].items()},
    )
