"""What a step that moves money will do, in figures, before it is taken (components.md 3; SYS-10)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.core.billing.titles import titled
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.kernel.words import long_date
from tatausaha.core.payments.channels import channel
from tatausaha.core.payments.models import Expense, Handover, Payment, Refund, Suspense
from tatausaha.core.payments.purchases import kind_of
from tatausaha.core.payments.workdays import add_working_days
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.spec import Preview, Text


def arriving(payment: Payment, _by: Actor, _at: datetime) -> Preview:
    """The bills that the money settles, oldest first, and how much is expected."""
    bills = titled(payment.invoices.order_by("due_on", "pk"))
    open_bills = [
        Sum(title, bill.remaining, _("jatuh tempo %(day)s") % {"day": long_date(bill.due_on)})
        for bill, title in bills
    ]
    expected = payment.asked
    total = Sum(_("Ditunggu persis"), expected, total=True)
    return Preview((*open_bills, *([total] if expected else [])))


def taking_back(payment: Payment, _by: Actor, _at: datetime) -> Preview:
    """How much is owed again."""
    name = payment.customer.name if payment.customer else ""
    return Preview((Sum(_("Dibatalkan dari %(name)s") % {"name": name}, payment.amount, total=True),))


def giving_back(refund: Refund, _by: Actor, _at: datetime) -> Preview:
    """To whom, on which account, how much goes out."""
    name = refund.customer.name if refund.customer else ""
    where = refund.destination or _("Rekening asal belum diketahui: tanyakan %(name)s.") % {"name": name}
    return Preview(
        (Sum(_("Dikembalikan kepada %(name)s") % {"name": name}, refund.amount, where, total=True),)
    )


def using(case: Suspense, _by: Actor, _at: datetime) -> Preview:
    """Whose titipan it is, and what becomes of what the bill does not want."""
    name = case.customer.name if case.customer else ""
    sentence = _("Yang tidak terpakai menjadi saldo %(name)s, dipakai untuk tagihan berikutnya.")
    return Preview(
        (Sum(_("Titipan dari %(name)s") % {"name": name}, case.amount),), (sentence % {"name": name},)
    )


def returning(case: Suspense, _by: Actor, at: datetime) -> Preview:
    """The whole titipan goes back; until when."""
    name = case.customer.name if case.customer else ""
    last = add_working_days(clock.day(at, case.unit.zone), case.policy.return_working_days)
    by_when = _("paling lambat %(day)s") % {"day": long_date(last)}
    return Preview(
        (Sum(_("Dikembalikan kepada %(name)s") % {"name": name}, case.amount, by_when, total=True),)
    )


def spending(expense: Expense, _by: Actor, _at: datetime) -> Preview:
    """What was bought, and from where it is paid."""
    what = kind_of(expense)
    label: Text = _("%(what)s, nota %(day)s") % {"what": what, "day": long_date(expense.occurred_on)}
    source = _("%(source)s berkurang %(amount)s.")
    names = {"source": channel(expense.paid_from).label, "amount": rupiah(expense.amount)}
    return Preview((Sum(label, expense.amount, total=True),), (source % names,))


def unspending(expense: Expense, _by: Actor, _at: datetime) -> Preview:
    """How much comes back, and to where."""
    label = _("Kembali ke %(source)s") % {"source": channel(expense.paid_from).label}
    return Preview((Sum(label, expense.amount, total=True),))


def receiving_cash(case: Handover, _by: Actor, _at: datetime) -> Preview:
    """What the books said, what was counted, what is handed over and where it goes; why it differs."""
    sums = [Sum(_("Kas menurut catatan"), case.expected), Sum(_("Kas menurut hitungan"), case.counted)]
    sentences: list[Text] = []
    if case.difference:
        sums.append(Sum(_("Selisih"), case.difference, case.reason))
        sentences.append(_("Dengan menerima, selisih ini dibukukan sebagai selisih kas."))
    where = str(case.bank) if case.bank else _("kas di tangan Anda")
    sums.append(Sum(_("Disetorkan ke %(where)s") % {"where": where}, case.amount, total=True))
    if case.left:
        name = case.customer.name if case.customer else ""
        said = _("%(amount)s tetap dipegang %(name)s.")
        sentences.append(said % {"amount": rupiah(case.left), "name": name})
    return Preview(tuple(sums), tuple(sentences))


def cash_back(case: Handover, _by: Actor, _at: datetime) -> Preview:
    """How much is on the holder's name again."""
    name = case.customer.name if case.customer else ""
    label = _("Kembali ke kas %(name)s") % {"name": name}
    return Preview((Sum(label, case.amount - case.difference, total=True),))
