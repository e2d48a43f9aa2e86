"""The demonstration's bank statements: three weeks of each account, brought in by its manager an hour ago.

What stands in the books is tied to its line; a transfer that waits, a fee and money from nobody
known are left for whoever looks.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tatausaha.core.banking import matching, queries, services
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.demonstration import Chapter
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Entry
from tatausaha.core.payments.models import BankAccount, Payment
from tatausaha.core.people.models import Role

DAYS = 21
Moved = tuple[date, str, int]


def build(at: datetime) -> None:
    """A statement for every account of a unit that has a manager."""
    soon = at - timedelta(hours=1)
    for account in BankAccount.objects.filter(unit__isnull=False, closed_on__isnull=True).order_by("pk"):
        held = (
            Role.objects.filter(unit=account.unit, name="manager", until__isnull=True).order_by("pk").first()
        )
        if held is not None:
            _bring(account, held, soon)


def _bring(account: BankAccount, held: Role, at: datetime) -> None:
    last = queries.today(account, at)
    first = last - timedelta(days=DAYS)
    rows = sorted([*_booked(account, first, last), *_more(account, first, last)], key=lambda row: row[0])
    assert account.unit is not None
    opening = ledger.balance_on(account.account, account.unit, first - timedelta(days=1))
    content = _written(account, rows, opening).encode()
    statement = services.receive(account, f"mutasi-{last:%Y-%m}.csv", content, by=held.person, at=at)
    services.take(statement, by=held.person, at=at)
    lines = list(queries.unmatched(account.lines.all()))
    pairs = matching.sure_ones(matching.propose(lines, account, held.person), lines)
    known = [pair for pair in pairs if pair[1].kind == "journal"]
    services.confirm_sure(known, by=held.person, at=at, patience=60)


def _booked(account: BankAccount, first: date, last: date) -> Iterator[Moved]:
    """What the books moved on the account on those days."""
    rows = Entry.objects.filter(account=int(account.account), book_on__gte=first, book_on__lte=last)
    rows = rows.filter(
        journal__reverses__isnull=True, journal__reversal__isnull=True
    )  # the bank never saw the others
    for entry in rows.select_related("journal").order_by("book_on", "journal"):
        words = "TRSF E-BANKING CR" if entry.amount > 0 else "TRSF E-BANKING DB"
        yield (
            entry.book_on,
            f"{words} {entry.book_on:%d%m}/FTSCY/WS95051 {entry.journal.memo[:40]}",
            entry.amount,
        )


def _more(account: BankAccount, first: date, last: date) -> Iterator[Moved]:
    """What nobody has written down yet: waiting transfers, a fee, and somebody's cash."""
    for payment in Payment.objects.filter(bank=account, status__in=Payment.PENDING).select_related(
        "customer", "unit"
    ):
        on = clock.day(payment.since, payment.unit.zone)
        who = payment.customer.name.upper() if payment.customer else ""
        yield min(max(on, first), last), f"BI-FAST CR TRANSFER DARI {who}", payment.asked
    yield last - timedelta(days=4), "SETORAN TUNAI ATM 7781", 650_000
    yield last - timedelta(days=1), "BIAYA ADM", -15_000


def _written(account: BankAccount, rows: list[Moved], opening: int) -> str:
    """The file as its bank would write it."""
    bca, balance = account.bank.upper().startswith("BCA"), opening
    tail = "Cabang,Jumlah,Saldo" if bca else "Teller,Debet,Kredit,Saldo"
    words = "Keterangan" if bca else "Uraian Transaksi"
    lines = [f"No. rekening : {account.number}", f"Tanggal Transaksi,{words},{tail}"]
    for on, text, amount in rows:
        balance += amount
        size = f"{abs(amount):,}.00"
        if bca:
            moved = f'"{size} CR"' if amount > 0 else f'"{size} DB"'
        else:
            moved = f'"0.00","{size}"' if amount > 0 else f'"{size}","0.00"'
        lines.append(f'{on:%d/%m/%Y},"{text}","0000",{moved},"{balance:,}.00"')
    return "\n".join(lines) + "\n"


CHAPTER = Chapter("banking", 60, build)
