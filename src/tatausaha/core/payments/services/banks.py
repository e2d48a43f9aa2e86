"""The company's own bank accounts: opened and closed by the owner (KOS-05)."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit


def open_bank_account(*, unit: Unit | None, bank: str, number: str, holder: str, by: Person) -> BankAccount:
    """An account to which customers of a unit transfer, or of the whole company without a unit.

    The owner's alone. Raises `Refused` for a number that is none, or is known already.
    """
    if not roles.is_owner(by):
        raise Refused(_("Rekening bank dicatat oleh pemilik."))
    digits = re.sub(r"[\s.\-]", "", number)
    if not re.fullmatch(r"[0-9]{5,30}", digits):
        raise Refused(_("Nomor rekening terdiri dari angka saja."), field="number")
    try:
        with transaction.atomic():
            return BankAccount.objects.create(
                unit=unit, bank=" ".join(bank.split()), number=digits, holder=" ".join(holder.split())
            )
    except IntegrityError as known:  # one_bank_account
        raise Refused(_("Rekening ini sudah terdaftar."), field="number") from known


def close_bank_account(account: BankAccount, *, by: Person, at: datetime) -> BankAccount:
    """No transfer is asked for to this account from now on; what came through it stays known."""
    if not roles.is_owner(by):
        raise Refused(_("Rekening bank ditutup oleh pemilik."))
    if account.closed_on is None:
        account.closed_on = clock.day(at, account.unit.zone if account.unit else "Asia/Jakarta")
        account.save(update_fields=["closed_on"])
    return account
