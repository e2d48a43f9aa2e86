"""What is unfinished in a boarding house in a month that somebody is about to close (rules/ledger 7)."""

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Stay
from tatausaha.core.ledger import months
from tatausaha.core.ledger.sealing import Open
from tatausaha.core.people.models import Unit

MOST = 20
"""Things of one kind that are listed."""


def unfinished(unit: Unit, ym: int) -> list[Open]:
    """Stays whose next bill should have gone out by the month's end."""
    after = months.first_day(months.after(ym))
    living = (Stay.Status.LIVING, Stay.Status.NOTICED)
    stays = Stay.objects.filter(unit=unit, status__in=living, next_bill_on__lt=after).order_by(
        "next_bill_on", "pk"
    )
    return [
        Open(
            _("Tagihan berikutnya untuk %(what)s belum terbit.") % {"what": one.headline},
            one.get_absolute_url(),
        )
        for one in stays[:MOST]
    ]
