"""Accounts that are opened while the books are kept: one of their own for each bank account (rules/ledger 14)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import audit, chart
from tatausaha.core.ledger.models import Account
from tatausaha.core.people.models import Person

BANKS = range(int(chart.BANK) + 1, int(chart.BANK) + 99)
"""Numbers for bank accounts; the first one is older than they and stays for all that was booked on it."""
TRIES = 5


def open_bank(name: str, *, by: Person, at: datetime) -> str:
    """A new account of the books below cash and bank, under the next free number; returns that number.

    Raises `Refused` when all numbers are taken.
    """
    chart.install_chart()
    for _turn in range(TRIES):
        number = _free()
        try:
            with transaction.atomic():
                Account.objects.create(
                    id=number, code=str(number), name=name[:80], type=Account.Type.ASSET, parent_id=11000
                )
        except IntegrityError:  # another one was quicker
            continue
        audit.record("account.opened", f"account {number}", by=by, at=at, after={"name": name[:80]})
        return str(number)
    raise Refused(_("Rekening lain sedang dibuka. Coba sekali lagi."))


def _free() -> int:
    ids = set(Account.objects.filter(pk__in=BANKS).values_list("pk", flat=True))
    codes = set(Account.objects.filter(code__startswith=chart.BANK[:3]).values_list("code", flat=True))
    free = next((number for number in BANKS if number not in ids and str(number) not in codes), None)
    if free is None:
        raise Refused(_("Nomor akun untuk rekening bank sudah habis."))
    return free
