"""The trick by which a part of an offer writes a mark, as a person would call it."""

import unicodedata

from hufu.engines.detection.text import is_han, normalise

_HIDDEN = frozenset({"Cf", "Cc", "Mn", "Me"})


def trick_of(part: str, mark: str) -> str:
    """Name the way an exact hit is written; nothing when it is written plainly.

    Both spellings are the same letters to the matcher; this says how they differ.
    """
    if part.casefold() == mark.casefold():
        return ""
    if any(unicodedata.category(letter) == "Cf" for letter in part):
        return "invisible"
    seen, meant = normalise(part), normalise(mark)
    if seen == meant:
        return _within_letters(part, mark)
    if seen.replace(" ", "") == meant.replace(" ", ""):
        return "joined"
    return "drawn_alike"


def _within_letters(part: str, mark: str) -> str:
    """Name what normalising took away: variants, accents, other forms of letters."""
    if any(is_han(letter) for letter in part):
        return "variants" if part != mark else ""
    bare = unicodedata.normalize("NFD", part.casefold())
    if any(unicodedata.category(letter) in _HIDDEN for letter in bare):
        meant = unicodedata.normalize("NFD", mark.casefold())
        same = [c for c in bare if unicodedata.category(c) == "Mn"]
        return (
            ""
            if same == [c for c in meant if unicodedata.category(c) == "Mn"]
            else "accents"
        )
    letters = [c for c in part if c.isalnum()]
    return "" if all(c.isascii() for c in letters) else "drawn_alike"
