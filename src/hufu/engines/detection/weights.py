"""The weights of names_v1: a readable list, fitted once and then frozen."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

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
    "class_agrees",
    "class_differs",
)
# A name of so many letters is neither long nor short.
MIDDLE = 6


@dataclass(frozen=True, eq=False)
class Weights:
    """Points: for each trick a base and what a letter more tells; for each feature.

    `rendering` is what a name in another script tells, and what likeness adds.
    """

    matcher: str
    base: Array
    letter: Array
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


def weights_of(told: Mapping[str, Mapping[str, list[float]]]) -> Weights:
    """Read weights from their list."""
    tricks = np.array([told["tricks"][name] for name in TRICKS])
    base, slope = told["rendering"]
    features = np.array([told["features"][name] for name in FEATURES])
    return Weights(
        matcher=str(told["matcher"]),
        base=tricks[:, 0].copy(),
        letter=tricks[:, 1].copy(),
        features=features.astype(np.float64),
        rendering=(float(base), float(slope)),
        evidence={name: float(value) for name, value in told["evidence"].items()},  # type: ignore[arg-type]  # the list is read from JSON
    )
