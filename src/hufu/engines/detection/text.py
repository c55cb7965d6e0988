"""Normalised text: what two spellings of one name have in common, and its units."""

import functools
import re
import unicodedata

import opencc
import regex  # type: ignore[import-untyped]  # the project ships no stubs

# Zero-width, joining, direction and variation characters: invisible, so they may not
# separate or distinguish.
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]+")
# NFD splits Korean and Japanese letters as well; only these scripts lose their accents.
_ACCENTS = regex.compile(r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}])\p{Mn}+")
_APOSTROPHE = regex.compile(r"(?<=\p{L})['\u2019`\u02bc](?=\p{L})")
_NOT_A_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}ー々"
_RUN = regex.compile(rf"[{_CJK}]+|[^\s{_CJK}]+")
_UNIT = regex.compile(rf"[{_CJK}]|[^\s{_CJK}]+")
_HAN = regex.compile(rf"[{_CJK}]")
_ASCII_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_ASCII_APOSTROPHE = re.compile(r"(?<=[a-z])['`](?=[a-z])")
# Letters that Unicode does not decompose.
_STROKED = {
    ord("ø"): "o",
    ord("ł"): "l",
    ord("đ"): "d",
    ord("ħ"): "h",
    ord("ı"): "i",
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("þ"): "th",
}
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2A6E0))


def normalise(text: str) -> str:
    """Fold a name to the form under which equal names are equal.

    NFKC, case folded, invisible characters dropped, accents of Latin, Greek and
    Cyrillic letters dropped, traditional Han characters simplified one by one (so
    that a part of a name stays a part of it), apostrophes inside words dropped,
    everything else that is no letter, mark or digit turned into one space.
    """
    if text.isascii():
        folded = _ASCII_APOSTROPHE.sub("", text.lower())
        return _ASCII_NOT_A_WORD.sub(" ", folded).strip()
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    folded = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    folded = unicodedata.normalize("NFKC", folded.translate(_STROKED)).casefold()
    if _HAN.search(folded):
        folded = folded.translate(_simplified())
    folded = _APOSTROPHE.sub("", _INVISIBLE.sub("", folded))
    return str(_NOT_A_WORD.sub(" ", folded)).strip()


def units(normalised: str) -> tuple[str, ...]:
    """Split normalised text into the smallest things a name may begin or end with.

    A word of an alphabetic script is one unit; so is every single Han or kana
    character, because Chinese and Japanese do not mark their words.
    """
    if normalised.isascii():
        return tuple(normalised.split())
    return tuple(_UNIT.findall(normalised))


def runs(normalised: str) -> tuple[str, ...]:
    """Split normalised text into alphabetic words and whole runs of Han and kana."""
    if normalised.isascii():
        return tuple(normalised.split())
    return tuple(_RUN.findall(normalised))


def is_han(token: str) -> bool:
    """Say whether a unit or run is written in Han or kana."""
    return not token.isascii() and _HAN.match(token) is not None


@functools.cache
def _simplified() -> dict[int, str]:
    """Map each traditional character to its simplified one, and that to itself."""
    letters = [chr(c) for start, end in _HAN_BLOCKS for c in range(start, end)]
    convert = opencc.OpenCC("t2s").convert
    simple = letters
    for _round in range(3):  # a simplified form may itself be a traditional letter
        simple = convert("\n".join(simple)).split("\n")
    return {
        ord(old): new for old, new in zip(letters, simple, strict=True) if old != new
    }
