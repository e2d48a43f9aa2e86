"""A tax year: its months with base, exempt part, tax and deposits, and whether the rule may be used at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.money import rupiah, share, spread
from tatausaha.core.ledger import months
from tatausaha.core.people.models import Company, Unit
from tatausaha.core.reports import calendar, queries
from tatausaha.core.reports.models import TaxDeposit, TaxProfile, TaxRule
from tatausaha.core.reports.taxes import rules, turnover
from tatausaha.core.reports.taxes.turnover import ByUnit

DUE_DAY = 15
"""The day of the following month by which the tax of a month is paid."""
WARN_AT = 80
"""Per cent of the yearly limit from which on the page warns."""
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Month:
    """A month of a tax year; `tax` is nothing where the rule may not be used."""

    ym: int
    base: int
    exempt: int
    """How much of the base was free of tax."""
    tax: int | None
    due_on: date
    deposits: tuple[TaxDeposit, ...] = ()
    tracked: bool = True
    running: bool = False
    version: int = 0
    """The newest version of its report, where it was changed after its closing."""
    vat: int = 0

    @property
    def deposited(self) -> int:
        """What was paid to the state for it."""
        return sum(one.amount for one in self.deposits)

    @property
    def left(self) -> int:
        """What is still to be paid for it; nothing of months before deposits were written down here."""
        return max(0, (self.tax or 0) - self.deposited) if self.tracked else 0


@dataclass(frozen=True)
class Year:
    """A calendar year: profile and rule it was worked out by, its months, its turnover by right."""

    year: int
    profile: TaxProfile | None
    rule: TaxRule | None
    months: tuple[Month, ...]
    turnover: int
    by_unit: ByUnit
    why_not: str = ""
    """Why no final tax is worked out; empty where it is."""
    vat: TaxRule | None = None

    @property
    def base(self) -> int:
        """The base of all its months."""
        return sum(one.base for one in self.months)

    @property
    def exempt(self) -> int:
        """How much of the exempt part is used up."""
        return sum(one.exempt for one in self.months)

    @property
    def tax(self) -> int:
        """The tax of all its months."""
        return sum(one.tax or 0 for one in self.months)

    @property
    def limit(self) -> str:
        """`crossed` or `near` the limit of the year; empty below 80 per cent of it."""
        if self.rule is None or not self.rule.cap:
            return ""
        if self.turnover > self.rule.cap:
            return "crossed"
        return "near" if self.turnover * 100 >= self.rule.cap * WARN_AT else ""


def profile_of(year: int) -> TaxProfile | None:
    """What the owner said that counts in a calendar year."""
    return TaxProfile.objects.filter(from_year__lte=year).order_by("-from_year").first()


def of(year: int, *, at: datetime) -> Year:
    """Work a year out anew from the books as they stand, in a fixed number of queries."""
    profile = profile_of(year)
    first, last = year * 100 + 1, min(year * 100 + 12, _running(at))
    begin = first if profile is None else min(first, profile.first_year * 100 + 1)
    by_unit = turnover.earned(begin, last)
    gross = turnover.together(by_unit)
    table = rules.every()
    form = profile.legal_form if profile else ""
    of_month = {
        ym: rules.in_force(table, rules.FINAL, form, months.first_day(ym)) if profile else None
        for ym in calendar.span(first, last)
    }
    rule = of_month.get(last)
    why_not = _why_not(year, profile, rule, gross)
    units = queries.all_units()
    cash = profile is not None and profile.method == TaxProfile.Method.CASH and units
    bases = turnover.received(units, first, last) if cash else gross
    vat = (
        rules.in_force(table, rules.VAT, form, months.first_day(last)) if profile and profile.is_vat else None
    )
    return Year(
        year=year, profile=profile, rule=rule, why_not=why_not, vat=vat, by_unit=by_unit,
        turnover=sum(amount for ym, amount in gross.items() if ym >= first),
        months=tuple(_months({} if why_not else of_month, calendar.span(first, last), bases, profile, vat, units, at)),
    )  # fmt: skip


def _running(at: datetime) -> int:
    """The month that runs on the company's wall clock."""
    return months.of(clock.day(at, Company.objects.get().zone))


def _why_not(year: int, profile: TaxProfile | None, rule: TaxRule | None, gross: Mapping[int, int]) -> str:
    """Why the final tax is not worked out for the year: the owner's word, the table, its years, its limit."""
    if profile is None:
        return _("Bentuk hukum belum dipilih. Isi dulu setelan pajak.")
    if profile.scheme == TaxProfile.Scheme.GENERAL:
        return _("Perusahaan memakai tarif umum; pajaknya dihitung dengan konsultan pajak, tidak di sini.")
    if rule is None:
        return _("Tabel aturan pajak tidak mempunyai aturan untuk bentuk hukum dan tahun ini.")
    return _time_is_up(year, profile, rule, gross)


def _time_is_up(year: int, profile: TaxProfile, rule: TaxRule, gross: Mapping[int, int]) -> str:
    """Why a rule may not be used in a year: not yet, its years are over, an earlier year crossed its limit."""
    if year < profile.first_year:
        return _("PPh final baru dipakai sejak tahun %(year)s.") % {"year": profile.first_year}
    if rule.years is not None and year >= profile.first_year + rule.years:
        return _("Jangka %(years)d tahun pajak sejak %(first)s sudah habis: tarif umum, tidak dihitung di sini.") % {
            "years": rule.years, "first": profile.first_year,
        }  # fmt: skip
    sums: dict[int, int] = {}
    for ym, amount in gross.items():
        sums[ym // 100] = sums.get(ym // 100, 0) + amount
    over = next((one for one in sorted(sums) if one < year and rule.cap and sums[one] > rule.cap), None)
    if over is not None:
        return _("Omzet %(year)s melewati %(cap)s: sejak tahun sesudahnya tarif umum, tidak dihitung di sini.") % {
            "year": over, "cap": rupiah(rule.cap),
        }  # fmt: skip
    return ""


def _months(
    rule_of: Mapping[int, TaxRule | None], yms: Sequence[int], bases: Mapping[int, int],
    profile: TaxProfile | None, vat: TaxRule | None, units: Sequence[Unit], at: datetime,
) -> list[Month]:  # fmt: skip
    if not yms:
        return []
    deposits: dict[int, list[TaxDeposit]] = {}
    for one in TaxDeposit.objects.filter(ym__in=yms, cancelled_at=None).order_by("paid_on", "pk"):
        deposits.setdefault(one.ym, []).append(one)
    versions = {
        seal.ym: seal.version for seal in queries.seals_of(units, yms[0], yms[-1]) if seal.version > 1
    }
    running, found, so_far = _running(at), [], 0
    for ym in yms:
        base, rule = bases.get(ym, 0), rule_of.get(ym)
        free, tax = _free(rule, so_far, base), None
        if rule is not None:
            tax = max(0, base - free) * rule.rate // rules.WHOLE
        so_far += base
        found.append(
            Month(
                ym, base, free, tax, due_on(ym), tuple(deposits.get(ym, ())),
                profile is not None and ym >= profile.tracked_from, ym == running, versions.get(ym, 0), _vat(vat, base),
            )
        )  # fmt: skip
    return found


def _free(rule: TaxRule | None, so_far: int, base: int) -> int:
    """How much of a month's base the exempt part of the year still covers; negative where it gives some back.

    A month in which more was taken back than earned gives back what it had used.
    """
    if rule is None or not rule.exempt:
        return 0
    return min(so_far + base, rule.exempt) - min(so_far, rule.exempt)


def _vat(rule: TaxRule | None, base: int) -> int:
    if rule is None:
        return 0
    taxed = share(base, 11, 12) if rule.base == TaxRule.Base.ELEVEN_TWELFTHS else base
    return share(taxed, rule.rate, rules.WHOLE)


def due_on(ym: int) -> date:
    """The last day on which the tax of a month is paid in time."""
    return months.first_day(months.after(ym)).replace(day=DUE_DAY)


def due_soon(units: Sequence[Unit], *, at: datetime) -> int:
    """Final tax of these units that is not paid yet and falls due within 30 days, the running month's so far too.

    Where the units are not all of them, their part of it by turnover. Nothing before the owner has
    said what the company is.
    """
    today = clock.day(at, Company.objects.get().zone)
    profile = profile_of(today.year)
    if profile is None:
        return 0
    owed, wanted = 0, {unit.pk for unit in units}
    for year in range(max(today.year - 1, profile.tracked_from // 100), today.year + 1):
        told = of(year, at=at)
        for month in told.months:
            if month.left and month.due_on <= today + SOON:
                owed += sum(part for pk, part in shares(told, month.ym, month.left).items() if pk in wanted)
    return owed


def shares(told: Year, ym: int, amount: int) -> dict[int, int]:
    """An amount of a month's tax laid on the units by their turnover, to the rupiah (rules/ledger 11)."""
    weights = {pk: max(0, rows.get(ym, 0)) for pk, rows in sorted(told.by_unit.items())}
    if not any(weights.values()):
        weights = {unit.pk: 1 for unit in queries.all_units()[:1]}
    return dict(zip(weights, spread(amount, list(weights.values())), strict=True))
