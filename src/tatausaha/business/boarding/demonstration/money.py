"""How money comes and goes in the demonstration: transfers with a proof, cash at the desk, expenses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tatausaha.business.boarding.demonstration import slips
from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.names import Guise
from tatausaha.business.boarding.demonstration.timeline import Timeline
from tatausaha.core.billing import queries as billed
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import Payment
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform

REMEMBERED = timedelta(days=60)
"""How far back pictures of transfers and notes were kept; older money was found by its amount alone."""


def take(case: Any, name: str, *, by: Person, at: datetime, **data: Any) -> Any:
    """One step of a case, as its button would take it."""
    step = procedure_of(case).step(name)
    assert step is not None, name
    return perform(case, step, by=by, at=at, data=data)


@dataclass
class Payer:
    """Somebody who pays, and how: `cash` at the desk or by transfer."""

    timeline: Timeline
    site: Site
    person: Person
    guise: Guise
    cash: bool = False

    def pay(
        self, case: Tracked, *, at: datetime, amount: int | None = None, wait: timedelta | None = None
    ) -> None:
        """Pay what is open on the case, or so much of it. A transfer is verified after `wait`; never if it is 0."""
        bills = list(billed.invoices_of(case).filter(billed.OPEN))
        if not bills:
            return
        owed = sum(bill.remaining for bill in bills)
        if self.cash or amount is not None:
            payments.receive_cash(
                unit=case.unit, payer=self.person, amount=amount or owed, invoices=bills, by=self.site.manager,
                at=at, sure=True,
            )  # fmt: skip
            return
        payment = payments.open_transfer(payer=self.person, invoices=bills, by=self.person, at=at)
        pause = timedelta(hours=2) if wait is None else wait
        if at < self.timeline.ends - REMEMBERED:
            self.timeline.plan(at + pause, lambda moment: self.match(payment, at=moment))
            return
        self.prove(payment, at=at)
        if pause:
            self.timeline.plan(at + pause, lambda moment: self.verify(payment, at=moment))

    def match(self, payment: Payment, *, at: datetime) -> None:
        """The manager found the money in the account by its amount; no picture was needed."""
        payment = Payment.objects.select_related("unit", "bank").get(pk=payment.pk)
        take(payment, "match", by=self.site.manager, at=at, sure=True)

    def prove(self, payment: Payment, *, at: datetime) -> None:
        """Upload the picture of the transfer."""
        reference = f"{payment.pk:06d}{at:%d%m}"
        asked = payment.asked
        slip = slips.transfer_slip(
            bank=self.guise.bank, sender=self.guise.name, to=str(payment.bank), amount=asked, at=at,
            reference=reference,
        )  # fmt: skip
        take(
            payment, "submit", by=self.person, at=at, proof=slip, occurred_on=self.site.day(at),
            sender=f"{self.guise.bank} a.n. {self.guise.name}", reference=reference,
        )  # fmt: skip

    def verify(self, payment: Payment, *, at: datetime) -> None:
        """The manager has seen the money in the account."""
        payment = Payment.objects.select_related("unit", "bank").get(pk=payment.pk)
        take(payment, "confirm", by=self.site.manager, at=at, sure=True)


def spend(
    site: Site, *, category: str, amount: int, shop: str, what: str, at: datetime, by: Person | None = None,
    occurred_on: date | None = None, number: int = 1, picture: bool = True,
) -> Any:  # fmt: skip
    """Write an expense down with the photo of its note; what is above the manager's limit waits for the owner."""
    on = occurred_on or site.day(at)
    note = None
    if picture:
        note = slips.shop_note(shop=shop, what=what, amount=amount, on=on, number=number)
    return payments.record_expense(
        unit=site.house.unit, category=category, amount=amount, paid_from="transfer", occurred_on=on,
        by=by or site.manager, at=at, note=f"{what}, {shop}", photo=note,
        no_note="" if picture else "Tukangnya tidak memberi nota",
    )  # fmt: skip
