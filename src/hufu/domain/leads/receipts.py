"""Receipt codes: 128 bits in Crockford's Base32, with a character that checks them.

The check character is a weighted sum over the field of 32 elements. The weights are
different powers of a primitive element, so every single wrong character and every
exchange of two characters is noticed; a code that passes and is not known was never
given out.
"""

import hashlib
import unicodedata

from django.utils.translation import gettext as _

from hufu.base.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BYTES = 16
DATA = 26
LENGTH = DATA + 1
GROUP = 3
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\t": None})
# x^5 + x^2 + 1 is primitive: the powers of 2 run through all 31 non-zero elements.
POLYNOMIAL, FIELD = 0b100101, 32


def code_of(random: bytes) -> str:
    """Write 16 random bytes as a code in groups of three, for reading aloud."""
    if len(random) != BYTES:
        raise ValueError("a receipt code needs 16 bytes")
    number = int.from_bytes(random, "big")
    values = [number >> (5 * i) & 31 for i in range(DATA)]
    code = "".join(ALPHABET[v] for v in [*values, _check(values)])
    return "-".join(code[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def read_code(typed: str) -> str:
    """Return the code without groups; refuse one that was mistyped."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(ALIKE)
    plain = "".join(plain.split()).replace("‐", "").replace("—", "").replace("–", "")
    if not plain:
        raise Refusal("code_missing", _("Type the code of your receipt."))
    if len(plain) != LENGTH:
        raise Refusal(
            "code_length",
            _(
                "A receipt code has %(length)d letters and digits; "
                "you typed %(found)d. Check for missing groups."
            )
            % {"length": LENGTH, "found": len(plain)},
        )
    values = [ALPHABET.find(c) for c in plain]
    if -1 in values or _check(values[:-1]) != values[-1]:
        raise Refusal(
            "code_typo",
            _("There is a typing error in the code. Compare it with your receipt."),
        )
    return plain


def hash_of(typed: str) -> str:
    """Return what is stored of a code: its SHA-256. 128 random bits need no salt."""
    return hashlib.sha256(f"hufu-receipt-v1:{read_code(typed)}".encode()).hexdigest()


def _check(values: list[int]) -> int:
    total, weight = 0, 2
    for value in values:
        total ^= _times(value, weight)
        weight = _times(weight, 2)
    return total


def _times(left: int, right: int) -> int:
    """Multiply two elements of the field."""
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left, right = left << 1, right >> 1
        left ^= POLYNOMIAL if left & FIELD else 0
    return product
