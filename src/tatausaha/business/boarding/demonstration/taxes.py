"""What the owner does once a month or a year: pays the final tax, the last one still open, and plans the year."""

from datetime import date, datetime

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.core.kernel import clock
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Account
from tatausaha.core.people.demonstration import person_known_as
from tatausaha.core.people.models import Zone
from tatausaha.core.reports import budgets
from tatausaha.core.reports.taxes import services, years

PLANNED = {"listrik": 61301, "air": 61401, "internet": 61501, "gaji": 61201, "kebersihan": 61901}
"""The accounts of what a house costs to run."""
LEFT_OPEN = 2
"""The newest deposit is this many months old: the owner has one to record."""


def pay_taxes(timeline: Timeline, site: Site, first: date, present: date) -> None:
    """The company is a CV; what it owes is paid on the 12th of the following month."""
    owner, begun = person_known_as("pemilik@contoh.id"), months.of(first)

    def say(at: datetime) -> None:
        services.set_profile(
            from_year=first.year, legal_form="cv", scheme="final", first_year=first.year, method="accrual",
            tracked_from=begun, is_vat=False, by=owner, at=at,
        )  # fmt: skip

    timeline.plan(moment(first, "20.00", Zone.WIB), say)
    last, ym = present, begun
    for _turn in range(LEFT_OPEN - 1):
        last = months.first_day(months.before(months.of(last)))
    while months.after(ym) <= months.of(last):
        on = months.first_day(months.after(ym)).replace(day=12)
        timeline.plan(moment(on, "19.30", Zone.WIB), lambda at, ym=ym: _pay(site, ym, at))  # type: ignore[misc]
        ym = months.after(ym)


def plan_year(timeline: Timeline, site: Site, present: date) -> None:
    """The owner plans what the house costs to run in this year, each month the same."""

    def enter(at: datetime) -> None:
        amounts = {
            (PLANNED[name], ym): usual
            for name, usual in site.plan.costs.items()
            for ym in budgets.months_of(present.year)
        }
        budgets.enter(site.house.unit, amounts, by=person_known_as("pemilik@contoh.id"), at=at)

    timeline.plan(moment(date(present.year, 1, 1), "20.00", Zone.WIB), enter)


def _pay(site: Site, ym: int, at: datetime) -> None:
    month = next((one for one in years.of(ym // 100, at=at).months if one.ym == ym), None)
    if month is None or not month.left:
        return
    bank = site.house.unit.bank_accounts.get()
    services.deposit(
        ym=ym, amount=month.left, paid_on=clock.day(at, Zone.WIB), ntpn=f"0A1B{ym}2C3D4E", unit=site.house.unit,
        account=Account.objects.get(code=bank.account), by=person_known_as("pemilik@contoh.id"), at=at,
    )  # fmt: skip
