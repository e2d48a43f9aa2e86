"""Money is spent for a unit: within the manager's limit at once, beyond it after the owner's yes (KOS-14)."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.assets.classes import AssetClass, account_of
from tatausaha.core.assets.models import Asset
from tatausaha.core.assets.services import NewAsset, acquire, check_purchase
from tatausaha.core.billing.services import settling
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.services import Line, NotEnough, reverse
from tatausaha.core.payments import queries
from tatausaha.core.payments.channels import channel
from tatausaha.core.payments.models import Expense
from tatausaha.core.payments.purchases import as_asset, assets_of
from tatausaha.core.payments.services.days import check_new_day, crosses_months
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import begin, perform


def record_expense(
    *, unit: Unit, category: str, amount: int, paid_from: str, occurred_on: date, by: Person, at: datetime,
    note: str = "", photo: Any = None, no_note: str = "", key: str = "", asset_class: str = "", pieces: int = 1,
) -> Expense:  # fmt: skip
    """Write down an expense (`category` is one of `queries.cost_accounts`), with the photo of its note.

    With an `asset_class` it buys so many pieces of an asset; `category` is then the class's account.
    Without a photo `no_note` says why there is none; it is kept with the case (rules/boarding 14).
    Up to the policy's limit, and by the owner always, it is booked at once; above it the case
    waits for the owner. `key` is the form's own: sent twice, the first is returned. Raises
    `Refused` for whoever does not manage the unit, and for a closed month as the ledger does.
    """  # fmt: skip
    if key and (known := Expense.objects.filter(key=key).first()) is not None:
        return known
    try:
        with transaction.atomic():
            bought = NewAsset(unit, note, asset_class, amount, occurred_on, pieces) if asset_class else None
            return _record(
                unit, category, amount, paid_from, occurred_on, note, photo, no_note, key, bought, by=by, at=at
            )  # fmt: skip
    except NotEnough as no:
        said = _("%(reason)s Pilih sumber uang lain, atau catat dulu uang yang masuk.") % {"reason": no}
        raise Refused(said, field="paid_from") from no
    except IntegrityError:  # the same form, a moment earlier, in another hand
        if key and (known := Expense.objects.filter(key=key).first()) is not None:
            return known
        raise


def _record(
    unit: Unit, category: str, amount: int, paid_from: str, occurred_on: date, note: str, photo: Any, no_note: str,
    key: str, bought: NewAsset | None, *, by: Person, at: datetime,
) -> Expense:  # fmt: skip
    if not roles.has_role(by, unit, "manager"):
        raise Refused(_("Pengeluaran dicatat oleh pengelola unit atau pemilik."))
    what = _what(category, bought, at=at)
    if photo is None and not no_note.strip():
        raise Refused(_("Lampirkan foto nota, atau tulis mengapa tidak ada nota."), field="photo")
    bank = None if channel(paid_from).by_hand else queries.bank_account(unit)
    if bank is None and not channel(paid_from).by_hand:
        raise Refused(_("Rekening bank unit ini belum dicatat di setelan."), field="paid_from")
    check_new_day(occurred_on, Expense, unit, by=by, at=at)
    case = begin(
        Expense(
            unit=unit, category=account_of(bought.asset_class) if bought else category, amount=amount,
            paid_from=paid_from, bank=bank, spent_by=by,
            occurred_on=occurred_on, note=note[:200], key=key or None,
            headline=f"{note or what} {rupiah(amount)}"[:160], asset_class=bought.asset_class if bought else "",
            pieces=bought.pieces if bought else 1,
        ),
        by=by, at=at, data={"photo": photo, "no_note": no_note, "note": note},
    )  # fmt: skip
    step = procedure_of(case).step("book")
    assert step is not None
    if amount <= case.policy.direct_limit or roles.is_owner(by):
        return perform(case, step, by=by, at=at)
    return case


def _what(category: str, bought: NewAsset | None, *, at: datetime) -> str:
    """The name of what is paid for. Raises `Refused` for a kind that does not exist, and for what is no asset."""
    if bought is not None:
        if bought.asset_class not in AssetClass.values:
            raise Refused(_("Pilih jenis pengeluaran."), field="category")
        check_purchase(bought, at=at)
        return str(AssetClass(bought.asset_class).label)
    names = queries.cost_accounts()
    if category not in names:
        raise Refused(_("Pilih jenis pengeluaran."), field="category")
    return names[category]


def book(case: Expense, *, by: Person, at: datetime, reason: str = "") -> None:
    """Book an expense: Dr cost, or what the asset cost / Cr the money that paid it; what it bought is registered.

    A case that was booked is left as it is.
    """
    settling.open_books(case.unit)
    case.refresh_from_db(fields=["journal"])
    if case.journal_id is not None:
        return
    journal = settling.book(
        case.unit,
        [Line(case.category, case.amount), channel(case.paid_from).line(case, -case.amount)],
        key=f"{case.unit_id}|expense|{case.pk}|book|0", kind="expense", event_on=case.occurred_on,
        source=(procedure_of(case).code, case.pk), memo=case.note or case.number, reason=reason, by=by, at=at,
    )  # fmt: skip
    assert journal is not None, "an expense is of something"
    case.journal = journal
    case.save(update_fields=["journal"])
    if case.asset_class:
        acquire(as_asset(case), source=(procedure_of(case).code, case.pk), journal=journal, by=by, at=at)


def take_back(case: Expense, *, reason: str, by: Person, at: datetime) -> None:
    """Undo a booked expense by the mirror of its journal, of the last one where the owner moved it."""
    assert case.journal is not None
    reverse(ledger.in_force(case.journal), by=by, at=at, reason=reason)


def may_lose_assets(case: Expense) -> None:
    """Raises `Refused` while something that the expense bought has left the register: its money is booked."""
    for asset in assets_of(case):
        if asset.status not in Asset.HELD:
            raise Refused(
                _("%(number)s %(name)s sudah dilepas. Batalkan dulu pelepasannya.")
                % {"number": asset.number, "name": asset.name}
            )


def may_reverse(case: Expense, *, by: Person | None, at: datetime) -> None:
    """Raises `Refused` where it is not for this person: past months are the owner's (KOS-17)."""
    if case.journal is None or roles.is_owner(by):
        return
    if crosses_months(ledger.in_force(case.journal).book_on, case.unit, at):
        raise Refused(_("Pengeluaran bulan yang sudah lewat hanya dapat dibatalkan oleh pemilik."))
