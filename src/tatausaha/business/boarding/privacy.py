"""What the boarding houses know of a person, how long they must, and when they forget (rules/boarding 0)."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Booking, Guest, Registration, Stay, Ticket, Wish
from tatausaha.business.boarding.policy import StayPolicy
from tatausaha.business.boarding.queries.bookings import LIVE
from tatausaha.core.billing.models import Holding, Invoice
from tatausaha.core.billing.queries import OPEN
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments.models import Payment
from tatausaha.core.people import papers, privacy
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import IdentityPaper, Person, Role
from tatausaha.core.people.queries import same_person

FORGET_AFTER = timedelta(days=30)
"""After so long the person of an expired booking is forgotten."""

A_ROUND = 200
ENDED = (Booking.Status.CANCELLED, Booking.Status.FORFEITED, Booking.Status.EXPIRED)
RUNNING = (Stay.Status.LIVING, Stay.Status.NOTICED, Stay.Status.INSPECTION, Stay.Status.REFUNDING)


def duty(person: Person) -> str | None:
    """Why a person's data must still be kept, or nothing."""
    if business := running_business(person):
        return business
    if Holding.objects.filter(person__in=same_person(person), balance__gt=0).exists():
        return _("Uang orang ini masih dipegang: deposit, saldo, atau titipan.")
    if Wish.objects.filter(customer__in=same_person(person), status=Wish.Status.WAITING).exists():
        return _("Orang ini masih ada di daftar tunggu.")
    return None


def running_business(person: Person) -> str | None:
    """Why a person must still be known by his papers, or nothing: he lives here, has booked, or owes."""
    everyone = same_person(person)
    if Stay.objects.filter(customer__in=everyone, status__in=RUNNING).exists():
        return _("Orang ini masih tinggal, atau perhitungan keluarnya belum selesai.")
    if Booking.objects.filter(customer__in=everyone, status__in=LIVE).exists():
        return _("Orang ini masih punya pesanan kamar yang berjalan.")
    if Invoice.objects.filter(OPEN, payer__in=everyone).exists():
        return _("Orang ini masih punya tagihan yang belum lunas.")
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
        "tamu menginap": list(
            Guest.objects.filter(stay__customer__in=persons).order_by("pk")
            .values("stay__number", "name", "origin", "purpose", "from_on", "until_on")
        ),
        "daftar tunggu": list(
            Wish.objects.filter(customer__in=persons).order_by("pk")
            .values("number", "unit__name", "status", "headline", "latest_on", "budget", "opened_at")
        ),
        "perbaikan": list(
            Ticket.objects.filter(customer__in=persons).order_by("pk")
            .values("number", "unit__name", "room__number", "status", "what", "detail", "opened_at")
        ),
        "pendaftaran": list(
            stated.values(
                "origin", "purpose", "occupation", "emergency_name", "emergency_phone", "registered_at",
                "registered_by__name",
            )
        ),
    }  # fmt: skip


def forget_in_time(at: datetime) -> int:
    """Forget what is not to be known any longer: persons, and papers; how many of both."""
    return forget_expired(at=at) + erase_old_papers(at=at)


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


def erase_old_papers(*, at: datetime) -> int:
    """Erase identity papers some months (the SOP of the stay says how many) after their owner left or, having
    registered, never came; how many papers. Whoever lives here again, has booked or still owes keeps his.
    """  # fmt: skip
    erased = 0
    waiting = IdentityPaper.objects.filter(erased_at=None, pk__in=_of_the_gone(at).values("paper_id"))
    for paper in waiting.select_related("person").order_by("pk")[:A_ROUND]:
        if running_business(paper.person) is None and all(
            _is_past(one, at)
            for one in Registration.objects.filter(paper_id=paper.pk).select_related("booking__unit")
        ):
            papers.erase_paper(paper, by=Machine.CLOCK, at=at, reason=_("Masa simpan habis"))
            erased += 1
    return erased


def _of_the_gone(at: datetime) -> QuerySet[Registration]:
    """Registrations of whoever left, or did not come, at least the shortest time ago that an SOP may say."""
    month_ago = at - timedelta(days=28)
    left = Q(booking__stay__moved_out_on__lte=month_ago.date())
    return Registration.objects.filter(left | Q(booking__status__in=ENDED, booking__since__lte=month_ago))


def _is_past(stated: Registration, at: datetime) -> bool:
    """Whether the months are over, counted from the day of leaving or of the end of the booking."""
    booking = stated.booking
    if lived_in := Stay.objects.filter(booking=booking).select_related("revision").first():
        ended, months = lived_in.moved_out_on, lived_in.policy.keep_papers_months
    elif booking.status in ENDED:
        ended, months = clock.day(booking.since, booking.unit.zone), StayPolicy().keep_papers_months
    else:
        return False
    return ended is not None and clock.day(at, booking.unit.zone) >= _months_after(ended, months)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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
