"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tatausaha.core.people import roles
from tatausaha.core.people.models import Company, Person
from tatausaha.core.web import menu, scope
from tatausaha.core.web.views.appearance import THEMES, theme_of

FRAMES = {"public": "frame/public", "customer": "frame/work", "work": "frame/work"}


def house(request: HttpRequest) -> dict[str, Any]:
    """The company, the signed-in person, the moment of the request, and the frame of the page."""
    person: Person | None = getattr(request, "person", None)
    company: Company | None = getattr(request, "company", None)
    frame = frame_of(person)
    return {
        "company": company,
        "person": person,
        "at": getattr(request, "at", None),
        "house_zone": company.zone if company else "Asia/Jakarta",
        "frame": frame,
        "theme": theme_of(request),
        "themes": THEMES,
        "languages": settings.LANGUAGES,
        "works_here": frame == "work",
        "public_menu": SimpleLazyObject(lambda: menu.shown(request, menu.Place.PUBLIC)),
        "rail": SimpleLazyObject(lambda: _rail(request, frame)),
        "unit_choices": SimpleLazyObject(lambda: scope.units(request)),
        "unit_chosen": SimpleLazyObject(lambda: scope.chosen(request)),
    }


def frame_of(person: Person | None) -> str:
    """`work` for who holds a role, `customer` for who is signed in, `public` for everybody else."""
    if person is None:
        return "public"
    return "work" if roles.works_here(person) else "customer"


def _rail(request: HttpRequest, frame: str) -> tuple[menu.Group, ...]:
    if frame == "customer":
        return (menu.Group("", menu.shown(request, menu.Place.CUSTOMER)),)
    return menu.rail(request)
