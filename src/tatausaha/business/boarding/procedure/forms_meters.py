"""Fields for the meters of a room, where a step begins or ends with their figures."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Meter, Room
from tatausaha.business.boarding.queries.meters import running_in


def figure(label: Any, *, required: bool = True, **more: Any) -> forms.DecimalField:
    """What a meter shows."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
        localize=True,
        **more,
    )


def ask_meters(form: forms.Form, room: Room | None, prefix: str) -> None:
    """A field for every meter of the room that is read (`prefix`: `open_` or `close_`)."""
    for meter in running_in(room) if room else ():
        form.fields[f"{prefix}{meter.pk}"] = figure(_label(meter))


def _label(meter: Meter) -> str:
    said = _("Angka meter %(meter)s kamar %(room)s (%(measure)s)")
    return said % {"meter": str(meter).lower(), "room": meter.room.number, "measure": meter.measure}
