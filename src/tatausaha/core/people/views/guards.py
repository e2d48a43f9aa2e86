"""Who gets to a page at all; everybody else meets the page that is not there."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from tatausaha.core.people import roles
from tatausaha.core.people.requests import PersonRequest

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]
Door = Callable[..., HttpResponseBase]


def signed_in(view: View[P]) -> Door:
    """Somebody with a login; others are led to the sign-in page."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the middleware has set the rest

    return login_required(guarded)


def owner_only(view: View[P]) -> Door:
    """The owner; whoever else is signed in learns not even that the page exists (KOS-16)."""

    @functools.wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not roles.is_owner(request.person):
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(guarded)
