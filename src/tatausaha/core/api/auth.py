"""Who asks: a bearer token, and how often it may ask."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.throttling import AnonRateThrottle, SimpleRateThrottle

from tatausaha.core.api import scopes, tokens
from tatausaha.core.api.models import ApiToken
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
        request.person = found.person  # type: ignore[attr-defined]
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


class TokenThrottle(SimpleRateThrottle):
    """So many requests a minute for every token."""

    scope = "token"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """By token; who has none is counted by address (`STRANGERS`)."""
        token: Any = getattr(request, "auth", None)
        return self.cache_format % {"scope": self.scope, "ident": token.pk} if token else None


TOKENS = TokenThrottle("600/m")
STRANGERS = AnonRateThrottle("60/m")
