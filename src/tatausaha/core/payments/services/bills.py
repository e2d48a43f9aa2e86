"""The paper of a bill: numbered and genuine like a receipt, always with what has come in since (KOS-21)."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from tatausaha.core.billing import kinds
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.titles import title
from tatausaha.core.documents import sheets
from tatausaha.core.documents.queries import paper_numbered
from tatausaha.core.documents.services import issue_paper, void_paper
from tatausaha.core.kernel import clock, words
from tatausaha.core.payments import queries
from tatausaha.core.people import queries as people
from tatausaha.core.people.models import Person


def print_bill(invoice: Invoice, *, form: str, by: Person, at: datetime) -> bytes:
    """The PDF of a bill (a4, a5): its QR answers for what was issued, its figures say how it stands now."""
    with translation.override("id"):
        issued = _sheet(invoice)
        paper = paper_numbered("invoice", invoice.number) or issue_paper(
            issued,
            kind="invoice",
            unit=invoice.unit,
            holder=invoice.payer.name,
            amount=invoice.total,
            by=by,
            at=at,
        )
        if invoice.voided_at:
            void_paper(paper, reason=invoice.void_reason, by=invoice.voided_by or by, at=invoice.voided_at)
        bank = queries.bank_account(invoice.unit)
        now = replace(
            issued, settled=invoice.settled, credited=invoice.credited, void_reason=invoice.void_reason,
            pay_to=((str(_("Rekening")), str(bank)),) if bank and invoice.remaining else (),
            printed=sheets.printed_note(at, invoice.unit.zone, by.name),
        )  # fmt: skip
        return sheets.print_sheet(sheets.with_proof(now, paper.token), form=form)


def _sheet(invoice: Invoice) -> sheets.Invoice:
    company = people.company()
    assert company is not None
    return sheets.Invoice(
        head=sheets.Letterhead.of(company, invoice.unit),
        number=invoice.number,
        issued_on=clock.day(invoice.issued_at, invoice.unit.zone),
        payer=invoice.payer.name,
        subject=title(invoice),
        due_on=invoice.due_on,
        period=_period(invoice.period_start, invoice.period_end),
        lines=[
            sheets.Line(line.description, line.amount, note=kinds.beside(line.kind, line.description))
            for line in billing.lines_of(invoice)
        ],
        total=invoice.total,
    )


def _period(start: date | None, end: date | None) -> str:
    return f"{words.short_date(start)} – {words.short_date(end)}" if start and end else ""
