"""A body that is a file, read as it comes: all that was announced, or a refusal."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal

MIB = 1024 * 1024


class WholeBody:
    """The bytes of a request, which are a file only if all of them arrive."""

    def __init__(self, request: HttpRequest) -> None:
        """Look at what is announced before anything is read."""
        if (request.content_type or "").startswith("multipart/"):
            message = _("Send the file itself as the body, without a form around it.")
            raise Refusal("body_unknown", message)
        self._request = request
        self._left = int(request.META.get("CONTENT_LENGTH") or 0)
        if self._left > settings.HUFU_DEPOSIT_LIMIT:
            message = _("The file is larger than %(limit)d MB.")
            said = {"limit": settings.HUFU_DEPOSIT_LIMIT // MIB}
            raise Refusal("too_large", message % said)

    def read(self, size: int = -1, /) -> bytes:
        """Read on; refuse a body that ends too early."""
        block = self._request.read(size)
        self._left -= len(block)
        if not block and self._left > 0:
            message = _("The file did not arrive as a whole. Send it again.")
            raise Refusal("body_missing", message)
        return block
