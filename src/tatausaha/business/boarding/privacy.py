"""What the boarding houses know of a person, how long they must, and when they forget (rules/boarding 0)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Booking, Registration, Stay
from tatausaha.business.boarding.queries.bookings import LIVE
from tatausaha.core.billing.models import Holding, Invoice
from tatausaha.core.billing.queries import OPEN
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments.models import Payment
from tatausaha.core.people import privacy
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import Person, Role
from tatausaha.core.people.queries import same_person

FORGET_AFTER = timedelta(days=30)
"""After so long the person of an expired booking is forgotten."""

A_ROUND = 200
RUNNING = (Stay.Status.LIVING, Stay.Status.NOTICED, Stay.Status.INSPECTION, Stay.Status.REFUNDING)


def duty(person: Person) -> str | None:
    """Why a person's data must still be kept, or nothing."""
    everyone = same_person(person)
    if Stay.objects.filter(customer__in=everyone, status__in=RUNNING).exists():
        return _("Orang ini masih tinggal, atau perhitungan keluarnya belum selesai.")
    if Booking.objects.filter(customer__in=everyone, status__in=LIVE).exists():
        return _("Orang ini masih punya pesanan kamar yang berjalan.")
    if Invoice.objects.filter(OPEN, payer__in=everyone).exists():
        return _("Orang ini masih punya tagihan yang belum lunas.")
    if Holding.objects.filter(person__in=everyone, balance__gt=0).exists():
        return _("Uang orang ini masih dipegang: deposit, saldo, atau titipan.")
    return None


def section(persons: QuerySet[Person]) -> Any:
    """Bookings, stays and registrations of a person, as plain values for the copy of his data."""
    stated = Registration.objects.filter(person__in=persons).order_by("pk")
    return {
        "pesanan": list(
            Booking.objects.filter(customer__in=persons).order_by("pk")
            .values("number", "unit__name", "room__number", "status", "move_in_on", "rent", "down_payment", "deposit")
        ),
        "hunian": list(
            Stay.objects.filter(customer__in=persons).order_by("pk")
            .values("number", "unit__name", "room__number", "status", "anchor_on", "rent", "moved_out_on")
        ),
        "pendaftaran": list(
            stated.values(
                "origin", "purpose", "occupation", "emergency_name", "emergency_phone", "registered_at",
                "registered_by__name",
            )
        ),
    }  # fmt: skip


def forget_expired(*, at: datetime) -> int:
    """Forget who let a booking run out 30 days ago and has nothing else here; how many persons.

    Whoever has used his account since then chose to stay known; whoever ever paid, lived here
    or works here is kept with the books. A duty that another room registered is respected.
    """
    forgotten = 0
    for person in _long_gone(at)[:A_ROUND]:
        try:
            _forget(person, at=at)
        except Refused:
            continue
        forgotten += 1
    return forgotten


@transaction.atomic
def _forget(person: Person, *, at: datetime) -> None:
    privacy.anonymise(person, by=Machine.CLOCK, at=at, reason="booking expired")
    Registration.objects.filter(booking__customer=person).delete()
    for booking in Booking.objects.filter(customer=person).select_related("room"):
        booking.headline = str(_("Kamar %(room)s") % {"room": booking.room.number})
        booking.save(update_fields=["headline"])


def _long_gone(at: datetime) -> QuerySet[Person]:
    old = at - FORGET_AFTER
    mine = Booking.objects.filter(customer=OuterRef("pk"))
    ended = Q(status=Booking.Status.EXPIRED, since__lte=old)
    return Person.objects.filter(
        Exists(mine.filter(ended)), ~Exists(mine.exclude(ended)),
        ~Exists(Stay.objects.filter(customer=OuterRef("pk"))),
        ~Exists(Payment.objects.filter(customer=OuterRef("pk"))),
        ~Exists(Role.objects.filter(person=OuterRef("pk"))),
        Q(login=None) | Q(login__last_login__lte=old) | Q(login__last_login=None, login__created_at__lte=old),
        anonymised_at=None, merged_into=None,
    ).order_by("pk")  # fmt: skip
