"""Everything that can be done to what machines see, act by act."""

from hufu.domain.watch.services.feeds import FeedFacts, request_feed, take_feed
from hufu.domain.watch.services.sources import SourceFacts, open_source, tune_source
from hufu.domain.watch.services.sweeps import run_sweep, start_sweep

__all__ = [
    "FeedFacts",
    "SourceFacts",
    "open_source",
    "request_feed",
    "run_sweep",
    "start_sweep",
    "take_feed",
    "tune_source",
]
