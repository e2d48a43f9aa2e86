"""What money shows on its case pages: how much, from where to where, for which bills, in which journal."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from tatausaha.core.billing.titles import titled
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Fact
from tatausaha.core.kernel.words import long_date, month
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments import purchases, queries
from tatausaha.core.payments.channels import channel
from tatausaha.core.payments.models import Expense, Handover, Payment, Refund, Suspense
from tatausaha.core.payments.services import cash_slips
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries as cases
from tatausaha.core.procedures.panels import Action, Paper

TEMPLATE = "payments/panel.html"


def of_payment(payment: Payment, person: Person, _at: datetime) -> Mapping[str, Any]:
    """A payment: what was expected and what came, for which bills; the receipt; where to pay."""
    receipt = queries.receipt_of(payment)
    bills = list(payment.invoices.order_by("due_on", "pk"))
    mine = payment.customer_id == person.pk and payment.status == Payment.Status.EXPECTED
    late = _booked_later(payment.journal) if payment.status == Payment.Status.CONFIRMED else None
    return {
        "facts": [*_payment_facts(payment, bills), *_across_months(late)],
        "papers": (Paper(_("Kuitansi"), receipt.get_absolute_url(), receipt.number),) if receipt else (),
        "actions": (Action(_("Lihat cara transfer"), f"/bayar/{bills[0].number}/"),)
        if mine and bills
        else _to_its_month(late, person),
    }


def _booked_later(journal: Journal | None) -> Journal | None:
    """The journal in force, where it stands in a later month than that in which it happened."""
    journal = journal and ledger.in_force(journal)
    if journal is None or (journal.book_on.year, journal.book_on.month) == (
        journal.event_on.year,
        journal.event_on.month,
    ):
        return None
    return journal


def _across_months(late: Journal | None) -> Iterator[Fact]:
    if late is not None:
        said = _("Dibukukan %(day)s; bulan kejadiannya sudah lewat.") % {"day": long_date(late.book_on)}
        yield Fact(_("Lintas bulan"), said)


def _to_its_month(late: Journal | None, person: Person) -> tuple[Action, ...]:
    """The owner books it in the month in which it happened, if that is wanted (rules/boarding 10)."""
    if late is None or not roles.is_owner(person):
        return ()
    label = _("Pindahkan ke %(month)s") % {"month": month(late.event_on)}
    return (Action(label, reverse("journal_move", args=[late.pk])),)


def _payment_facts(payment: Payment, bills: list[Any]) -> Iterator[Fact]:
    if payment.confirmed_at:
        yield Fact(_("Diterima"), rupiah(payment.amount))
    elif payment.amount:
        yield Fact(_("Ditunggu persis"), rupiah(payment.asked))
    yield Fact(_("Cara bayar"), channel(payment.method).label)
    if payment.bank:
        yield Fact(_("Ke rekening"), payment.bank)
    if payment.sender:
        yield Fact(_("Rekening pengirim"), payment.sender)
    if payment.reference:
        yield Fact(_("Nomor referensi"), payment.reference)
    if payment.occurred_on:
        yield Fact(_("Tanggal terjadi"), long_date(payment.occurred_on))
    named = ((bill.get_absolute_url(), title) for bill, title in titled(bills))
    yield Fact(_("Untuk tagihan"), format_html_join("; ", '<a href="{}">{}</a>', named))


def of_refund(refund: Refund, person: Person, _at: datetime) -> Mapping[str, Any]:
    """A refund: how much, to where, until when, and which case it comes from."""
    waits = refund.status == Refund.Status.DUE
    unknown = _("belum diketahui, tanyakan penerimanya") if waits else ""
    facts = [
        Fact(_("Jumlah"), rupiah(refund.amount)),
        Fact(_("Dari"), str(refund.get_kind_display()).capitalize()),
        Fact(_("Ke rekening asal"), refund.destination or unknown),
        Fact(_("Paling lambat"), long_date(refund.due_on)),
        Fact(_("Alasan"), refund.reason),
        Fact(_("Urusan asal"), format_html('<a href="/kasus/{0}/">{0}</a>', refund.subject_number)),
    ]
    return {"facts": [fact for fact in facts if fact.value], "papers": _slips(refund, person)}


def _slips(case: Refund | Expense, person: Person) -> tuple[Paper, ...]:
    """What is signed by who takes the cash; printed by those who work there."""
    if not cash_slips.has_slip(case) or not cases.is_staff_of(person, case):
        return ()
    label = _("Tanda terima untuk ditandatangani") if isinstance(case, Refund) else _("Bukti kas keluar")
    address = reverse("cash_slip", args=[case.number])
    return (
        Paper(label, address, "A5"),
        Paper(label, f"{address}?kertas=80", "80 mm"),
        Paper(label, f"{address}?kertas=58", "58 mm"),
    )


def of_suspense(case: Suspense, _person: Person, _at: datetime) -> Mapping[str, Any]:
    """Titipan: how much, from whom, why it is not used."""
    facts = [Fact(_("Jumlah"), rupiah(case.amount)), Fact(_("Sebab"), case.reason)]
    if case.sender:
        facts.append(Fact(_("Pengirim"), case.sender))
    if case.origin:
        facts.append(
            Fact(
                _("Datang dengan"),
                format_html('<a href="{}">{}</a>', case.origin.get_absolute_url(), case.origin.number),
            )
        )
    return {"facts": facts}


def of_expense(expense: Expense, person: Person, _at: datetime) -> Mapping[str, Any]:
    """An expense: how much, for what, paid from where and by whom."""
    facts = [
        Fact(_("Jumlah"), rupiah(expense.amount)),
        Fact(_("Jenis"), purchases.kind_of(expense)),
        Fact(_("Dibayar dari"), channel(expense.paid_from).label),
        Fact(_("Tanggal nota"), long_date(expense.occurred_on)),
        Fact(_("Oleh"), expense.spent_by.name),
    ]
    notes = [
        (reverse("attachment", args=[file.pk]), file.name)
        for _passage, files in cases.with_files(cases.passages_of(expense))
        for file in files
    ]
    if notes:
        facts.insert(1, Fact(_("Nota"), format_html_join(", ", '<a href="{}">{}</a>', notes)))
    booked = queries.counted_on(expense)
    if (booked.year, booked.month) != (expense.occurred_on.year, expense.occurred_on.month):
        said = _("Dibukukan %(day)s; bulan notanya sudah terkunci.") % {"day": long_date(booked)}
        facts.append(Fact(_("Lintas bulan"), said))
    if bought := purchases.assets_of(expense):
        named = ((one.get_absolute_url(), one.number) for one in bought)
        facts.append(Fact(_("Menjadi aset"), format_html_join(", ", '<a href="{}">{}</a>', named)))
    late = _booked_later(expense.journal) if expense.status == Expense.Status.POSTED else None
    return {"facts": facts, "papers": _slips(expense, person), "actions": _to_its_month(late, person)}


def of_handover(case: Handover, _person: Person, _at: datetime) -> Mapping[str, Any]:
    """A handover: what the books said beside what was counted, and to where it went; its slip."""
    facts = [
        Fact(_("Kas menurut catatan"), rupiah(case.expected)),
        Fact(_("Kas menurut hitungan"), rupiah(case.counted)),
    ]
    if case.difference:
        label = _("Selisih kurang") if case.difference < 0 else _("Selisih lebih")
        facts.append(Fact(label, f"{rupiah(abs(case.difference))}: {case.reason}"))
    facts += [
        Fact(_("Disetorkan"), rupiah(case.amount)),
        Fact(_("Disetorkan ke"), case.bank or (case.received_by and case.received_by.name) or _("pemilik")),
        Fact(_("Tanggal setor"), long_date(case.occurred_on)),
    ]
    if case.left:
        facts.append(Fact(_("Tetap dipegang"), rupiah(case.left)))
    papers: tuple[Paper, ...] = ()
    if case.paper is not None:
        address = reverse("handover_slip", args=[case.number])
        papers = (
            Paper(_("Tanda terima setoran, A5"), address, case.paper.number),
            Paper(_("Struk 80 mm"), f"{address}?kertas=80", case.paper.number),
        )
    return {"facts": facts, "papers": papers}
