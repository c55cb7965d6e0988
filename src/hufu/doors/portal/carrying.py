"""A receipt inside an address, so that a picture on paper leads to its check."""

import base64
import zlib
from dataclasses import replace

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from hufu.doors.portal.forms.verification import LONGEST
from hufu.engines.proof.receipts import Receipt

FIELD = "proof"
# Bytes: a QR code of the lowest correction holds 2,953, but telephones read such badly.
ROOM = 2200


def verify_link(receipt: Receipt) -> str:
    """Return the address that checks a receipt: with its proof if there is room.

    Timestamps never fit: the file carries them.
    """
    base = settings.HUFU_SITE_URL + reverse("portal:verify")
    placed = replace(receipt, timestamps=())
    link = f"{base}?{FIELD}={_pack(placed)}"
    if len(link) <= ROOM:
        return link
    signed = replace(placed, opening=b"", proof=None, witnesses=())
    return f"{base}?{FIELD}={_pack(signed)}"


def carried(query: QueryDict) -> dict[str, str]:
    """Return what an address carries as fields of the form; nothing where it is bare.

    What cannot be unpacked is given as it stands: the form says what is wrong with it.
    """
    packed = query.get(FIELD, "")
    if not packed:
        return {}
    return {"receipt": _unpack(packed) or packed, "sha256": ""}


def _pack(receipt: Receipt) -> str:
    small = zlib.compress(bytes(receipt), level=9)
    return base64.urlsafe_b64encode(small).decode().rstrip("=")


def _unpack(packed: str) -> str:
    try:
        small = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        # What would unpack to more than the form takes is cut, and then no JSON.
        return zlib.decompressobj().decompress(small, LONGEST).decode()
    except (ValueError, zlib.error):
        return ""
