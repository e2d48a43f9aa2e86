"""The kinds of business that a unit can be; each business makes itself known in its `apps.py`."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.models import Unit

registry: dict[str, str | Promise] = {}
"""Label of the app under `business/` -> its Indonesian name."""

_towns: dict[str, Callable[[Unit], str]] = {}


def register(code: str, label: str | Promise, *, town: Callable[[Unit], str] | None = None) -> None:
    """Make a kind of business known; `town` tells in which town a unit of it stands, if it knows."""
    registry[code] = label
    if town:
        _towns[code] = town


def place_of(unit: Unit) -> str:
    """What stands before the date of a paper: the town (`Semarang`), else the name of the unit."""
    town = _towns[unit.business](unit) if unit.business in _towns else ""
    return town or unit.name


register("office", _("Kantor pusat"))
