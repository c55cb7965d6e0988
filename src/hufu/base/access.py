"""What the kernel needs to know about whoever acts."""

from typing import Protocol


class Actor(Protocol):
    """An officer, a party, a reporter with a receipt, an agency, or the clock."""

    @property
    def label(self) -> str:
        """Name the actor as the journal does: `kind:id`, never a person's name."""

    @property
    def agencies(self) -> frozenset[str]:
        """Codes of the agencies whose records the actor may see and touch."""

    def holds(self, permission: str) -> bool:
        """Say whether the actor may do the act `permission` names."""
