"""The company's own bank accounts: opened and closed by the owner (KOS-05)."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.services import open_bank
from tatausaha.core.payments.models import BankAccount, BankAccountChange
from tatausaha.core.payments.services import telling
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit, Zone


@transaction.atomic
def open_bank_account(
    *, unit: Unit | None, bank: str, number: str, holder: str, by: Person, at: datetime
) -> BankAccount:
    """An account to which customers of a unit transfer, or of the whole company without a unit.

    The owner's alone, and told to every owner: whoever can change where money goes can take it.
    It gets an account of its own in the books, so that the books can be laid beside its statement.
    Raises `Refused` for a number that is none, or is known already.
    """
    if not roles.is_owner(by):
        raise Refused(_("Rekening bank dicatat oleh pemilik."))
    digits = re.sub(r"[\s.\-]", "", number)
    if not re.fullmatch(r"[0-9]{5,30}", digits):
        raise Refused(_("Nomor rekening terdiri dari angka saja, 5 sampai 30 angka."), field="number")
    name, owner = " ".join(bank.split()), " ".join(holder.split())
    if BankAccount.objects.filter(bank__iexact=name, number=digits, closed_on__isnull=True).exists():
        raise Refused(_("Rekening ini sudah terdaftar."), field="number")
    try:
        with transaction.atomic():
            account = BankAccount.objects.create(
                unit=unit,
                bank=name,
                number=digits,
                holder=owner,
                account=_in_the_books(name, digits, by=by, at=at),
            )
    except IntegrityError as known:  # one_bank_account
        raise Refused(_("Rekening ini sudah terdaftar."), field="number") from known
    _write(account, BankAccountChange.What.OPENED, by=by, at=at)
    return account


def _in_the_books(bank: str, number: str, *, by: Person, at: datetime) -> str:
    """The account of the books for it: its own; the one that it had where it was closed and is opened again."""
    former = BankAccount.objects.filter(bank__iexact=bank, number=number).order_by("-pk").first()
    return former.account if former else open_bank(f"{bank} {number}", by=by, at=at)


@transaction.atomic
def close_bank_account(account: BankAccount, *, by: Person, at: datetime) -> BankAccount:
    """No transfer is asked for to this account from now on; what came through it stays known."""
    if not roles.is_owner(by):
        raise Refused(_("Rekening bank ditutup oleh pemilik."))
    account = BankAccount.objects.select_for_update(of=("self",)).select_related("unit").get(pk=account.pk)
    if account.closed_on is None:
        account.closed_on = clock.day(at, account.unit.zone if account.unit else Zone.WIB)
        account.save(update_fields=["closed_on"])
        _write(account, BankAccountChange.What.CLOSED, by=by, at=at)
    return account


def _write(account: BankAccount, what: BankAccountChange.What, *, by: Person, at: datetime) -> None:
    change = BankAccountChange.objects.create(bank_account=account, what=what, by=by, at=at)
    telling.bank_account_changed(change)
