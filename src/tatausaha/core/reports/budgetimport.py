"""Budgets from a file: one row is what is planned on an account in a month (rules/ledger 19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.core.imports.kinds import Column, Job, Kind, Outcome
from tatausaha.core.kernel import parts
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.models import Account
from tatausaha.core.openings import cells
from tatausaha.core.openings.cells import Book
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import budgets, calendar
from tatausaha.core.reports.models import Budget

FIRST, LAST = 200001, 210012


@dataclass(frozen=True)
class Item:
    """A row as understood."""

    unit: Unit
    account: Account
    ym: int
    amount: int
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """One budget a month of an account."""
        return f"{self.unit.pk}|{self.account.pk}|{self.ym}"

    @property
    def shown(self) -> tuple[Any, ...]:
        """Month, account, amount, unit."""
        return (calendar.said(self.ym), str(self.account), self.amount, self.unit.name)


class BudgetDesk:
    """Reads, foresees and writes rows of budgets."""

    def __init__(self, job: Job) -> None:
        self.job, self.book = job, Book(job)

    def read(self, row: Mapping[str, str]) -> Item:
        """A budget of an account in a month. Raises `Refused`."""
        unit, account, ym = self.book.unit(row), self.book.account(row), cells.month(row)
        if account.type not in budgets.SIGN:
            raise Refused(_now("%(account)s bukan akun pendapatan atau beban.") % {"account": account})
        if not FIRST <= ym <= LAST:
            raise Refused(_now("Bulan ini tidak dapat diberi anggaran."))
        amount = abs(cells.amount(row, account))
        return Item(unit, account, ym, amount)

    def foresee(self, items: Sequence[Item]) -> list[Outcome | Refused]:
        """New, changed or the same."""
        rows = Budget.objects.filter(
            unit__in={one.unit.pk for one in items}, ym__in={one.ym for one in items}
        )
        known = {(row.unit_id, row.account_id, row.ym): row.amount for row in rows}
        return [_outcome(known.get((one.unit.pk, one.account.pk, one.ym)), one.amount) for one in items]

    def write(self, item: Item, number: int) -> Outcome:  # noqa: ARG002 - every desk is told it
        """Set one budget."""
        known = Budget.objects.filter(unit=item.unit, account=item.account, ym=item.ym).first()
        outcome = _outcome(known.amount if known else None, item.amount)
        budgets.enter(item.unit, {(item.account.pk, item.ym): item.amount}, by=self.job.by, at=self.job.at)
        return outcome


def _outcome(was: int | None, now: int) -> Outcome:
    if was is None:
        return Outcome.CREATED
    return Outcome.UNCHANGED if was == now else Outcome.UPDATED


BUDGETS = Kind(
    code="anggaran",
    title=_("Anggaran"),
    lead=_("Satu baris setiap akun setiap bulan: apa yang direncanakan, dalam rupiah."),
    columns=(
        Column("unit", _("nama atau kode unit usaha"), "Melati", required=True),
        Column("bulan", _("tahun dan bulan"), "2027-01", required=True),
        Column("akun", _("nomor atau nama akun pendapatan atau beban"), "61301", required=True),
        Column("jumlah", _("rupiah, ditulis positif"), "750000", required=True),
    ),
    help="memasukkan anggaran",
    subject="akun",
    created=_("angka baru"),
    shown=(
        parts.Column(_("Bulan"), rank=1),
        parts.Column(_("Akun")),
        parts.Column(_("Jumlah"), parts.Kind.MONEY, rank=2),
        parts.Column(_("Unit")),
    ),
    open=BudgetDesk,
    after=(_("Ke laporan"), "reports"),
    sheet_name=_("Anggaran"),
)
