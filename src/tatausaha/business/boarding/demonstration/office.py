"""What the managers and the owner do month after month: expenses, reports, the closed month."""

from datetime import date, datetime, timedelta
from random import Random

from tatausaha.business.boarding.demonstration import slips
from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.money import REMEMBERED, spend, take
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.business.boarding.queries import residents
from tatausaha.business.boarding.services import registration
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger import services as books
from tatausaha.core.payments import queries
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import Expense, Handover

_BILLS = {
    "listrik": ("61301", "PLN", "Listrik bersama", 5), "air": ("61401", "PDAM", "Air", 8),
    "internet": ("61501", "Biznet", "Internet rumah", 10), "gaji": ("61201", "Penjaga", "Gaji penjaga", 1),
    "kebersihan": ("61901", "Toko Sinar Jaya", "Sabun, pel, kantong sampah", 12),
}  # fmt: skip
_REPAIRS = (
    ("61601", "Toko Besi Makmur", "Keran dan seal kamar mandi", 145_000),
    ("61601", "Jaya Teknik", "Servis AC dua kamar", 300_000),
    ("61911", "Fotokopi Kampus", "Kertas dan tinta", 88_000),
    ("61931", "RT 03", "Iuran keamanan lingkungan", 150_000),
    ("61601", "Depo Bangunan", "Cat tembok lorong", 465_000),
    ("61101", "Percetakan Warna", "Spanduk kamar kosong", 175_000),
    ("61921", "SPBU", "Bensin motor pengelola", 120_000),
)
STILL_OPEN = timedelta(days=1)
"""A handover of these last hours still waits for the owner."""
LIMIT = 500_000
"""What a manager spends without asking (policy of the expense)."""


class Office:
    """One house's paperwork along the timeline."""

    def __init__(self, timeline: Timeline, site: Site) -> None:
        self.timeline, self.site = timeline, site
        self._chance = Random(site.plan.seed)  # noqa: S311 - a story, no secret
        self._notes = 0

    def plan_months(self, first: date, last: date) -> None:
        """Bills of every month, something that breaks, the report to the RT, and the close."""
        month = first.replace(day=1)
        while month <= last:
            self._month(month)
            month = (month + timedelta(days=32)).replace(day=1)

    def _at(self, on: date, clock_time: str) -> datetime:
        return moment(on, clock_time, self.site.zone) + timedelta(minutes=self.site.plan.seed)

    def _month(self, month: date) -> None:
        brief = month < self.timeline.ends.date() - timedelta(days=200)
        lately = month > self.timeline.ends.date() - timedelta(days=70)
        for name, usual in self.site.plan.costs.items():
            if brief and name in {"air", "kebersihan"}:
                continue
            category, shop, what, day = _BILLS[name]
            amount = usual if name in {"gaji", "internet"} else usual * self._chance.randint(88, 114) // 100
            amount = amount // 500 * 500
            self._plan_expense(
                month + timedelta(days=day - 1), category, shop, f"{what} {month:%m-%Y}", amount
            )
        for _turn in range(1):
            category, shop, what, amount = self._chance.choice(_REPAIRS)
            on = month + timedelta(days=self._chance.randint(13, 26))
            self._plan_expense(on, category, shop, what, amount)
        for day in (9, 22):
            self.timeline.plan(self._at(month + timedelta(days=day), "09.00"), self.report_moves)
        for day in (9, 25) if lately else (25,):
            self.timeline.plan(self._at(month + timedelta(days=day), "17.00"), self.hand_cash_over)
        before = month - timedelta(days=1)
        self.timeline.plan(
            self._at(month + timedelta(days=2), "10.00"),
            lambda at: self.close(before.year * 100 + before.month, at),
        )

    def _plan_expense(self, on: date, category: str, shop: str, what: str, amount: int) -> None:
        if on <= self.site.day(self.site.house.created_at):
            return
        self._notes += 1
        number = self._notes * 17 % 9000 + self.site.plan.seed
        self.timeline.plan(
            self._at(on, "14.00"), lambda at: self.pay(category, shop, what, amount, number, at)
        )

    def pay(self, category: str, shop: str, what: str, amount: int, number: int, at: datetime) -> None:
        """The manager pays and writes it down; above the limit the owner says yes the same evening."""
        case = spend(
            self.site, category=category, amount=amount, shop=shop, what=what, at=at, number=number,
            picture=at > self.timeline.ends - REMEMBERED,
        )  # fmt: skip
        if amount > LIMIT:
            self.timeline.plan(at + timedelta(hours=4), lambda on: self.approve(case, on))

    def approve(self, case: Expense, at: datetime) -> None:
        """The owner says yes from wherever he is; the manager pays and books it the next morning."""
        take(self.fresh(case), "approve", by=self.site.owner, at=at)
        self.timeline.plan(
            at + timedelta(hours=15), lambda on: take(self.fresh(case), "spend", by=self.site.manager, at=on)
        )

    @staticmethod
    def fresh(case: Expense) -> Expense:
        """The expense as it is now."""
        return Expense.objects.select_related("unit", "bank", "spent_by").get(pk=case.pk)

    def report_moves(self, at: datetime) -> None:
        """Who came and went is reported to the RT, and the letter is handed in."""
        waiting = list(residents.unreported(self.site.house))
        if not waiting or at > self.timeline.ends - timedelta(days=6):
            return
        report = registration.make_report(self.site.house.unit, waiting, by=self.site.manager, at=at)
        registration.hand_in(
            report, received_by="Ketua RT 03", on=self.site.day(at), by=self.site.manager, at=at
        )

    def hand_cash_over(self, at: datetime) -> None:
        """The manager brings the cash to the bank, the owner sees it in the account the same evening."""
        unit, holder = self.site.house.unit, self.site.manager
        held = ledger.party_balance(chart.CASH_DRAWER, unit, holder)
        bank = queries.bank_account(unit)
        paid_in = held // 50_000 * 50_000
        if paid_in < 500_000 or bank is None:
            return
        count = payments.Count(
            counted=held, amount=paid_in, occurred_on=self.site.day(at), bank=bank,
            slip=slips.deposit_slip(bank=str(bank), who=holder.name, amount=paid_in, on=self.site.day(at)),
        )  # fmt: skip
        case = payments.hand_over(unit=unit, holder=holder, count=count, by=holder, at=at)
        if at < self.timeline.ends - STILL_OPEN:
            self.timeline.plan(at + timedelta(hours=3), lambda on: self.receive(case, on))

    def receive(self, case: Handover, at: datetime) -> None:
        """The owner has seen the money in the account."""
        take(
            Handover.objects.select_related("unit", "bank", "customer").get(pk=case.pk), "receive",
            by=self.site.owner, at=at,
        )  # fmt: skip

    def close(self, ym: int, at: datetime) -> None:
        """The month's report is kept as version 1."""
        if ledger.trial_balance(self.site.house.unit, ym):
            books.close_month(self.site.house.unit, ym, by=self.site.manager, at=at)
