"""The parts of a mark that domain names play on: its words, its beginning, its end."""

import math

from hufu.engines.detection.text import normalise

_FIRST_WORD, _WORD, _BEGINNING, _END = 4, 5, 5, 6
_SHARE = 0.6
# What a name needs not to be written with: of a website the suffix tells nothing.
_LEFT_OUT = frozenset({"and", "und", "et", "y", "com", "net", "org"})


def parts_of(name: str) -> list[str]:
    """Give the parts of a name of Latin letters by which it may still be known.

    Domain names cut words off, and join what is left to others ("fidel" of Fidelity);
    they have no "&", which may be a word or nothing.
    """
    words = normalise(name).split()
    whole = "".join(words)
    if not whole.isascii():
        return []
    size = math.ceil(_SHARE * len(whole))
    parts = [word for word in words[1:] if len(word) >= _WORD]
    parts += [word for word in words[:1] if len(word) >= _FIRST_WORD]
    parts += [whole[: max(size, _BEGINNING)], whole[-max(size, _END) :]]
    parts.append("".join(word for word in words if word not in _LEFT_OUT))
    parts.append(normalise(name.replace("&", " and ")).replace(" ", ""))
    return [part for part in dict.fromkeys(parts) if part and part != whole]
