"""What a customer has to pay, as lines of *Hari ini*."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.titles import titled
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.payments import queries as payments
from tatausaha.core.people.models import Person
from tatausaha.core.web.parts import NextStep, Tone, Work

AT_MOST = 5


def works(person: Person, at: datetime) -> list[Work]:
    """The person's open bills, oldest first, each with the button that pays it.

    Money that was sent and is being checked is not asked for again.
    """
    rows = billing.own_invoices(person).filter(billing.OPEN)
    bills = list(rows.order_by("due_on", "pk")[:AT_MOST])
    left = payments.left_on(bills)
    return [_work(bill, title, left[bill.pk], at) for bill, title in titled(bills)]


def _work(bill: Invoice, title: str, left: int, at: datetime) -> Work:
    when, tone = _when(bill, at)
    step = None
    if left > 0:
        pay = _("Bayar %(amount)s") % {"amount": rupiah(left)}
        step = NextStep(pay, reverse("pay", args=[bill.number]), opens=True)
    else:
        when, tone = _("Uang Anda sedang diperiksa; tidak perlu membayar lagi."), Tone.GOING
    return Work(
        title=title if left == bill.remaining else f"{title}: {rupiah(bill.remaining)}",
        url=bill.get_absolute_url(),
        when=when,
        meta=(bill.unit.name, bill.number),
        tone=tone,
        step=step,
    )


def _when(bill: Invoice, at: datetime) -> tuple[str, Tone]:
    days = (bill.due_on - clock.day(at, bill.unit.zone)).days
    day = words.long_date(bill.due_on)
    if days < 0:
        return _("Lewat %(days)d hari dari jatuh tempo %(day)s") % {"days": -days, "day": day}, Tone.LATE
    if days == 0:
        return _("Jatuh tempo hari ini, %(day)s") % {"day": day}, Tone.SOON
    near = Tone.SOON if days <= 3 else Tone.NEUTRAL
    return _("Jatuh tempo %(day)s, %(days)d hari lagi") % {"days": days, "day": day}, near
