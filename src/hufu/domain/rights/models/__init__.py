"""The tables of the room."""

from hufu.domain.rights.models.holders import Authority, Claim, Licence, Monitor
from hufu.domain.rights.models.registers import Import, Register, RejectedRow
from hufu.domain.rights.models.titles import (
    Right,
    RightClass,
    RightEvent,
    SearchTerm,
    Status,
)

__all__ = [
    "Authority",
    "Claim",
    "Import",
    "Licence",
    "Monitor",
    "Register",
    "RejectedRow",
    "Right",
    "RightClass",
    "RightEvent",
    "SearchTerm",
    "Status",
]
