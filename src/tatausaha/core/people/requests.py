"""A request as these views get it: with what the middleware has found out."""

from datetime import datetime

from django.http import HttpRequest

from tatausaha.core.people.models import Company, Person


class PersonRequest(HttpRequest):
    """A request of somebody signed in; `@signed_in` makes sure of it."""

    at: datetime
    person: Person
    company: Company | None
