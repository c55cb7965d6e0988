"""Rule packs: one folder of YAML for each country. Data only."""

from pathlib import Path


def folder(name: str) -> Path:
    """Return the folder of the pack `name`."""
    return Path(__file__).parent / name
