"""The kinds of business that a unit can be; each business makes itself known in its `apps.py`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

registry: dict[str, str | Promise] = {}
"""Label of the app under `business/` -> its Indonesian name."""


def register(code: str, label: str | Promise) -> None:
    """Make a kind of business known."""
    registry[code] = label


register("office", _("Kantor pusat"))
