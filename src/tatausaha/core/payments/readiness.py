"""What is unfinished about money in a month that somebody is about to close (rules/ledger 7)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import months
from tatausaha.core.ledger.sealing import Open
from tatausaha.core.payments.models import Expense, Payment
from tatausaha.core.people.models import Unit

WAITING = (Expense.Status.REQUESTED, Expense.Status.APPROVED)
MOST = 20
"""Things of one kind that are listed; more than these need another page than this list."""


def unfinished(unit: Unit, ym: int) -> list[Open]:
    """Expenses of the month that are not booked, and payments that came by its end and nobody has decided on."""
    first, after = months.first_day(ym), months.first_day(months.after(ym))
    expenses = Expense.objects.filter(
        unit=unit, status__in=WAITING, occurred_on__gte=first, occurred_on__lte=after - timedelta(days=1)
    ).order_by("occurred_on", "pk")
    _begin, end = months.instants(ym, unit.zone)
    payments = Payment.objects.filter(unit=unit, status__in=Payment.PENDING, since__lt=end).order_by(
        "since", "pk"
    )
    found = [
        Open(_("Pengeluaran %(what)s belum dibukukan.") % {"what": one.headline}, one.get_absolute_url())
        for one in expenses[:MOST]
    ]
    return found + [
        Open(
            _("Pembayaran %(number)s %(amount)s belum diperiksa.")
            % {"number": one.number, "amount": rupiah(one.amount)},
            one.get_absolute_url(),
        )
        for one in payments[:MOST]
    ]
