"""What every page of money asks of its request."""

from datetime import datetime
from typing import cast

from django.forms import Form
from django.http import HttpRequest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person

KEY = "form_key"
"""The hidden field that makes a form count once."""


def asker(request: HttpRequest) -> tuple[Person, datetime]:
    """Who asks, and when; only behind `login_required`."""
    person = request.person  # type: ignore[attr-defined]
    assert person is not None, "only behind login_required"
    return cast("Person", person), cast("datetime", request.at)  # type: ignore[attr-defined]


def key_of(request: HttpRequest) -> str:
    """The one-time key of the form that was sent; empty when it has none."""
    return request.POST.get(KEY, "")[:64]


def put(form: Form, no: Refused) -> None:
    """Show a refusal beside the field that it belongs to, else above the form."""
    form.add_error(no.field if no.field in form.fields else None, str(no))
