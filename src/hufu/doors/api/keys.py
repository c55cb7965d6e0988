"""Who asks: the account of a key, or of a browser's session with its CSRF token.

The access table has already decided (`hufu.doors.access`); these classes tell the
OpenAPI file how, and ask a session for its token, which a key does not need.
"""

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from hufu.domain.people.models import Account
from hufu.doors.identity import actor_of


class Key(HttpBearer):
    """`Authorization: Bearer …` with a key opened on “My page” or at the workbench."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """Return the key's account, which the middleware found."""
        del token
        return actor_of(request) if request.user.is_authenticated else None


class Session(SessionAuth):
    """The session of a browser that is signed in."""


DOORS = [Key(), Session()]
