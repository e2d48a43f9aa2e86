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
from tatausaha.core.reports.dataset import Change

RESULT = {Account.Type.REVENUE, Account.Type.EXPENSE}


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
    accounts, running = queries.accounts(), calendar.running(unit, at)
    by_month: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for turn in turns:
        for account, amount in turn.lines:
            by_month[turn.ym][account] += amount
    effects = []
    for ym, moved in sorted(by_month.items()):
        changed = {accounts[pk]: amount for pk, amount in moved.items() if amount}
        effects.append(
            Effect(calendar.said(ym), _report(unit, ym, running), tuple(_changes(unit, ym, running, changed)))
        )
    return effects


def _report(unit: Unit, ym: int, running: int) -> str:
    said = {"month": calendar.said(ym)}
    if ym == running:
        return _("Bulan ini masih berjalan; laporannya belum ditutup.")
    seal = ledger.latest_seal(unit, ym)
    if seal is None:
        return _("Laporan %(month)s belum ditutup; angkanya langsung ikut.") % said
    said |= {"new": seal.version + 1, "old": seal.version}  # type: ignore[dict-item]
    return _("Laporan %(month)s menjadi versi %(new)d; versi %(old)d tetap dapat dicetak.") % said


def _changes(unit: Unit, ym: int, running: int, moved: Mapping[Account, int]) -> Iterable[Change]:
    """Accounts as the report counts them; then profit and the base of the final tax, of month and year."""
    january = ym // 100 * 100 + 1
    span = queries.span([unit], january, max(ym, min(running, january + 11)))
    for account, amount in sorted(moved.items(), key=lambda one: one[0].code):
        if account.type in RESULT:
            debit, credit = span.cells.get((account.pk, ym), (0, 0))
            name, was = account.name, debit - credit
        else:
            name = _("%(name)s, akhir bulan") % {"name": account.name}
            was = span.closing(account.pk, ym)
        yield Change(name, account.sign * was, account.sign * (was + amount))
    earned = -sum(amount for account, amount in moved.items() if account.type == Account.Type.REVENUE)
    gained = -sum(amount for account, amount in moved.items() if account.type in RESULT)
    bars = {
        one: _earned_and_gained(span, queries.accounts(), one)
        for one in calendar.span(january, max(ym, min(running, january + 11)))
    }
    year = [sum(part) for part in zip(*bars.values(), strict=True)]
    if earned:
        yield Change(_("Jumlah pendapatan, dasar PPh final"), bars[ym][0], bars[ym][0] + earned)
    if gained:
        yield Change(_("Laba bulan ini"), bars[ym][1], bars[ym][1] + gained)
        said = {"year": str(ym // 100)}
        yield Change(_("Laba tahun %(year)s") % said, year[1], year[1] + gained)


def _earned_and_gained(span: queries.Span, accounts: Mapping[int, Account], ym: int) -> tuple[int, int]:
    earned = gained = 0
    for (pk, month), (debit, credit) in span.cells.items():
        if month == ym and accounts[pk].type in RESULT:
            gained += credit - debit
            earned += credit - debit if accounts[pk].type == Account.Type.REVENUE else 0
    return earned, gained


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
        "Laporan yang sudah ditutup sesudahnya (%(months)s) tetap memakai angka yang disegel;"
        " kolom bulan sebelumnya dan tahun berjalan ikut berubah."
    ) % {"months": names}
