"""Who asks: a bearer token, and how often it may ask."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from tatausaha.core.api import scopes, tokens
from tatausaha.core.api.models import ApiToken
from tatausaha.core.documents import limits
from tatausaha.core.people import actors, roles
from tatausaha.core.people.models import Person


class Bearer(HttpBearer):
    """`Authorization: Bearer tts_…`; writing needs the scope `act`, reading `read`."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token behind the secret; its person becomes the request's."""
        found = tokens.bearer(token, at=request.at)  # type: ignore[attr-defined]
        if found is None:
            return None
        need = scopes.READ if request.method in {"GET", "HEAD", "OPTIONS"} else scopes.ACT
        if not found.may(need):
            raise HttpError(403, _("Token ini tidak punya hak “%(scope)s”.") % {"scope": need})
        person = roles.acting_at(found.person, request.at)  # type: ignore[attr-defined]
        request.person = actors.through(person, actors.Token(found.pk, found.name))  # type: ignore[attr-defined]
        return found


def require(request: HttpRequest, scope: str) -> None:
    """A scope beyond reading and acting, for operations that ask for one of their own; 403 without it."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    if not token.may(scope):
        raise HttpError(403, _("Token ini tidak punya hak “%(scope)s”.") % {"scope": scope})


def person_of(request: HttpRequest) -> Person:
    """The person as whom the program acts."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token.person


class Throttle(BaseThrottle):
    """So many requests a minute: a token by itself, who has none by address."""

    def __init__(self, num_requests: int, *, strangers: bool) -> None:
        self.num_requests, self._strangers = num_requests, strangers

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this one; the other of the two limits counts those who are not ours."""
        token: Any = getattr(request, "auth", None)
        if (token is None) is not self._strangers:
            return True
        key = f"api:{self.get_ident(request)}" if token is None else f"token:{token.pk}"
        return limits.count(key) <= self.num_requests

    def wait(self) -> float:
        """Seconds after which it is a new minute for sure."""
        return limits.MINUTE


TOKENS = Throttle(600, strangers=False)
STRANGERS = Throttle(60, strangers=True)
