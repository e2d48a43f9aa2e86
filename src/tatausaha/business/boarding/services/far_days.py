"""Days that are planned, and lie so far ahead that the year is a slip of the pen."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Unit


def refuse_far(on: date, unit: Unit, *, at: datetime, field: str, years: int = 1) -> None:
    """Raises `Refused` beside `field` for a day more than so many years after today in the unit's zone."""
    if on > clock.day(at, unit.zone) + timedelta(days=366 * years):
        raise Refused(
            _("Tanggal itu lebih dari %(years)d tahun lagi. Periksa tahunnya.") % {"years": years},
            field=field,
        )
