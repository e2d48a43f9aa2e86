"""Lives of tenants in generated houses: booked, moved in, billed every 30 days, paid, moved out."""

import random
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from tatausaha.business.boarding import accounts
from tatausaha.business.boarding.models import (
    BookedService,
    Booking,
    Registration,
    ResidentMove,
    Room,
    RoomClaim,
    Stay,
    Subscription,
)
from tatausaha.core.billing.models import Allocation, Holding, HoldingEntry, Invoice, InvoiceLine
from tatausaha.core.documents import sheets
from tatausaha.core.documents.models import Paper
from tatausaha.core.documents.services import masked
from tatausaha.core.kernel import clock, ids
from tatausaha.core.ledger import chart, months
from tatausaha.core.ledger.services import Line
from tatausaha.core.payments.models import Payment, Receipt, Refund
from tatausaha.core.people.models import Person
from tools.generate_desk import BOOKING, DAY, PAYMENT, STAY, Desk
from tools.generate_rows import PAID_FOR, Rows

NAMES = ("Rini", "Agus", "Dewi", "Bayu", "Sinta", "Joko", "Maya", "Rizky", "Putri", "Eko", "Ayu", "Fajar")
BillLine = tuple[str, str, str, int]
"""Kind, account, words, rupiah."""


class Tenancy:
    """One person in one room for so many periods of 30 days."""

    def __init__(
        self, desk: Desk, rows: Rows, room: Room, rent: int, anchor: date, periods: int, rng: random.Random
    ) -> None:
        self.desk, self.rows, self.room, self.rent, self.anchor, self.rng = (
            desk,
            rows,
            room,
            rent,
            anchor,
            rng,
        )
        self.leave_on = anchor + periods * 30 * DAY
        self.periods, self.deposit = periods, rent // 2
        self.services = [one for one in desk.services if rng.random() < 0.6]
        self.gone = self.leave_on <= desk.today
        name = f"{rng.choice(NAMES)} {rng.choice(NAMES)}"
        self.person: Person = rows.add(
            Person,
            name=name,
            phone=f"+628{rng.randrange(10**9, 10**10)}",
            created_at=desk.moment(anchor - DAY),
        )
        self.inspected = self.gone and desk.today - self.leave_on < 9 * DAY
        self.booking: Any = None
        self.stay: Any = None

    @property
    def headline(self) -> str:
        """As the engine's cases say it."""
        return f"{self.desk.unit.name}, kamar {self.room.number}: {self.person.name}"

    def agenda(self) -> Iterator[tuple[date, Callable[[date], None]]]:
        """What happens on which day, up to today; the bill of the coming week included."""
        yield self.anchor, self.move_in
        for n in range(1, self.periods):
            due = self.anchor + n * 30 * DAY
            if due <= self.desk.today:
                yield due, self.rent_falls_due
            elif due <= self.desk.today + 7 * DAY:
                yield self.desk.today, lambda _on, due=due: self.bill_ahead(due)  # type: ignore[misc]
        if self.gone:
            yield self.leave_on, self.move_out

    # Rows

    def open_booking(self, status: str, at: datetime) -> None:
        """The booking with its claim on the room."""
        held = status == "held"
        until = at + 7 * DAY
        claim = self.rows.add(
            RoomClaim, unit=self.desk.unit, room=self.room, from_on=self.anchor,
            kind="periksa" if self.inspected else "ditahan" if held else "terisi",
            until_on=self.leave_on if self.gone or self.noticed else None, holder="",
            live=self.inspected or not self.gone, expires_at=until if held else None, claimed_at=at,
            released_at=self.desk.moment(self.leave_on) if self.gone and not self.inspected else None,
        )  # fmt: skip
        self.booking = self.desk.case(
            self.rows, Booking, BOOKING, "BK", at, customer=self.person, headline=self.headline, status=status,
            room=self.room, claim=claim, occupant="wanita" if self.desk.house.gender == "putri" else "pria",
            move_in_on=self.anchor, hold_until=until, deadline_at=until if held else None, plan="full",
            rent=self.rent, down_payment=self.rent // 10, deposit=self.deposit,
        )  # fmt: skip
        claim.holder = self.booking.number
        for service, amount in self.services:
            self.rows.add(
                BookedService, booking=self.booking, service=service, name=service.name, amount=amount
            )
        self.desk.passage(self.rows, BOOKING, self.booking, "open", "", "held", at)

    @property
    def noticed(self) -> bool:
        """Whether the tenant has said that he leaves soon."""
        return not self.gone and self.leave_on <= self.desk.today + 20 * DAY

    def first_lines(self) -> list[BillLine]:
        """What secures the room."""
        return [("rent", chart.CUSTOMER_ADVANCES, "Sewa 30 hari pertama", self.rent)]

    def lines(self, start: date) -> list[BillLine]:
        """A period's rent and services."""
        text = f"Sewa kamar {start:%d-%m-%Y} sampai {start + 29 * DAY:%d-%m-%Y}"
        services = [("service", chart.SERVICE_INCOME, one.name, amount) for one, amount in self.services]
        return [("rent", accounts.ROOM_RENT, text, self.rent), *services]

    def bill(
        self, code: str, case: Any, purpose: str, lines: list[BillLine], due: date, at: datetime, *,
        settled: bool = False, recognised: bool = False, period: bool = False,
    ) -> tuple[Any, list[Any]]:  # fmt: skip
        """A bill and its lines."""
        total = sum(line[3] for line in lines)
        invoice = self.rows.add(
            Invoice, unit=self.desk.unit, number=self.rows.paper_number("TG", self.desk.unit, at), payer=self.person,
            procedure=code, subject_id=case.pk, case_number=case.number, purpose=purpose, issued_at=at, due_on=due,
            period_start=due if period else None, period_end=due + 29 * DAY if period else None, total=total,
            income=total if period else 0, settled=total if settled else 0, recognised_on=due if recognised else None,
        )  # fmt: skip
        return invoice, [
            self.rows.add(
                InvoiceLine, invoice=invoice, position=position, kind=kind, account=account, description=text,
                amount=amount, settled=amount if settled else 0,
            )
            for position, (kind, account, text, amount) in enumerate(lines, 1)
        ]  # fmt: skip

    def allocate(self, lines: list[Any], source: str, on: date, payment: Any = None) -> list[Any]:
        """Money laid on lines."""
        return [
            self.rows.add(
                Allocation, line=line, invoice=line.invoice, source=source, payment_id=payment.pk if payment else None,
                amount=line.amount, booked_on=on, at=self.desk.moment(on, 11),
            )
            for line in lines
        ]  # fmt: skip

    def pay(self, invoice: Any, lines: list[Any], on: date, earned: tuple[Line, ...], *held: Any) -> None:
        """A confirmed transfer with its receipt, and its journal, to which `held` belongs as well."""
        at, desk = self.desk.moment(on, 11), self.desk
        payment = self.transfer(
            invoice, on, at, status="confirmed", confirmed_at=at, confirmed_by=desk.manager
        )
        kept = [payment, *self.allocate(lines, "payment", on, payment), *held]
        journal = (Line(chart.BANK, invoice.total), *earned)
        rows = self.rows
        rows.book(desk.draft("payment", payment, "receive", journal, on, (PAYMENT, payment.pk)), *kept)
        desk.passage(rows, PAYMENT, payment, "confirm", "submitted", "confirmed", at)
        self.receipt(payment, invoice, lines, on, at)

    def transfer(self, invoice: Any, on: date, at: datetime, **fields: Any) -> Any:
        """A payment by transfer for one bill."""
        desk = self.desk
        desk.code = desk.code % 900 + 1
        payment = desk.case(
            self.rows, Payment, PAYMENT, "BYR", at, customer=self.person,
            headline=f"{invoice.number}: {self.person.name}",
            amount=invoice.total, expected_amount=invoice.total + desk.code, method="transfer", bank=desk.bank,
            occurred_on=on, **fields,
        )  # fmt: skip
        self.rows.add(PAID_FOR, payment=payment, invoice=invoice)
        desk.passage(self.rows, PAYMENT, payment, "submit", "expected", "submitted", at)
        return payment

    def receipt(self, payment: Any, invoice: Any, lines: list[Any], on: date, at: datetime) -> None:
        """The kuitansi and the paper that answers for it."""
        desk = self.desk
        assert desk.head is not None
        sheet = sheets.Receipt(
            head=desk.head, number=self.rows.paper_number("KW", desk.unit, at), issued_on=on, payer=self.person.name,
            amount=payment.amount, purpose=invoice.number, method="Transfer", received_by=desk.manager.name,
            received_role="Pengelola", place=desk.unit.name,
            lines=[sheets.Line(line.description, line.amount) for line in lines],
        )  # fmt: skip
        said = {
            name: value
            for name, value in asdict(sheet).items()
            if name not in {"proof", "printed", "void_reason"}
        }
        paper = self.rows.add(
            Paper, kind="receipt", number=sheet.number, unit=desk.unit, token=ids.token(), issued_on=on, issued_at=at,
            issued_by=desk.manager, fingerprint=sheets.fingerprint(sheet),
            facts={"name": masked(self.person.name), "amount": payment.amount},
        )  # fmt: skip
        self.rows.add(
            Receipt, payment=payment, unit=desk.unit, number=sheet.number, payer=self.person, amount=payment.amount,
            issued_at=at, paper=paper, said=said | {"issued_on": on.isoformat()},
        )  # fmt: skip

    def held(
        self, kind: str, code: str, case: Any, moves: list[tuple[str, int, date]], kept: int = 0
    ) -> list[Any]:
        """Held money of a case with its movements; `kept` counts those that follow later."""
        balance = sum(amount for _move, amount, _on in moves) + (-self.deposit if kept else 0)
        holding = self.rows.add(
            Holding, unit=self.desk.unit, kind=kind, procedure=code, subject_id=case.pk, case_number=case.number,
            person=self.person, balance=balance, moves=len(moves) + kept,
        )  # fmt: skip
        entries, after = [], 0
        for seq, (move, amount, on) in enumerate(moves, 1):
            after += amount
            entries.append(self.rows.add(
                HoldingEntry, holding=holding, seq=seq, move=move, amount=amount, balance_after=after,
                at=self.desk.moment(on, 11),
            ))  # fmt: skip
        return entries

    # Days

    def move_in(self, on: date) -> None:
        """Booked, paid, moved in: within the month, so that every journal finds its own."""
        desk, rows, person = self.desk, self.rows, self.person
        booked = max(on - 4 * DAY, on.replace(day=1), clock.day(desk.unit.house.created_at, desk.unit.zone))
        self.open_booking("checked_in", desk.moment(booked, 9))
        rows.add(
            Registration, booking=self.booking, person=person, origin="Sukoharjo", purpose="Kuliah",
            emergency_name="Orang tua", emergency_phone="+6281234567890", waived_because="Dicatat di buku lama",
            registered_at=desk.moment(on, 8), registered_by=desk.manager,
        )  # fmt: skip
        services = sum(amount for _service, amount in self.services)
        rest = [("service", chart.CUSTOMER_ADVANCES, one.name, amount) for one, amount in self.services]
        rest.append(("deposit", chart.DEPOSITS, "Deposit, dikembalikan saat pindah", self.deposit))
        first, first_lines = self.bill(
            BOOKING, self.booking, "first_rent", self.first_lines(), on, desk.moment(booked, 9), settled=True
        )
        second, second_lines = self.bill(
            BOOKING, self.booking, "move_in", rest, on, desk.moment(booked, 11), settled=True
        )
        advance = self.held("advance", BOOKING, self.booking, [
            ("received", self.rent, booked), *([("received", services, on)] if services else []),
            ("applied", -self.rent - services, on),
        ])  # fmt: skip
        deposit = self.held(
            "deposit", BOOKING, self.booking, [("received", self.deposit, on), ("moved", -self.deposit, on)]
        )
        credit = Line(chart.CUSTOMER_ADVANCES, -self.rent, person)
        self.pay(first, first_lines, booked, (credit,), advance[0])
        beside = [Line(chart.CUSTOMER_ADVANCES, -services, person)] if services else []
        earned = (*beside, Line(chart.DEPOSITS, -self.deposit, person))
        self.pay(second, second_lines, on, earned, deposit[0], *advance[1:-1])
        self.begin_stay(on)
        invoice, lines = self.recognised(on, settled=True)
        applied = self.allocate(lines, "advance", on)
        total = invoice.total
        lines_of = (Line(chart.CUSTOMER_ADVANCES, total, person), Line(chart.RECEIVABLES, -total, person))
        draft = desk.draft("invoice", invoice, "advance", lines_of, on, ("billing.invoice", invoice.pk))
        rows.book(draft, *applied, advance[-1])

    def begin_stay(self, on: date) -> None:
        """The stay as it stands today."""
        desk, at = self.desk, self.desk.moment(on, 12)
        status = (
            "inspection"
            if self.inspected
            else "closed"
            if self.gone
            else "noticed"
            if self.noticed
            else "living"
        )
        leaves = self.leave_on if self.gone or self.noticed else None
        told = (desk.today + 7 * DAY - self.anchor).days // 30 + 1
        follows = None if leaves and told >= self.periods else self.anchor + (told * 30 - 7) * DAY
        self.stay = desk.case(
            self.rows, Stay, STAY, "HUN", at, customer=self.person, headline=self.headline, status=status,
            booking=self.booking, room=self.room, claim=self.booking.claim, anchor_on=on, rent=self.rent,
            leave_on=leaves, moved_out_on=self.leave_on if self.gone else None,
            next_period=min(told, self.periods) if leaves else told, next_bill_on=None if self.gone else follows,
            since=desk.moment(self.leave_on if self.gone else on, 12),
            deadline_at=clock.start_of(self.leave_on + DAY, desk.unit.zone) if status == "noticed" else None,
        )  # fmt: skip
        self.booking.claim.holder = self.stay.number
        for service, amount in self.services:
            self.rows.add(
                Subscription, stay=self.stay, service=service, name=service.name, amount=amount, from_on=on,
                until_on=self.leave_on if self.gone else None,
            )  # fmt: skip
        for step, source, target in (("pay_up", "held", "paid_up"), ("register", "paid_up", "paid_up"),
                                     ("check_in", "paid_up", "checked_in")):  # fmt: skip
            desk.passage(self.rows, BOOKING, self.booking, step, source, target, at)
        desk.passage(self.rows, STAY, self.stay, "open", "", "living", at)
        if desk.today - on < 20 * DAY:
            due = at + timedelta(hours=72)
            self.rows.add(ResidentMove, stay=self.stay, unit=desk.unit, kind="in", on=on, due_at=due)
        returned = self.gone and not self.inspected
        moves = [("moved", self.deposit, on)]
        self.deposit_entry = self.held("deposit", STAY, self.stay, moves, kept=int(returned))[0]

    def recognised(self, on: date, *, settled: bool) -> tuple[Any, list[Any]]:
        """The bill of a period on its due date, booked as income."""
        issued = self.desk.moment(max(on - 7 * DAY, self.anchor), 6)
        invoice, lines = self.bill(
            STAY, self.stay, "rent", self.lines(on), on, issued, settled=settled, recognised=True, period=True
        )
        income: dict[str, int] = {}
        for line in lines:
            income[line.account] = income.get(line.account, 0) + line.amount
        books = (Line(chart.RECEIVABLES, invoice.total, self.person),
                 *(Line(account, -amount) for account, amount in income.items()))  # fmt: skip
        source = ("billing.invoice", invoice.pk)
        self.rows.book(self.desk.draft("invoice", invoice, "recognise", books, on, source))
        return invoice, lines

    def rent_falls_due(self, on: date) -> None:
        """A bill falls due and is paid within days, or (some of the last month) not yet."""
        desk, chance = self.desk, self.rng.random()
        recent = not self.gone and on > desk.today - 30 * DAY
        late = recent and chance < 0.1
        invoice, lines = self.recognised(on, settled=not late)
        last = min(months.first_day(months.after(months.of(on))) - DAY, desk.today)
        paid_on = min(on + self.rng.randrange(5) * DAY, last)
        if not late:
            self.pay(invoice, lines, paid_on, (Line(chart.RECEIVABLES, -invoice.total, self.person),))
        elif chance < 0.03:
            at = desk.moment(desk.today, 7)
            self.transfer(invoice, desk.today, at, status="submitted", deadline_at=at + timedelta(hours=72))

    def bill_ahead(self, due: date) -> None:
        """The bill that was issued for the coming week."""
        self.bill(
            STAY, self.stay, "rent", self.lines(due), due, self.desk.moment(due - 7 * DAY, 6), period=True
        )

    def move_out(self, on: date) -> None:
        """The key is back and, once the room was inspected, the deposit as well."""
        desk, at = self.desk, self.desk.moment(on, 15)
        desk.passage(self.rows, STAY, self.stay, "move_out", "living", "inspection", at)
        if self.inspected:
            return
        refund = desk.case(
            self.rows, Refund, "payments.refund", "KMB", at, customer=self.person, headline=self.headline,
            status="paid", kind="deposit", amount=self.deposit, reason="Perhitungan keluar", subject_procedure=STAY,
            subject_id=self.stay.pk, subject_number=self.stay.number, due_on=on, due_at=at, method="transfer",
            bank=desk.bank, occurred_on=on, paid_by=desk.manager,
        )  # fmt: skip
        entry = self.rows.add(
            HoldingEntry, holding=self.deposit_entry.holding, seq=2, move="returned", amount=-self.deposit,
            balance_after=0, at=at,
        )  # fmt: skip
        lines = (Line(chart.DEPOSITS, self.deposit, self.person), Line(chart.BANK, -self.deposit))
        self.rows.book(
            desk.draft("refund", refund, "pay", lines, on, ("payments.refund", refund.pk)), refund, entry
        )
        desk.passage(self.rows, STAY, self.stay, "returned", "refunding", "closed", at)


def hold(desk: Desk, rows: Rows, room: Room, rent: int, on: date, at: datetime) -> None:
    """A booking of today that nobody has paid yet."""
    life = Tenancy(desk, rows, room, rent, on + 2 * DAY, 6, random.Random(f"{desk.number}/{room.number}"))  # noqa: S311
    life.open_booking("held", at)
    life.bill(BOOKING, life.booking, "first_rent", life.first_lines(), on + 7 * DAY, at)
