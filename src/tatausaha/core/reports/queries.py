"""Figures of one unit or several, from month rows alone (KOS-15, SYS-03).

Every function answers for all units at once, with a fixed number of queries. Amounts are
debit minus credit in whole rupiah unless a name says otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.kinds import ACCOUNT_OF
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart, months, windows
from tatausaha.core.ledger.models import (
    PERIOD_BASE,
    Account,
    Balance,
    Entry,
    Journal,
    Link,
    LockPass,
    PartyTotal,
    Period,
    Seal,
    Total,
)
from tatausaha.core.ledger.queries import books_for, journals_for, passes_for
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.reports.models import BooksCheck, Budget, LocalTaxRate, PassRequest, TaxDeposit

Cells = dict[tuple[int, int], tuple[int, int]]
"""Debit and credit by (account, month)."""

CASES_ONLY = frozenset(int(code) for code in (chart.RECEIVABLES, *ACCOUNT_OF.values()))
"""Accounts that say of each person what bills and held money say: only cases move them."""

MONEY = "11"
"""The first digits of cash and bank accounts."""


def accounts() -> dict[int, Account]:
    """The whole chart by account id."""
    return Account.objects.in_bulk()


def account_of(code: str) -> Account | None:
    """An account by the number that people see, else by the one it was opened under (old papers)."""
    if not code.isdigit() or len(code) != 5:
        return None
    found = Account.objects.filter(Q(code=code) | Q(pk=int(code)))
    return next(iter(sorted(found, key=lambda one: one.code != code)), None)


def _span(units: Iterable[Unit], from_ym: int, to_ym: int) -> Q:
    ranges = [
        Q(period__gte=months.period_id(unit.pk, from_ym), period__lte=months.period_id(unit.pk, to_ym))
        for unit in units
    ]
    return reduce(or_, ranges)


def _sums(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    sums: QuerySet[Any, Any] = rows.values_list("account_id", "ym").annotate(a=Sum("debit"), b=Sum("credit"))
    return sums


def _moved(units: Sequence[Unit], from_ym: int, to_ym: int) -> QuerySet[Any, Any]:
    rows = Balance.objects.filter(_span(units, from_ym, to_ym))
    return _sums(rows.annotate(ym=F("period_id") % Value(PERIOD_BASE)))


def turnovers(units: Sequence[Unit], from_ym: int, to_ym: int) -> Cells:
    """Debit and credit by (account, month) over all the units together, for any span of months."""
    rows = _moved(units, from_ym, to_ym)
    return {(account, ym): (debit, credit) for account, ym, debit, credit in rows}


def unit_turnovers(units: Sequence[Unit], ym: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Debit and credit by (unit, account) in one month."""
    if not units:
        return {}
    rows = Balance.objects.filter(period__in=[months.period_id(unit.pk, ym) for unit in units])
    return {
        (unit, account): (debit, credit)
        for unit, account, debit, credit in rows.values_list("unit_id", "account_id", "debit", "credit")
    }


@dataclass(frozen=True)
class Span:
    """Turnovers of a span of months, what had passed before it by account, and budgets by (account, month)."""

    cells: Cells
    before: Mapping[int, int]
    budgets: Mapping[tuple[int, int], int]

    def opening(self, account: int, ym: int) -> int:
        """The balance of an account when a month of the span began."""
        moved = (
            debit - credit
            for (pk, month), (debit, credit) in self.cells.items()
            if pk == account and month < ym
        )
        return self.before.get(account, 0) + sum(moved)

    def closing(self, account: int, ym: int) -> int:
        """The balance of an account when a month of the span ended."""
        debit, credit = self.cells.get((account, ym), (0, 0))
        return self.opening(account, ym) + debit - credit


def span(units: Sequence[Unit], from_ym: int, to_ym: int) -> Span:
    """`turnovers`, the sums of all months before them, and the budgets of these months, in one query."""
    earlier = [Q(unit=unit, period__lt=months.period_id(unit.pk, from_ym)) for unit in units]
    before = _sums(Balance.objects.filter(reduce(or_, earlier)).annotate(ym=Value(0)))
    planned = Budget.objects.filter(unit__in=units, ym__gte=from_ym, ym__lte=to_ym).order_by()
    marked = planned.annotate(marked=-F("ym")).values_list("account_id", "marked")
    marked = marked.annotate(a=Sum("amount"), b=Value(0, BigIntegerField()))
    rows = list(_moved(units, from_ym, to_ym).union(before, marked, all=True))
    return Span(
        {(account, ym): (debit, credit) for account, ym, debit, credit in rows if ym > 0},
        {account: debit - credit for account, ym, debit, credit in rows if not ym},
        {(account, -ym): int(amount) for account, ym, amount, _none in rows if ym < 0},
    )


def by_year(units: Sequence[Unit], to_year: int) -> list[tuple[int, int, int, int]]:
    """Account, year, debit and credit over all the units together, from the first year of the books, in one query."""
    until = (to_year + 1) * 100
    rows = Balance.objects.filter(unit__in=units).annotate(ym=F("period_id") % Value(PERIOD_BASE))
    rows = rows.filter(ym__lt=until).annotate(year=F("ym") / Value(100)).order_by()
    sums = rows.values_list("account_id", "year").annotate(a=Sum("debit"), b=Sum("credit"))
    return [(account, year, int(debit), int(credit)) for account, year, debit, credit in sums]


def of_account(units: Sequence[Unit], account: int, to_ym: int) -> dict[int, int]:
    """Debit minus credit of an account by month, from the first month of the books."""
    rows = Balance.objects.filter(account=account, unit__in=units).annotate(
        ym=F("period_id") % Value(PERIOD_BASE)
    )
    sums = (
        rows.filter(ym__lte=to_ym).order_by().values_list("ym").annotate(left=Sum(F("debit") - F("credit")))
    )
    return {ym: int(net) for ym, net in sums}


def seals_of(units: Sequence[Unit], from_ym: int, to_ym: int) -> QuerySet[Seal]:
    """Versions of closed months, by month and version, without their contents."""
    rows = Seal.objects.filter(unit__in=units, ym__gte=from_ym, ym__lte=to_ym)
    return rows.defer("report", "difference").order_by("ym", "unit", "version")


def versions(unit: Unit, ym: int) -> list[Seal]:
    """Every version of a closed month, from the first."""
    return list(Seal.objects.filter(unit=unit, ym=ym).select_related("by").order_by("version"))


def last_check() -> BooksCheck | None:
    """When the books were last read through, and whether everything held."""
    return BooksCheck.objects.order_by("-at").first()


def lost_heads() -> list[tuple[int, str]]:
    """Where the chain ended at a nightly check and does not go on from any more: number and hash, the first ones."""
    here = Link.objects.filter(seq=OuterRef("seq"), hash=OuterRef("head"))
    rows = BooksCheck.objects.filter(seq__gt=0).exclude(Exists(here)).order_by("seq")
    return list(rows.values_list("seq", "head")[:10])


def all_units() -> list[Unit]:
    """Every unit that has books."""
    return list(Unit.objects.filter(periods__isnull=False).distinct().order_by("pk"))


def months_of_books() -> tuple[int, int]:
    """The first and the last month in which anything was booked; nothing (0) before that."""
    found = Balance.objects.annotate(ym=F("period_id") % Value(PERIOD_BASE)).aggregate(
        first=Min("ym"), last=Max("ym")
    )
    return found["first"] or 0, found["last"] or 0


# Now


def standing(units: Sequence[Unit], account_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """Balances now by (unit, account)."""
    rows = Total.objects.filter(unit__in=units, account__in=list(account_ids))
    return {
        (unit, account): debit - credit
        for unit, account, debit, credit in rows.values_list("unit_id", "account_id", "debit", "credit")
    }


def drawers(units: Sequence[Unit]) -> list[PartyTotal]:
    """Cash in hand by unit and holder, where there is any."""
    rows = PartyTotal.objects.filter(unit__in=units, account=int(chart.CASH_DRAWER)).exclude(
        debit=F("credit")
    )
    return list(rows.select_related("unit", "party").order_by("unit__name", "party__name"))


def ages_of_receivables(units: Sequence[Unit], on: date) -> list[tuple[int, int, int]]:
    """What is owed on bills that are due, by age: days from (0, 31, 61), number of bills, rupiah."""
    edges = [(61, 61), (31, 31), (0, 0)]
    age = Case(
        *(
            When(due_on__lte=date.fromordinal(on.toordinal() - days), then=Value(name))
            for days, name in edges
        ),
        output_field=IntegerField(),
    )
    rows = (
        Invoice.objects.filter(billing.OPEN, unit__in=units, due_on__lte=on, recognised_on__isnull=False)
        .annotate(age=age)
        .values_list("age")
        .annotate(n=Sum(Value(1)), left=Coalesce(Sum(F("total") - F("settled") - F("credited")), 0))
    )
    return sorted((age, n, left) for age, n, left in rows)


def party_of(unit: Unit, pk: int) -> Person | None:
    """Whose part of an account of the unit is looked at; nobody whom the unit's books do not know."""
    return Person.objects.filter(
        pk=pk, pk__in=PartyTotal.objects.filter(unit=unit).values("party_id")
    ).first()


# Journals


def journals_found(
    person: Person | None, *, unit: Unit | None = None, ym: int | None = None, account: Account | None = None,
    kind: str = "", who: int | None = None, text: str = "",
) -> QuerySet[Journal]:  # fmt: skip
    """Journals that the person may see, newest first, narrowed by whatever is given.

    `text` is a journal's number, an amount of one of its lines, or words of its memo.
    """
    rows = journals_for(person).select_related("unit", "actor")
    if unit is not None:
        rows = rows.filter(unit=unit)
    if ym is not None:
        rows = rows.filter(ym=ym)
    if account is not None:
        lines = Entry.objects.filter(account=account)
        lines = lines.filter(unit=unit) if unit else lines
        rows = rows.filter(pk__in=lines.values("journal_id"))
    if kind:
        rows = rows.filter(kind=kind)
    if who is not None:
        rows = rows.filter(actor=who)
    return _matching(rows, text.strip()) if text.strip() else rows


def _matching(rows: QuerySet[Journal], text: str) -> QuerySet[Journal]:
    digits = text.lower().removeprefix("rp").replace(".", "").replace(" ", "").lstrip("#")
    if not digits.isdigit() or len(digits) > 15:
        return rows.filter(memo__icontains=text)
    number = int(digits)
    lines = Entry.objects.filter(journal__in=rows.values("pk"), amount__in=[number, -number])
    return rows.filter(Q(pk=number) | Q(total=number) | Q(pk__in=lines.values("journal_id")))


def kinds_used(units: Sequence[Unit], ym: int | None) -> list[str]:
    """The kinds of journals that occur, for the filter."""
    rows = Journal.objects.filter(unit__in=units)
    rows = rows.filter(ym=ym) if ym else rows
    return sorted(rows.order_by().values_list("kind", flat=True).distinct())


def journal_for(person: Person | None, pk: int) -> Journal | None:
    """A journal that the person may see: of a unit whose books are theirs."""
    rows = journals_for(person).select_related("unit", "actor", "lock_pass", "reverses", "replaces", "link")
    return rows.filter(pk=pk).first()


def lines_of(journal: Journal) -> list[Entry]:
    """The lines of a journal with their accounts, units and persons."""
    return list(journal.entries.select_related("account", "unit", "party").order_by("line_no"))


# Passes


def keepers_units(person: Person | None) -> tuple[Unit, ...]:
    """Units whose books the person keeps."""
    return tuple(books_for(person))


def live_pass(person: Person, unit: Unit, ym: int, at: datetime) -> LockPass | None:
    """A pass by which this person may write that month now."""
    return _live_passes(person, unit, ym, at).first()


def _live_passes(person: Person, unit: Unit, ym: int, at: datetime) -> QuerySet[LockPass]:
    rows = LockPass.objects.filter(
        person=person, unit=unit, from_ym__lte=ym, to_ym__gte=ym, revoked_at=None,
        granted_at__lte=at, ends_at__gt=at,
    )  # fmt: skip
    return rows.annotate(used=Count("journals")).filter(used__lt=F("max_journals")).order_by("pk")


def pass_for(person: Person | None, pk: int) -> LockPass | None:
    """A pass of a unit whose books the person may see."""
    return (
        passes_for(person).select_related("person", "unit", "granted_by", "revoked_by").filter(pk=pk).first()
    )


def passes_found(person: Person | None) -> QuerySet[LockPass]:
    """Passes of the units whose books the person may see, newest first, with how much was used."""
    rows = passes_for(person).select_related("person", "unit", "granted_by")
    return rows.annotate(used=Count("journals"))


def parties(unit: Unit) -> list[Person]:
    """Persons whose name may stand on an account of the unit: whom the books know, and who works there."""
    known = PartyTotal.objects.filter(unit=unit).values("party_id")
    works = Q(roles__unit=unit, roles__until__isnull=True) | Q(
        roles__unit__isnull=True, roles__until__isnull=True
    )
    rows = Person.objects.filter(Q(pk__in=known) | (Q(roles__isnull=False) & works), merged_into__isnull=True)
    return list(rows.distinct().order_by("name")[:1000])


def open_requests(person: Person | None) -> QuerySet[PassRequest]:
    """Requests that wait for the owner: the person's own and those of their units."""
    ids = roles.unit_ids(person, "manager")
    rows = PassRequest.objects.filter(status=PassRequest.Status.ASKED).select_related("customer", "unit")
    return (rows if ids is None else rows.filter(unit__in=ids)).order_by("-pk")


def may_correct(person: Person, unit: Unit, ym: int, at: datetime) -> bool:
    """Whether the person may write a correcting entry in that month: the owner, a manager of the running year
    where the owner lets them, or by a live pass (KOS-18).
    """
    if roles.is_owner(person):
        return True
    asked = Exists(_live_passes(person, unit, ym, at))
    month = Period.objects.filter(unit=unit, ym=ym).values_list("min_level", asked).first()
    level, passed = month or (None, live_pass(person, unit, ym, at) is not None)
    if passed or roles.level(person, unit) != roles.MANAGER:
        return passed
    return windows.is_open_to_managers(unit, ym, months.of(clock.day(at, unit.zone)), level)


# Taxes


def income_accounts() -> list[Account]:
    """Every account of income, by number."""
    return list(Account.objects.filter(type=Account.Type.REVENUE, is_detail=True).order_by("code"))


def local_rates() -> list[LocalTaxRate]:
    """The local tax of units, by unit and month."""
    return list(LocalTaxRate.objects.select_related("unit").order_by("unit__name", "from_ym"))


def tax_deposit_for(person: Person | None, pk: int) -> TaxDeposit | None:
    """A deposit that still stands; the owner's alone."""
    return TaxDeposit.objects.filter(pk=pk, cancelled_at=None).first() if roles.is_owner(person) else None


def banks_in_use(units: Iterable[Unit]) -> list[tuple[Unit, Account, int]]:
    """Bank accounts of the books on which something stands, by unit, with their balance."""
    rows = Total.objects.filter(unit__in=units, account__code__startswith="112", account__closed_on=None)
    rows = (
        rows.exclude(debit=F("credit"))
        .select_related("unit", "account")
        .order_by("unit__name", "account__code")
    )
    return [(one.unit, one.account, one.net) for one in rows]
