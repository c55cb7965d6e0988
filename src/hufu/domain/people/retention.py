"""How long personal data is kept, by kind of record, as the pack has it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from hufu import packs


@dataclass(frozen=True)
class Term:
    """For how many days one kind of record is kept, counted from what, and why."""

    code: str
    title: dict[str, str]
    counted_from: dict[str, str]
    reason: dict[str, str]
    days: int

    def over_for(self, on: date) -> date:
        """Return the last day from which the term is over on day `on`."""
        return on - timedelta(days=self.days + 1)


@cache
def _pack() -> dict[str, Any]:
    path = packs.folder(settings.HUFU_PACK) / "retention.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def basis() -> dict[str, str]:
    """Return the law that asks for terms, in both languages."""
    return dict(_pack()["basis"])


def terms(on: date) -> dict[str, Term]:
    """Return the terms in force on a day, by code."""
    return {code: _term(code, row, on) for code, row in _pack()["terms"].items()}


def _term(code: str, row: dict[str, Any], on: date) -> Term:
    values = [v for v in row["values"] if v["since"] <= on] or row["values"][:1]
    return Term(code, row["title"], row["from"], row["reason"], values[-1]["days"])
