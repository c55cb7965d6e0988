"""Dated rules that cite and explain themselves. See README.md."""

from hufu.engines.law.answers import Answer
from hufu.engines.law.asking import QuestionError, ask, questions, schema, schema_in
from hufu.engines.law.book import Book
from hufu.engines.law.checks import Problem, check
from hufu.engines.law.clocks import Extension, Ground, Length, Pause
from hufu.engines.law.competences import Body, Competent, level_of, lineage
from hufu.engines.law.compiled import compile_pack, digest_pack
from hufu.engines.law.conditions import Measure, Prong
from hufu.engines.law.crimes import Act, Assessment, CrimeFacts, accumulate
from hufu.engines.law.damages import Damages, DamagesFacts
from hufu.engines.law.deadlines import Deadline, grounds
from hufu.engines.law.evidence import Checklist, Item
from hufu.engines.law.explanations import Day, Explanation
from hufu.engines.law.listings import Listing, ListingFacts, Repair
from hufu.engines.law.pack import Pack
from hufu.engines.law.penalties import (
    Circumstance,
    Judgement,
    PenaltyFacts,
    PenaltyRange,
)
from hufu.engines.law.rewards import Reward
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
from hufu.engines.law.surveys import Coverage, Survey, coverage
from hufu.engines.law.terms import Delay, DrugTerm, Term
from hufu.engines.law.valuations import Goods, Valued

__all__ = [
    "Act",
    "Answer",
    "Assessment",
    "Bilingual",
    "Body",
    "Book",
    "Checklist",
    "Circumstance",
    "Competent",
    "Coverage",
    "CrimeFacts",
    "Damages",
    "DamagesFacts",
    "Day",
    "Deadline",
    "Delay",
    "DrugTerm",
    "Explanation",
    "Extension",
    "Goods",
    "Ground",
    "Item",
    "Judgement",
    "LawError",
    "Length",
    "Listing",
    "ListingFacts",
    "Measure",
    "NoRulingError",
    "Pack",
    "PackError",
    "Pause",
    "PenaltyFacts",
    "PenaltyRange",
    "Problem",
    "Prong",
    "QuestionError",
    "Repair",
    "Reward",
    "Ruling",
    "Source",
    "Survey",
    "Term",
    "UnknownRuleError",
    "UnlawfulGroundError",
    "Valued",
    "accumulate",
    "ask",
    "check",
    "compile_pack",
    "coverage",
    "digest_pack",
    "grounds",
    "level_of",
    "lineage",
    "questions",
    "schema",
    "schema_in",
]
