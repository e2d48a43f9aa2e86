"""Cash is handed over: counted by its holder, received by the owner, then booked (rules/boarding 16.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.billing.services import settling
from tatausaha.core.documents.services import void_paper
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.services import Line, reverse
from tatausaha.core.payments import drawers
from tatausaha.core.payments.models import BankAccount, Handover
from tatausaha.core.payments.services import handover_slips, telling
from tatausaha.core.payments.services.days import check_new_day
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import begin, perform


@dataclass(frozen=True)
class Count:
    """What a holder says: all that was counted, what of it is handed over, to which bank account (none: the owner).

    `reason` explains a difference to the books; `slip` is the picture of the bank's slip; `seen` is the
    figure of the books that stood on the page while it was counted. Rupiah.
    """

    counted: int
    amount: int
    occurred_on: date
    bank: BankAccount | None = None
    reason: str = ""
    slip: Any = None
    seen: int | None = None


def hand_over(
    *, unit: Unit, holder: Person, count: Count, by: Person, at: datetime, key: str = ""
) -> Handover:  # fmt: skip
    """Say that cash was counted and is handed over. It stays on the holder's name until the owner received it.

    The owner may do it for anybody, which books it at once: whoever takes the money is there.
    `key` is the form's own: sent twice, the first is returned. Raises `Refused` for others than the
    holder and the owner, for a difference without its reason, for more than was counted, for a bank
    deposit without its slip, and while an earlier handover of the same drawer is open.
    """
    if key and (known := Handover.objects.filter(key=key).first()) is not None:
        return known
    try:
        with transaction.atomic():
            return _hand_over(unit, holder, count, key, by=by, at=at)
    except IntegrityError:  # the same form, a moment earlier, in another hand
        if key and (known := Handover.objects.filter(key=key).first()) is not None:
            return known
        raise


def _hand_over(unit: Unit, holder: Person, count: Count, key: str, *, by: Person, at: datetime) -> Handover:
    owner = roles.is_owner(by)
    if not owner and holder.pk not in roles.acts_for(by):
        raise Refused(_("Kas dihitung dan disetorkan oleh pemegangnya, atau diterima oleh pemilik."))
    settling.open_books(unit)
    if (waiting := _waiting(unit, holder)) is not None:
        if key and waiting.key == key:
            return waiting
        raise Refused(_("Setoran sebelumnya masih menunggu diterima pemilik."))
    expected = drawers.balance(unit, holder)
    _check_count(count, expected)
    _check_way(unit, holder, count, by=by, owner=owner)
    check_new_day(count.occurred_on, Handover, unit, by=by, at=at)
    case = begin(
        Handover(
            unit=unit, customer=holder, expected=expected, counted=count.counted, amount=count.amount,
            reason=" ".join(count.reason.split())[:200] if count.counted != expected else "",
            way=Handover.Way.BANK if count.bank else Handover.Way.OWNER, bank=count.bank,
            occurred_on=count.occurred_on, key=key or None,
            headline=_("Setoran kas %(amount)s dari %(name)s")
            % {"amount": rupiah(count.amount), "name": holder.name},
        ),
        by=by, at=at, data={"slip": count.slip, "note": count.reason},
    )  # fmt: skip
    if owner:
        step = procedure_of(case).step("receive")
        assert step is not None
        return perform(case, step, by=by, at=at)
    telling.handed_over(case, at=at)
    return case


def _waiting(unit: Unit, holder: Person) -> Handover | None:
    """The open handover of a drawer, read under the books' lock and without waiting for whoever is deciding
    about it: they hold it and queue for the books, and its constraint would wait for them in a circle.
    """  # fmt: skip
    return Handover.objects.filter(unit=unit, customer=holder, status=Handover.Status.SUBMITTED).first()


def _check_count(count: Count, expected: int) -> None:
    if count.seen is not None and count.seen != expected:
        raise Refused(
            _(
                "Kas Anda berubah sejak halaman ini dibuka: menurut catatan sekarang %(amount)s. Periksa hitungannya."
            )
            % {"amount": rupiah(expected)},
            field="counted",
        )
    if not expected and not count.counted:
        raise Refused(_("Tidak ada uang tunai yang dipegang."), field="counted")
    if count.amount > count.counted:
        raise Refused(_("Yang disetorkan lebih besar dari hasil hitungan."), field="amount")
    difference = count.counted - expected
    if difference and not count.reason.strip():
        said = {"amount": rupiah(abs(difference)), "expected": rupiah(expected)}
        short = _(
            "Hitungan Anda kurang %(amount)s dari catatan (%(expected)s). Hitung lagi, atau tulis sebabnya."
        )
        over = _(
            "Hitungan Anda lebih %(amount)s dari catatan (%(expected)s). Hitung lagi, atau tulis sebabnya."
        )
        raise Refused((short if difference < 0 else over) % said, field="reason")
    if not count.amount and not difference:
        raise Refused(_("Isi berapa yang disetorkan."), field="amount")


def _check_way(unit: Unit, holder: Person, count: Count, *, by: Person, owner: bool) -> None:
    if count.bank is None:
        if holder.pk in roles.acts_for(by) and owner and count.amount:
            raise Refused(_("Uang ini sudah di tangan pemilik. Pilih rekening bank tujuannya."), field="to")
        return
    if count.bank.closed_on is not None or count.bank.unit_id not in {None, unit.pk}:
        raise Refused(_("Rekening ini bukan rekening unit ini, atau sudah ditutup."), field="to")
    if count.slip is None and not owner:
        raise Refused(_("Unggah foto slip setoran bank."), field="slip")


def book(case: Handover, *, by: Person, at: datetime) -> None:
    """Book a handover that the owner received: out of the drawer, into the bank or the owner's own drawer.

    What was missing or too much when it was counted goes to cash differences. Raises `Refused`
    where the drawer has less by now than is handed over.
    """
    settling.open_books(case.unit)
    case.refresh_from_db(fields=["journal"])
    if case.journal_id is not None:
        return
    assert case.customer is not None
    place = (
        Line(case.bank.account, case.amount) if case.bank else Line(chart.CASH_DRAWER, case.amount, party=by)
    )
    journal = settling.book(
        case.unit,
        [
            *([place] if case.amount else []),
            Line(chart.CASH_DRAWER, case.difference - case.amount, party=case.customer),
            *([Line(chart.CASH_DIFFERENCES, -case.difference)] if case.difference else []),
        ],
        key=f"{case.unit_id}|handover|{case.pk}|book|0", kind="cash_deposit", event_on=case.occurred_on,
        source=(procedure_of(case).code, case.pk), memo=case.headline, by=by, at=at,
    )  # fmt: skip
    case.journal, case.received_by = journal, by
    case.paper, case.said = handover_slips.issue(case, by=by, at=at)
    case.save(update_fields=["journal", "received_by", "paper", "said"])


def take_back(case: Handover, *, reason: str, by: Person, at: datetime) -> None:
    """Undo a booked handover by the mirror of its journal: the cash is on the holder's name again."""
    assert case.journal is not None
    assert case.paper is not None
    reverse(ledger.in_force(case.journal), by=by, at=at, reason=reason)
    void_paper(case.paper, reason=reason, by=by, at=at)
