"""What a change of the books does to reports, told before it is made: months, figures, papers (KOS-18)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.core.ledger import months
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Account, Journal
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, queries
from tatausaha.core.reports.changes import Change, change_of
from tatausaha.core.reports.taxes import turnover

Moves = Mapping[int, Mapping[Account, int]]
"""What is added to accounts, by month: debit positive."""


@dataclass(frozen=True)
class Turn:
    """Lines to be booked in a month: account id and amount, debit positive."""

    ym: int
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Effect:
    """One month that changes: its name, what becomes of its report, and its figures before and after."""

    month: str
    report: str
    changes: tuple[Change, ...]


def of_journal(journal: Journal, *, ym: int | None = None, sign: int = 1) -> Turn:
    """The lines of a journal's own unit, in its month or another; `sign` -1 takes them back."""
    rows = journal.entries.filter(unit=journal.unit).values_list("account_id", "amount")
    return Turn(ym or journal.ym, tuple((account, sign * amount) for account, amount in rows))


def preview(unit: Unit, turns: Sequence[Turn], *, at: datetime) -> list[Effect]:
    """Every month that changes, in order, with the figures that move. Nothing is written."""
    running, moved = calendar.running(unit, at), _added(turns)
    return [
        Effect(calendar.said(ym), _report(unit, ym, running), tuple(_changes(unit, ym, running, moved)))
        for ym in sorted(moved)
    ]


def _added(turns: Sequence[Turn]) -> Moves:
    """What the turns add to each account, by month."""
    accounts = queries.accounts()
    moved: dict[int, dict[Account, int]] = defaultdict(lambda: defaultdict(int))
    for turn in turns:
        for pk, amount in turn.lines:
            moved[turn.ym][accounts[pk]] += amount
    return moved


def _report(unit: Unit, ym: int, running: int) -> str:
    said = {"month": calendar.said(ym)}
    if ym == running:
        return _("Bulan ini masih berjalan; laporannya belum ditutup.")
    seal = ledger.latest_seal(unit, ym)
    if seal is None:
        return _("Laporan %(month)s belum ditutup; angkanya langsung ikut.") % said
    said |= {"new": seal.version + 1, "old": seal.version}  # type: ignore[dict-item]
    return _("Laporan %(month)s menjadi versi %(new)d; versi %(old)d tetap dapat dicetak.") % said


def _changes(unit: Unit, ym: int, running: int, moved: Moves) -> Iterable[Change]:
    """Accounts as the report counts them; then profit and the base of the final tax, of month and year.

    A balance at the month's end follows whatever changes before it; only what differs is told.
    """
    january = ym // 100 * 100 + 1
    span = queries.span([unit], january, max(ym, min(running, january + 11)))
    told = list(_accounts(span, ym, moved))
    months_of_year = {month: lines for month, lines in moved.items() if month // 100 == ym // 100}
    earned, gained = _sums(moved[ym])
    gained_in_year = sum(_sums(lines)[1] for lines in months_of_year.values())
    accounts = queries.accounts()
    month, year = _so_far(span, accounts, {ym}), _so_far(span, accounts, {key[1] for key in span.cells})
    said, left_out = {"year": str(ym // 100)}, turnover.outside()
    base = _sums({accounts[pk]: debit - credit for (pk, key), (debit, credit) in span.cells.items()
                  if key == ym and pk not in left_out})[0]  # fmt: skip
    turned = _sums({one: amount for one, amount in moved[ym].items() if one.pk not in left_out})[0]
    told += [
        Change(_("Jumlah pendapatan"), month[0], month[0] + earned),
        Change(_("Dasar PPh final, menurut hak"), base, base + turned),
        Change(_("Laba bulan ini"), month[1], month[1] + gained),
        Change(_("Laba tahun %(year)s") % said, year[1], year[1] + gained_in_year),
    ]
    return [one for one in told if one.difference]


def _accounts(span: queries.Span, ym: int, moved: Moves) -> Iterable[Change]:
    for account in sorted(moved[ym], key=lambda one: one.code):
        added = moved[ym][account]
        if account.type in ledger.RESULT_TYPES:
            debit, credit = span.cells.get((account.pk, ym), (0, 0))
            was = debit - credit
        else:
            added = sum(lines.get(account, 0) for month, lines in moved.items() if month <= ym)
            was = span.closing(account.pk, ym)
        yield change_of(account.type, account.name, was, was + added)


def _sums(lines: Mapping[Account, int]) -> tuple[int, int]:
    """What lines add to income, and to profit."""
    earned = -sum(amount for account, amount in lines.items() if account.type == Account.Type.REVENUE)
    return earned, -sum(amount for account, amount in lines.items() if account.type in ledger.RESULT_TYPES)


def _so_far(span: queries.Span, accounts: Mapping[int, Account], yms: set[int]) -> tuple[int, int]:
    """Income and profit of some months as they stand."""
    lines: dict[Account, int] = defaultdict(int)
    for (pk, month), (debit, credit) in span.cells.items():
        if month in yms:
            lines[accounts[pk]] += debit - credit
    return _sums(lines)


def later(unit: Unit, ym: int, *, at: datetime) -> str:
    """Closed months after the one that changes: what they keep and what follows; nothing where there are none."""
    running = calendar.running(unit, at)
    if ym >= months.before(running):
        return ""
    closed = sorted({seal.ym for seal in queries.seals_of([unit], months.after(ym), running)})
    if not closed:
        return ""
    names = ", ".join(calendar.said(one) for one in closed)
    return _(
        "Laporan yang sudah ditutup sesudahnya (%(months)s) tetap memakai angka yang disegel dan"
        " menyebut saldo yang berubah; kolom bulan sebelumnya dan tahun berjalan ikut berubah."
    ) % {"months": names}
