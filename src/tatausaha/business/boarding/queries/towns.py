"""Where a house stands, for the place and date line of its papers."""

from tatausaha.business.boarding.models import House
from tatausaha.core.people.models import Unit


def of_unit(unit: Unit) -> str:
    """The town of the house, without its kind (`Kota Bandung` is written `Bandung`); nothing where it is not known."""
    city = House.objects.filter(unit=unit).values_list("city", flat=True).first() or ""
    for kind in ("Kota ", "Kabupaten ", "Kab. "):
        city = city.removeprefix(kind)
    return city.strip()
