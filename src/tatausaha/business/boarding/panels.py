"""What the case pages of bookings and stays show of their own."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import panel_sheets, panels_tickets
from tatausaha.business.boarding.models import Booking, Cycle, Damage, Purpose, RoomMove, Stay
from tatausaha.business.boarding.queries import (
    arrears,
    bill_titles,
    cycles,
    discounts,
    late_fees,
    moving,
    sheets,
    tenants,
)
from tatausaha.business.boarding.services import due_calendar, leaving
from tatausaha.business.boarding.services.late_fees import said_of
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.payments import queries as payments
from tatausaha.core.payments.models import Refund
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries as cases
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.web.panels import Action, Paper

BILLS_SHOWN = 13
"""The newest bills on the page of a stay: a year of 30-day periods."""

_PAY = {
    Purpose.DOWN_PAYMENT: _("Bayar uang muka %(amount)s"),
    Purpose.FIRST_RENT: _("Bayar sewa pertama %(amount)s"),
    Purpose.MOVE_IN: _("Bayar pelunasan dan deposit %(amount)s"),
    Purpose.RENT: _("Bayar tagihan %(amount)s"),
    Purpose.LATE_FEE: _("Bayar denda %(amount)s"),
}


def booking(case: Booking, person: Person, at: datetime) -> Mapping[str, Any]:
    """The room, the four numbers, the services, and what is open."""
    bills = list(billing.invoices_of(case))
    services = list(case.services.all())
    monthly = case.rent + sum(one.amount for one in services if not one.per_use)
    first = discounts.first_rent_of(case)
    paid_before = first.amount if case.plan == Booking.Plan.FULL else case.down_payment
    lived_in = Stay.objects.filter(booking=case).first()
    staff = cases.is_staff_of(person, case)
    off = procedure_of(case).is_lost(case.status)
    refunds = list(payments.refunds_of(case)) if off else []
    return {
        "case": case,
        "services": services,
        "monthly": monthly,
        "paid_before": paid_before,
        "due_at_move_in": max(0, first.amount - paid_before) + monthly - case.rent + case.deposit,
        "lowered": first if first.discount else None,
        "bills": bill_titles.of_room(bills, case.room.number),
        "registration": getattr(case, "registration", None),
        "stay": lived_in,
        "off": off,
        "refunds": [(refund, _when_back(refund)) for refund in refunds],
        "staff": staff,
        "actions": _to_the_stay(lived_in)
        or _to_the_refunds(refunds, staff=staff)
        or _ways_to_pay(case, bills, staff=staff, customer=case.customer_id == person.pk),
        "at": at,
    }


def stay(case: Stay, person: Person, at: datetime) -> Mapping[str, Any]:
    """The room, the calendar of due dates, services, bills, deposit, and the settlement as it would be now."""
    bills = arrears.bills_to_show(case)[::-1]
    uses = list(case.uses.filter(invoice_number="").select_related("service").order_by("used_on", "pk"))
    staff = cases.is_staff_of(person, case)
    inspected = case.status == Stay.Status.INSPECTION
    on_hand = billing.on_hand(case)
    damages = sheets.damages_of(case) if case.moved_out_on else []
    moves = moving.moves_of(case)
    refunds = list(payments.refunds_of(case)) if case.moved_out_on and not inspected else []
    return {
        "case": case,
        "bills": bill_titles.of_room(bills[:BILLS_SHOWN], case.room.number, moves),
        "moves": moves,
        "subscriptions": [] if inspected else list(case.subscriptions.order_by("pk")),
        "lowered": lowered if (lowered := discounts.rent_of_stay(case, case.next_period)).discount else None,
        **_registered(None if inspected else case.booking, staff=staff),
        "fees": [(said_of(fee), fee.amount) for fee in late_fees.running(case, at=at)],
        "uses": uses,
        "next": case.next_period + 1,
        "dates": due_calendar.dates_to_come(case),
        "cycle": cycles.to_come(case),
        "dates_said": _dates_said(case),
        "switched_on": _switch_to_come(case, at),
        "deposit": on_hand["deposit"],
        "damages": damages,
        "settlement": leaving.sum_up(
            bills=bills,
            uses=uses,
            damages=damages,
            on_hand=on_hand,
            balance_stays=leaving.balance_stays(case, on_hand),
        )
        if inspected
        else None,
        "refunds": [(refund, _when_back(refund)) for refund in refunds],
        "returned": _returned(case, refunds, damages),
        "still_owed": sum(bill.remaining for bill in bills) if case.status == Stay.Status.CLOSED else 0,
        "staff": staff,
        "actions": (
            _to_the_refunds(refunds, staff=staff)
            or _ways_to_pay(case, bills, staff=staff, customer=case.customer_id == person.pk)
        )
        + panel_sheets.actions(case, staff=staff, at=at),
        "report": panels_tickets.way_to_report(case, staff=staff),
        "sheets": panel_sheets.lines(case, staff=staff),
        "papers": [*panel_sheets.papers(case), panel_sheets.all_papers(case)],
        "at": at,
    }


def _dates_said(case: Stay) -> str:
    """By which rule the due dates to come are counted."""
    if cycles.to_come(case) == Cycle.FIXED_DATE:
        return _now("Tanggal yang sama setiap bulan; bila bulannya lebih pendek, hari terakhirnya.")
    return _now("Setiap 30 hari.") if case.switch_period else _now("Setiap 30 hari sejak mulai menempati.")


def _switch_to_come(case: Stay, at: datetime) -> date | None:
    """The day from which the other cycle holds that was agreed on, while it is still to come."""
    if case.switch_period is None:
        return None
    begins = cycles.start_of(case, case.switch_period)
    return begins if begins > clock.day(at, case.unit.zone) else None


def room_move(case: RoomMove, _person: Person, _at: datetime) -> Mapping[str, Any]:
    """From where to where, what it came to, what was broken in the old room, and the paper."""
    address = reverse("boarding:move_paper", args=[case.number])
    other = case.swapped_with
    return {
        "case": case,
        "per": cycles.cycle_of(case.stay, max(0, cycles.number_in(case.stay, case.moved_on))).per,
        "other": other.customer if other else None,
        "damages": list(case.damages.order_by("pk")),
        "papers": (Paper(_("Berita acara pindah kamar"), address, case.paper_number),),
    }


def _returned(case: Stay, refunds: list[Refund], damages: list[Damage]) -> Mapping[str, int] | None:
    """How the money that goes back came about: the deposit, less damage, and all other bills and balance."""
    if not refunds or case.booking is None:
        return None
    deposit, damage = case.booking.deposit, sum(one.amount for one in damages)
    return {"deposit": deposit, "others": sum(refund.amount for refund in refunds) - deposit + damage}


def _when_back(refund: Refund) -> str:
    """How a refund stands, and until when it is to be paid while it is due."""
    said = str(refund.get_status_display())
    if refund.status != Refund.Status.DUE:
        return said
    return f"{said}, " + _now("paling lambat %(day)s") % {"day": words.long_date(refund.due_on)}


def _registered(booking: Booking | None, *, staff: bool) -> Mapping[str, Any]:
    """What the tenant stated and the masked identity paper; for those who manage the house alone."""
    if booking is None or not staff:
        return {"stated": None, "paper": None}
    stated = getattr(booking, "registration", None)
    return {"stated": stated, "paper": tenants.paper_of(stated)}


def booking_data(case: Booking, person: Person, at: datetime) -> Mapping[str, Any]:
    """The same as data, for the API; money in whole rupiah."""
    shown = booking(case, person, at)
    return {
        "room": case.room.number,
        "move_in_on": case.move_in_on.isoformat(),
        "total": shown["monthly"],
        "down_payment": case.down_payment,
        "due_at_move_in": shown["due_at_move_in"],
        "deposit": case.deposit,
        "registered": shown["registration"] is not None,
        "stay": shown["stay"].number if shown["stay"] else None,
        "bills": [bill.number for bill, _title in shown["bills"] if bill.remaining],
    }


def stay_data(case: Stay, person: Person, at: datetime) -> Mapping[str, Any]:
    """The same as data, for the API; money in whole rupiah."""
    shown = stay(case, person, at)
    return {
        "room": case.room.number,
        "anchor_on": case.anchor_on.isoformat(),
        "cycle": cycles.to_come(case).value,
        "rent": case.rent,
        "deposit": shown["deposit"],
        "next_due_dates": [day.isoformat() for day in shown["dates"]],
        "settlement": shown["settlement"],
        "late_fees_so_far": sum(amount for _said, amount in shown["fees"]),
        "bills": [bill.number for bill, _title in shown["bills"] if bill.remaining],
    }


def room_move_data(case: RoomMove, _person: Person, _at: datetime) -> Mapping[str, Any]:
    """The same as data, for the API; money in whole rupiah."""
    return {
        "stay": case.stay.number,
        "from_room": case.from_room.number,
        "to_room": case.to_room.number,
        "moved_on": case.moved_on.isoformat(),
        "days_left": case.days_left,
        "rent_before": case.rent_before,
        "rent_after": case.rent_after,
        "difference": case.difference,
        "deposit_asked": case.deposit_asked,
    }


def _to_the_stay(lived_in: Stay | None) -> list[Action]:
    """Where it goes on once the key is handed over."""
    if lived_in is None:
        return []
    label = _("Buka hunian kamar %(number)s") % {"number": lived_in.room.number}
    return [Action(label, lived_in.get_absolute_url())]


def _to_the_refunds(refunds: list[Refund], *, staff: bool) -> list[Action]:
    """What is left to do for the manager once a settlement owes the tenant money."""
    due = [refund for refund in refunds if staff and refund.status == Refund.Status.DUE]
    return [
        Action(_("Kembalikan %(amount)s") % {"amount": rupiah(refund.amount)}, refund.get_absolute_url())
        for refund in due
    ]


def _all_at_once(bills: list[Invoice], left: Mapping[int, int], *, customer: bool) -> list[Action]:
    """One link to pay everything that is open."""
    if len(bills) < 2:
        return []
    about = {"count": len(bills), "amount": rupiah(sum(left[bill.pk] for bill in bills))}
    said = (
        _("Bayar %(count)d tagihan sekaligus, %(amount)s")
        if customer
        else _("Terima tunai %(count)d tagihan sekaligus, %(amount)s")
    )
    address = reverse("pay_several" if customer else "receive_cash")
    chosen = "&".join(f"tagihan={bill.number}" for bill in bills)
    return [Action(said % about, f"{address}?{chosen}")]


def _ways_to_pay(case: Booking | Stay, bills: list[Invoice], *, staff: bool, customer: bool) -> list[Action]:
    """Links to pay, for the customer the transfer, for the manager the cash: all that is open, and the oldest bill.

    Money goes to the oldest bill first, so there is no link for each of them. A proof for a booking that
    waits to be looked at comes before cash: what it covers is not paid twice.
    """  # fmt: skip
    waiting = sorted((bill for bill in bills if bill.remaining), key=lambda bill: (bill.due_on, bill.pk))
    if not waiting or not (staff or customer):
        return []
    sent = list(payments.to_verify(case)) if staff and not customer and isinstance(case, Booking) else []
    offered = payments.left_on(waiting) if customer or sent else {}
    left = {bill.pk: offered.get(bill.pk, bill.remaining) for bill in waiting}
    asked = [bill for bill in waiting if left[bill.pk] > 0]  # the others are sent, and being checked
    checks = [
        Action(
            _("Periksa bukti bayar %(amount)s") % {"amount": rupiah(one.asked)},
            one.get_absolute_url(), _("Uangnya sudah masuk rekening atau belum?"),
        )
        for one in sent
    ]  # fmt: skip
    oldest = [_way_to_pay(bill, left[bill.pk], customer=customer, among=len(asked)) for bill in asked[:1]]
    return [*checks, *_all_at_once(asked, left, customer=customer), *oldest]


def _way_to_pay(bill: Invoice, left: int, *, customer: bool, among: int) -> Action:
    if customer:
        said = str(_PAY.get(Purpose(bill.purpose), _("Bayar %(amount)s"))) % {"amount": rupiah(left)}
        return Action(_dated(said, bill, dated=among > 1), reverse("pay", args=[bill.number]))
    fee = bill.purpose == Purpose.LATE_FEE
    said = (_("Terima tunai denda %(amount)s") if fee else _("Terima tunai %(amount)s")) % {
        "amount": rupiah(left)
    }
    address = f"{reverse('receive_cash')}?tagihan={bill.number}"
    return Action(_dated(said, bill, dated=among > 1), address)


def _dated(said: str, bill: Invoice, *, dated: bool) -> str:
    """Where several bills are open, the one that a button is for is named by the day on which it is due.

    A late fee by the rent it is for: those of two periods may be charged on one day.
    """
    if not dated:
        return said
    if bill.purpose == Purpose.LATE_FEE and bill.period_start and bill.period_end:
        about = {"button": said, "period": words.period(bill.period_start, bill.period_end)}
        return _("%(button)s, sewa %(period)s") % about
    return _("%(button)s, jatuh tempo %(day)s") % {"button": said, "day": words.short_date(bill.due_on)}
