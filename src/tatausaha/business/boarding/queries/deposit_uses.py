"""Which bills the deposit of a tenant may pay, with the owner's consent (rules/boarding 9)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import DepositUse, Stay
from tatausaha.business.boarding.queries import arrears
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.errors import Refused


def due_bills(stay: Stay, *, at: datetime) -> list[Invoice]:
    """Open bills of the stay that are due, the oldest first; no query after the page has read the bills."""
    shown: list[Invoice] | None = getattr(stay, "_bills_shown", None)
    bills = arrears.bills_of(stay) if shown is None else shown
    today = clock.day(at, stay.unit.zone)
    due = [bill for bill in bills if bill.remaining > 0 and bill.income and bill.due_on <= today]
    return sorted(due, key=lambda bill: (bill.due_on, bill.pk))


def excess(stay: Stay) -> int:
    """What is held beyond the deposit that the rent of today asks for, in rupiah; without a question where the rent
    is not lower than at the booking. Nothing while the deposit is to pay a bill, or more of it was asked.
    """  # fmt: skip
    if stay.booking is None or stay.rent >= stay.booking.rent or stay.deposit_due:
        return 0
    target = money.percent(stay.rent, stay.booking.policy.deposit_percent)
    return max(0, billing.held(stay, "deposit") - target)


def refuse_second(stay: Stay) -> None:
    """Raises `Refused` while the owner has still to decide about the deposit of the stay (the table holds it, too)."""
    if stay.deposit_uses.filter(status=DepositUse.Status.ASKED).exists():
        raise Refused(_("Masih ada permintaan pemakaian deposit yang menunggu pemilik."))


def could_take(stay: Stay, bill: Invoice, *, at: datetime) -> int:
    """What of the deposit a bill would take now, in rupiah. Raises `Refused` for one that is not the oldest that
    is due, and where nothing is held.
    """  # fmt: skip
    due = due_bills(Stay.objects.select_related("unit").get(pk=stay.pk), at=at)
    if bill.pk not in {one.pk for one in due}:
        raise Refused(_("Tagihan itu sudah lunas atau belum jatuh tempo."), field="bill")
    if bill.pk != due[0].pk:
        raise Refused(
            _("Tagihan %(number)s lebih lama; pakai deposit untuk yang itu dulu.") % {"number": due[0]},
            field="bill",
        )
    if not (held := billing.held(stay, "deposit")):
        raise Refused(_("Tidak ada deposit yang dipegang."))
    return min(held, due[0].remaining)
