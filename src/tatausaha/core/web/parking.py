"""Nothing typed is lost: a form that arrives too late is kept for the person who wrote it.

Two things may have ended while a page was open. The session: the view sends the visitor to
sign in, and the middleware parks what was typed in the (new) session, to be offered again
after signing in. The form's token: the failure page offers the same at once. Passwords and
files are never kept; files are asked for again by name.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from tatausaha.core.kernel import ids
from tatausaha.core.people.models import Person

KEY: Final = "parked"
OWNER: Final = "form_of"
KEPT: Final = timedelta(days=1)
LARGEST: Final = 64 * 1024
"""Characters of one parked form; a larger one is not kept, and the page says so."""
MOST: Final = 3

_NEVER = re.compile(r"passw|sandi|csrfmiddlewaretoken|secret|otp|^code$", re.IGNORECASE)
_UNSEEN = re.compile(rf"^({OWNER}|form_key|next)$")
_signer = Signer(salt="tatausaha.form-of")


@dataclass(frozen=True)
class Parked:
    """A form that arrived too late: where it wanted to go, the page it stood on, and what was typed."""

    path: str
    page: str
    fields: list[list[str]]
    files: list[list[str]]
    owner: int | None
    until: str

    @property
    def values(self) -> list[str]:
        """What the person typed or chose, without what only the machine reads."""
        return [value for name, value in self.fields if value.strip() and not _UNSEEN.match(name)]

    def belongs_to(self, person: Person | None) -> bool:
        """Whether this person wrote it: whoever opened the form, or anybody if a visitor did."""
        return not self.owner or (person is not None and person.pk == self.owner)


def sign(person: Person | None) -> str:
    """Who a form was made for, for its hidden field."""
    return _signer.sign(str(person.pk if person else 0))


def taken(request: HttpRequest, *, at: datetime) -> Parked | None:
    """What a POST brought, as it would be parked; nothing when it is too large to keep."""
    fields = [
        [name, str(value)]
        for name, values in request.POST.lists()
        for value in values
        if not _NEVER.search(name)
    ]
    if sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return None
    files = [[name, str(file.name)] for name, file in request.FILES.items() if not isinstance(file, list)]
    return Parked(
        request.get_full_path(), _page(request), fields, files, _owner(request), (at + KEPT).isoformat()
    )


def park(request: HttpRequest, *, at: datetime) -> str:
    """Keep what a POST brought in the visitor's session; the token to ask for it, or nothing."""
    if (form := taken(request, at=at)) is None:
        return ""
    token = ids.token()
    kept: dict[str, Any] = {name: one for name, one in _all(request).items() if one["until"] > at.isoformat()}
    kept[token] = asdict(form)
    request.session[KEY] = json.dumps(dict(list(kept.items())[-MOST:]))
    return token


def parked(request: HttpRequest, token: str, *, at: datetime) -> Parked | None:
    """What was parked under a token, if it is still kept and was written by this visitor."""
    found = _all(request).get(token)
    if found is None or found["until"] <= at.isoformat():
        return None
    form = Parked(**found)
    return form if form.belongs_to(getattr(request, "person", None)) else None


def own_page(request: HttpRequest) -> bool:
    """Whether a POST came from a page of this house, and not from another site."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def _page(request: HttpRequest) -> str:
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return request.get_full_path()
    return f"/{came_from.path.lstrip('/')}" + (f"?{came_from.query}" if came_from.query else "")


def _all(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(request.session.get(KEY, "{}"))
    return kept


def _owner(request: HttpRequest) -> int | None:
    try:
        return int(_signer.unsign(request.POST.get(OWNER, "")))
    except (BadSignature, ValueError):
        return None
