"""What is unfinished about money in a month that somebody is about to close (rules/ledger 7)."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.words import short_date
from tatausaha.core.ledger import months
from tatausaha.core.ledger.sealing import Open
from tatausaha.core.payments import drawers
from tatausaha.core.payments.models import Expense, Handover, Payment
from tatausaha.core.people.models import Unit

WAITING = (Expense.Status.REQUESTED, Expense.Status.APPROVED)
MOST = 20
"""Things of one kind that are listed; more than these need another page than this list."""


def unfinished(unit: Unit, ym: int) -> list[Open]:
    """Expenses and handovers of the month that are not booked, payments that came by its end and nobody has
    decided on, and cash that came by its end and still lies in somebody's drawer, with its age.
    """  # fmt: skip
    first, last = months.first_day(ym), months.first_day(months.after(ym)) - timedelta(days=1)
    expenses = Expense.objects.filter(
        unit=unit, status__in=WAITING, occurred_on__gte=first, occurred_on__lte=last
    ).order_by("occurred_on", "pk")
    _begin, end = months.instants(ym, unit.zone)
    payments = Payment.objects.filter(unit=unit, status__in=Payment.PENDING, since__lt=end).order_by(
        "since", "pk"
    )
    found = [
        Open(_("Pengeluaran %(what)s belum dibukukan.") % {"what": one.headline}, one.get_absolute_url())
        for one in expenses[:MOST]
    ]
    found += [
        Open(
            _("Pembayaran %(number)s %(amount)s belum diperiksa.")
            % {"number": one.number, "amount": rupiah(one.amount)},
            one.get_absolute_url(),
        )
        for one in payments[:MOST]
    ]
    return found + _cash(unit, last, end)


def _cash(unit: Unit, last: date, end: datetime) -> list[Open]:
    waiting = Handover.objects.filter(unit=unit, status=Handover.Status.SUBMITTED, occurred_on__lte=last)
    found = [
        Open(_("%(what)s belum diterima pemilik.") % {"what": one.headline}, one.get_absolute_url())
        for one in waiting.order_by("occurred_on", "pk")[:MOST]
    ]
    return found + [
        Open(
            _("Kas %(amount)s di tangan %(name)s belum disetorkan, sejak %(day)s (%(days)d hari).")
            % {
                "amount": rupiah(one.balance), "name": one.holder.name, "day": short_date(one.since or last),
                "days": one.days,
            },
            reverse("drawer", args=[unit.code, one.holder.pk]),
        )
        for one in drawers.lying_at(unit, last, at=end)[:MOST]
    ]  # fmt: skip
