"""A request as views get it: with what the middleware has found out."""

from datetime import datetime

from django.http import HttpRequest

from tatausaha.core.people.models import Company, Person


class HouseRequest(HttpRequest):
    """For annotating views; the middleware sets the three on every request."""

    at: datetime
    person: Person | None
    company: Company | None
