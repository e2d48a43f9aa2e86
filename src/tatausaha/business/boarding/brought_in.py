"""What boarding houses take in from files: listings, rooms, tenants; the last two are steps on the way from paper."""

from collections.abc import Iterable

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.paper_rooms import ROOMS
from tatausaha.business.boarding.paper_tenants import TENANTS
from tatausaha.business.boarding.queries import from_paper
from tatausaha.business.boarding.services.listings import LISTINGS
from tatausaha.core.imports import registration
from tatausaha.core.openings import steps
from tatausaha.core.openings.steps import Progress, Step
from tatausaha.core.people.models import Unit


def _rooms(_units: Iterable[Unit]) -> Progress:
    rooms, houses = from_paper.rooms_and_houses()
    if not rooms:
        return Progress(begun=False, said=_now("Belum ada kamar."))
    said = _now("%(rooms)d kamar di %(houses)d rumah.")
    return Progress(begun=True, said=said % {"rooms": rooms, "houses": houses})


def _tenants(_units: Iterable[Unit]) -> Progress:
    count = from_paper.tenants_from_paper()
    if not count:
        return Progress(begun=False, said=_now("Belum ada penghuni dari buku kertas."))
    return Progress(begun=True, said=_now("%(count)d penghuni sudah masuk.") % {"count": count})


STEPS = (
    Step(
        10, "kamar", _("Rumah dan kamar"),
        _("Setiap rumah kos dengan kamar, tipe dan harganya. Layanannya ditambahkan di halaman rumah."), _rooms,
    ),
    Step(
        20, "penghuni", _("Penghuni yang sedang tinggal"),
        _("Sejak kapan, lunas sampai kapan, deposit yang dipegang dan tunggakannya."), _tenants,
    ),
)  # fmt: skip


def register() -> None:
    """Make the imports known, and their places on the way."""
    registration.register(LISTINGS, ROOMS, TENANTS)
    steps.register(*STEPS)
