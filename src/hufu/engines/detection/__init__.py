"""Is this sign a use of that right? A score with its reasons; a person decides.

What costs nothing to import; the index and its compiler are in `index`.
"""

from hufu.engines.detection.marks import Mark, Match, Offer, Reason
from hufu.engines.detection.reasons import REASONS
from hufu.engines.detection.text import normalise

__all__ = ["REASONS", "Mark", "Match", "Offer", "Reason", "normalise"]
