"""Months of former years from paper: one row is what an account earned or cost in a month (rules/ledger 20)."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.core.imports.kinds import Column, Kind
from tatausaha.core.kernel import parts, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Account
from tatausaha.core.openings import cells
from tatausaha.core.openings.desks import Entry, FigureDesk, account_said, no_asset
from tatausaha.core.openings.forms import SummaryForm
from tatausaha.core.openings.models import Opening
from tatausaha.core.openings.services import Figure

YEARS = 10
"""Calendar years before the one of moving in whose months are accepted."""


class SummaryDesk(FigureDesk):
    """Reads a row of a month."""

    def read(self, row: Mapping[str, str]) -> Entry:
        """A figure of an account in a month before moving in. Raises `Refused`."""
        unit = self.book.unit(row)
        day, ym = self.book.day(unit), cells.month(row)
        first = months.first_day(ym)
        if first >= day:
            said = _now("%(month)s sudah sesudah tanggal pindah (%(day)s): catat transaksinya di Tatausaha.")
            raise Refused(said % {"month": words.month(first), "day": words.long_date(day)})
        if first < _earliest(day):
            said = _now("%(month)s lebih dari %(years)d tahun sebelum tahun pindah.")
            raise Refused(said % {"month": words.month(first), "years": YEARS})
        account = self.book.account(row)
        _takes_summaries(account)
        last = min(months.first_day(months.after(ym)), day) - timedelta(days=1)
        memo = (row.get("keterangan") or "").strip() or _now("Ringkasan %(month)s") % {
            "month": words.month(first)
        }
        figure = Figure(
            Opening.Kind.SUMMARY, unit, account, cells.amount(row, account), last, memo[:200],
            self.book.reason, ym=ym,
        )  # fmt: skip
        shown = (words.month(first), account_said(account), figure.amount * cells.side(account), unit.name)
        return Entry(figure, shown)


def _earliest(day: date) -> date:
    return date(day.year - YEARS, 1, 1)


def _takes_summaries(account: Account) -> None:
    no_asset(account)
    if account.needs_party or account.is_clearing or account.never_negative:
        said = _now("Akun %(account)s tidak diringkas per bulan: isi saldo awalnya di langkah saldo awal.")
        raise Refused(said % {"account": account_said(account)})


SUMMARIES = Kind(
    code="ringkasan-bulanan",
    title=_("Ringkasan bulanan tahun-tahun lalu"),
    lead=_("Sampai sepuluh tahun: satu baris setiap akun setiap bulan, misalnya listrik Januari 2019."),
    columns=(
        Column("unit", _("nama atau kode unit usaha"), "Melati", required=True),
        Column("bulan", _("tahun dan bulan"), "2019-01", required=True),
        Column(
            "akun",
            _("nomor atau nama akun pendapatan atau beban; kas dan bank tidak perlu"),
            "61301",
            required=True,
        ),
        Column("jumlah", _("rupiah: pendapatan dan beban ditulis positif"), "750000"),
        Column("debit", _("sebagai ganti jumlah, untuk yang biasa memakai debit dan kredit")),
        Column("kredit", _("sebagai ganti jumlah")),
        Column("keterangan", _("catatan pada jurnalnya")),
    ),
    help="memasukkan ringkasan bulanan tahun-tahun lalu",
    subject="akun",
    created=_("angka baru"),
    shown=(
        parts.Column(_("Bulan"), rank=1),
        parts.Column(_("Akun")),
        parts.Column(_("Jumlah"), parts.Kind.MONEY, rank=2),
        parts.Column(_("Unit")),
    ),
    open=SummaryDesk,
    form=SummaryForm,
    after=(_("Kembali ke langkah-langkahnya"), "moving_in"),
    sheet_name=_("Ringkasan"),
)
