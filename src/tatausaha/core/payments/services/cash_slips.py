"""The slip that is signed when cash goes out: for a refund, or for an expense without a note of the shop."""

from datetime import datetime

from django.utils import translation

from tatausaha.core.documents import sheets
from tatausaha.core.kernel import clock
from tatausaha.core.payments.channels import channel
from tatausaha.core.payments.models import Expense, Refund
from tatausaha.core.people import businesses
from tatausaha.core.people import queries as people
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked

_OVER = {Refund.Status.CANCELLED, Expense.Status.REJECTED, Expense.Status.REVERSED}


def has_slip(case: Tracked) -> bool:
    """Whether cash goes, or may go, out of this case by hand."""
    if case.status in _OVER:
        return False
    if isinstance(case, Refund):
        return not case.method or channel(case.method).by_hand
    return isinstance(case, Expense) and channel(case.paid_from).by_hand


def slip_of(case: Refund | Expense, *, by: Person, at: datetime) -> sheets.CashSlip:
    """What the slip says; before the cash went out, as if it went out now from the hands of `by`."""
    company = people.company()
    assert company is not None
    today = clock.day(at, case.unit.zone)
    with translation.override("id"):
        if isinstance(case, Refund):
            title, payee = "Tanda terima pengembalian", case.customer.name if case.customer else ""
            purpose = f"Pengembalian {case.get_kind_display()}, {case.subject_number}: {case.reason}"
            paid_by, on = case.paid_by or by, case.occurred_on or today
        else:
            title, payee, purpose = "Bukti kas keluar", "", case.headline
            paid_by, on = case.spent_by, case.occurred_on
        return sheets.CashSlip(
            head=sheets.Letterhead.of(company, case.unit), number=case.number, issued_on=on, title=title,
            payee=payee, amount=case.amount, purpose=purpose, paid_by=paid_by.name,
            place=businesses.place_of(case.unit), printed=sheets.printed_note(at, case.unit.zone, by.name),
        )  # fmt: skip
