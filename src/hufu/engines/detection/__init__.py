"""Is this sign a use of that right? A score with its reasons; a person decides."""

from hufu.engines.detection.marks import Mark, Match, Offer, Reason
from hufu.engines.detection.names_v0.matcher import Index
from hufu.engines.detection.reasons import REASONS
from hufu.engines.detection.text import normalise

__all__ = ["REASONS", "Index", "Mark", "Match", "Offer", "Reason", "normalise"]
