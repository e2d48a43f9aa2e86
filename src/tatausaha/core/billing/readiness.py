"""What is unfinished about bills in a month that somebody is about to close (rules/ledger 7)."""

from django.utils.translation import gettext as _

from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import months
from tatausaha.core.ledger.sealing import Open
from tatausaha.core.people.models import Unit

MOST = 20
"""Bills that are listed."""


def unfinished(unit: Unit, ym: int) -> list[Open]:
    """Bills that fell due by the month's end and whose income is not in the books."""
    bills = Invoice.objects.filter(
        unit=unit,
        voided_at=None,
        recognised_on=None,
        income__gt=0,
        due_on__lt=months.first_day(months.after(ym)),
    ).order_by("due_on", "pk")
    return [
        Open(
            _("Pendapatan tagihan %(number)s belum dibukukan: %(amount)s.")
            % {"number": one.number, "amount": rupiah(one.income)},
            one.get_absolute_url(),
        )
        for one in bills[:MOST]
    ]
