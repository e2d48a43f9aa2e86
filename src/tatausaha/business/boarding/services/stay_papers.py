"""Papers of a stay: made once with a number and a code, reprinted word for word (rules/boarding 16.10)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from tatausaha.business.boarding.models import Cycle, Registration, Stay, StayPaper
from tatausaha.business.boarding.queries import tenants
from tatausaha.business.boarding.services import agreement_paper, bills, leaving
from tatausaha.business.boarding.services.agreement_paper import Agreement
from tatausaha.business.boarding.services.settlement_paper import Settlement
from tatausaha.core.billing import queries as billed
from tatausaha.core.billing.models import Invoice
from tatausaha.core.documents import sheets
from tatausaha.core.documents.numbers import next_number
from tatausaha.core.documents.services import issue_paper
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.payments import services as payments
from tatausaha.core.people import businesses, identity
from tatausaha.core.people import queries as people
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.services import lock_row

GUESSED = " (taksiran)"
"""How a bill ends that was reckoned because nobody read the meter."""

AnyPaper = Agreement | Settlement | sheets.DepositReceipt
K = StayPaper.Kind
_FORMS: dict[str, type[AnyPaper]] = {
    K.AGREEMENT: Agreement, K.DEPOSIT: sheets.DepositReceipt, K.SETTLEMENT: Settlement,
}  # fmt: skip


def _common(stay: Stay, kind: str, on: date) -> dict[str, Any]:
    company = people.company()
    assert company is not None
    return {
        "head": sheets.Letterhead.of(company, stay.unit),
        "number": next_number(stay.unit, kind, on),
        "issued_on": on,
        "place": businesses.place_of(stay.unit),
    }


def _keep(
    stay: Stay, kind: str, sheet: AnyPaper, *, amount: int | None, by: Actor, at: datetime
) -> StayPaper:
    holder = stay.customer.name if stay.customer else ""
    paper = issue_paper(sheet, kind=kind, unit=stay.unit, holder=holder, amount=amount, by=by, at=at)
    return StayPaper.objects.create(
        unit=stay.unit, stay=stay, kind=kind, number=sheet.number, paper=paper, said=_said(sheet), made_at=at,
        made_by=person_or_none(by),
    )  # fmt: skip


def _said(sheet: AnyPaper) -> dict[str, Any]:
    said = asdict(sheet)
    for beside in ("proof", "printed", "void_reason"):
        said.pop(beside, None)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


_DAYS = ("issued_on", "begins_on", "moved_in_on", "left_on", "pay_by")
_LINES = ("sums", "owed")


def sheet_of(kept: StayPaper, *, printed: str = "") -> AnyPaper:
    """What the paper says, word for word as on the first day."""
    said = dict(kept.said)
    said["head"] = sheets.Letterhead(**said["head"])
    said |= {name: date.fromisoformat(said[name]) for name in _DAYS if said.get(name)}
    said |= {name: [sheets.Line(**line) for line in said[name]] for name in _LINES if name in said}
    sheet = _FORMS[kept.kind](**said, printed=printed)
    return sheets.with_proof(sheet, kept.paper.token)


def print_paper(kept: StayPaper, *, form: str, by: Person, at: datetime) -> bytes:
    """The PDF in one of the paper's forms; raises `ValueError` for another."""
    note = sheets.printed_note(at, kept.unit.zone, by.name)
    return sheets.print_sheet(sheet_of(kept, printed=note), form=form)


@transaction.atomic
def given_at_move_in(stay: Stay, kind: str, *, by: Person, at: datetime) -> StayPaper | None:
    """The agreement, or the receipt for the deposit, as of the day of moving in; made and numbered the first time.

    Nothing where no deposit was ever taken.
    """
    lock_row(stay)
    if found := StayPaper.objects.filter(stay=stay, kind=kind).select_related("paper", "unit").first():
        return found
    if kind == K.SETTLEMENT or (kind == K.DEPOSIT and not _deposit(stay)):
        return None
    with translation.override("id"):
        sheet = _agreement(stay) if kind == K.AGREEMENT else _deposit_receipt(stay)
    return _keep(stay, kind, sheet, amount=None if kind == K.AGREEMENT else _deposit(stay), by=by, at=at)


def _deposit(stay: Stay) -> int:
    return stay.booking.deposit if stay.booking else 0


def _manager(stay: Stay) -> str:
    """Who handed the key over."""
    return tenants.began_by(stay)


def _agreement(stay: Stay) -> Agreement:
    booking, deposit = stay.booking, _deposit(stay)
    room, rent = (booking.room, booking.rent) if booking else (stay.room, stay.rent)
    services = list(booking.services.all()) if booking else []
    per = str(Cycle(stay.cycle).per)
    monthly = [sheets.Line("Sewa kamar", rent, per)]
    monthly += [sheets.Line(one.name, one.amount, per) for one in services if not one.per_use]
    measured = [sheets.Line(one.name, one.amount, f"per {one.measure}") for one in services if one.per_use]
    held = [sheets.Line("Deposit", deposit, "dikembalikan saat pindah")] if deposit else []
    stated: Registration | None = getattr(booking, "registration", None) if booking else None
    return Agreement(
        **_common(stay, K.AGREEMENT, stay.anchor_on),
        tenant=stay.customer.name if stay.customer else "",
        origin=stated.origin if stated else "",
        phone=identity.shown_phone(stay.customer.phone) if stay.customer else "",
        identity=str(tenants.paper_of(stated) or "") if stated else "",
        emergency=f"{stated.emergency_name}, {identity.shown_phone(stated.emergency_phone)}" if stated else "",
        room=room.number, room_type=room.room_type.name, begins_on=stay.anchor_on,
        sums=[*monthly, *measured, *held],
        clauses=agreement_paper.clauses(stay, rent=rent, deposit=deposit), manager=_manager(stay),
    )  # fmt: skip


def _deposit_receipt(stay: Stay) -> sheets.DepositReceipt:
    days = stay.policy.refund_working_days
    return sheets.DepositReceipt(
        **_common(stay, K.DEPOSIT, stay.anchor_on),
        payer=stay.customer.name if stay.customer else "", amount=_deposit(stay), method="Sesuai kuitansi pembayaran",
        held_for=f"Deposit kamar {stay.room.number}, {stay.number}",
        terms=[
            f"Dikembalikan paling lambat {days} hari kerja setelah kamar diperiksa.",
            "Dikurangi hanya dengan tagihan yang belum dibayar dan kerusakan yang tertulis di lembar kondisi.",
            "Keausan wajar tidak dipotong.",
        ],
        received_by=_manager(stay), received_role="Pengelola",
    )  # fmt: skip


def settle_on_paper(stay: Stay, *, by: Actor, at: datetime) -> StayPaper:
    """The final settlement as it is now; belongs to the step that carries it out, before it moves any money."""
    sums, on = leaving.settlement(stay), clock.day(at, stay.unit.zone)
    days, person = stay.policy.refund_working_days, person_or_none(by)
    rest = sums["to_return"] - sums["still_owed"]
    with translation.override("id"):
        sheet = Settlement(
            **_common(stay, K.SETTLEMENT, on),
            tenant=stay.customer.name if stay.customer else "", room=stay.room.number,
            moved_in_on=stay.anchor_on, left_on=stay.moved_out_on or on, owed=_owed(stay),
            balance_used=sums["balance"], deposit=sums["deposit"], advance=sums["advance"],
            pay_by=payments.refund_day(stay.unit, days, at=at) if rest > 0 else None,
            note=_small(rest, stay, at), manager=person.name if person else "",
        )  # fmt: skip
    return _keep(stay, K.SETTLEMENT, sheet, amount=abs(rest), by=by, at=at)


def _small(rest: int, stay: Stay, at: datetime) -> str:
    smallest = payments.smallest_refund(stay.unit, at=at)
    if not 0 < rest < smallest:
        return ""
    return f"Di bawah {rupiah(smallest)} tidak ditransfer, melainkan menjadi saldo penghuni."


def _owed(stay: Stay) -> Sequence[sheets.Line]:
    """Open bills with their number, what was used since, and every damage with its line."""
    waiting = [bill for bill in billed.invoices_of(stay) if bill.remaining]
    uses = stay.uses.filter(invoice_number="").select_related("service").order_by("used_on", "pk")
    damages = stay.damages.filter(item__isnull=False).select_related("item").order_by("pk")
    return [
        *(sheets.Line(_period(bill), bill.remaining, bill.number) for bill in waiting),
        *(sheets.Line(f"{use.service.name} {words.short_date(use.used_on)}", use.amount) for use in uses),
        *(
            sheets.Line(
                one.description,
                one.amount,
                f"Lembar keluar: {one.item.name if one.item else ''}. {one.reason}",
            )
            for one in damages
        ),
    ]


def _period(bill: Invoice) -> str:
    return f"Tagihan {_days_of(bill)}".strip()


def _days_of(bill: Invoice) -> str:
    if bill.period_start is None or bill.period_end is None:
        return ""
    return f"{words.long_date(bill.period_start)} sampai {words.long_date(bill.period_end)}"


def service_note(stay: Stay, bill: Invoice, *, by: Person, at: datetime, form: str) -> bytes | None:
    """Nota layanan: the services on one bill, each with its day and quantity; nothing where it has none.

    It bears the number of the bill that it explains.
    """
    company = people.company()
    assert company is not None
    with translation.override("id"):
        if not (rows := _usages(stay, bill)):
            return None
        note = sheets.ServiceNote(
            head=sheets.Letterhead.of(company, stay.unit), number=bill.number,
            issued_on=clock.day(bill.issued_at, stay.unit.zone),
            printed=sheets.printed_note(at, stay.unit.zone, by.name), payer=stay.customer.name if stay.customer else "",
            place_used=f"Kamar {stay.room.number}", period=_days_of(bill), uses=rows,
            total=sum(row.amount for row in rows),
        )  # fmt: skip
        return sheets.print_sheet(note, form=form)


def _usages(stay: Stay, bill: Invoice) -> list[sheets.Usage]:
    """The lines for services; what was used is said with its day and its measure."""
    uses = list(
        stay.uses.filter(invoice_number=bill.number).select_related("service").order_by("used_on", "pk")
    )
    rows = []
    for line in billed.lines_of(bill):
        if line.kind != "service" or line.amount == line.credited:
            continue
        use = next((one for one in uses if bills.use_text(one) == line.description), None)
        if use:
            uses.remove(use)
        if use and use.description:  # the bill says it in words already
            said = use.description.removesuffix(GUESSED)
            guessed = use.description.endswith(GUESSED)
            rows.append(sheets.Usage(said, line.amount - line.credited, use.used_on, estimated=guessed))
        elif use:
            measured = f"{use.quantity.normalize():f} {use.service.measure} × {rupiah(use.price)}"
            rows.append(sheets.Usage(use.service.name, line.amount - line.credited, use.used_on, measured))
        else:
            rows.append(sheets.Usage(line.description, line.amount - line.credited))
    return rows
