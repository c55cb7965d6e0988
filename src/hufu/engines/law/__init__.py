"""Dated rules that cite and explain themselves. See README.md."""

from hufu.engines.law.book import Book, Pack
from hufu.engines.law.checks import Problem, check
from hufu.engines.law.clocks import Extension, Ground, Length, Pause
from hufu.engines.law.competences import Body, Competent, level_of, lineage
from hufu.engines.law.deadlines import Deadline
from hufu.engines.law.explanations import Day, Explanation
from hufu.engines.law.penalties import (
    Circumstance,
    Judgement,
    PenaltyFacts,
    PenaltyRange,
)
from hufu.engines.law.ruling import (
    Bilingual,
    LawError,
    NoRulingError,
    PackError,
    Ruling,
    Source,
    UnknownRuleError,
    UnlawfulGroundError,
)
from hufu.engines.law.surveys import Survey

__all__ = [
    "Bilingual",
    "Body",
    "Book",
    "Circumstance",
    "Competent",
    "Day",
    "Deadline",
    "Explanation",
    "Extension",
    "Ground",
    "Judgement",
    "LawError",
    "Length",
    "NoRulingError",
    "Pack",
    "PackError",
    "Pause",
    "PenaltyFacts",
    "PenaltyRange",
    "Problem",
    "Ruling",
    "Source",
    "Survey",
    "UnknownRuleError",
    "UnlawfulGroundError",
    "check",
    "level_of",
    "lineage",
]
