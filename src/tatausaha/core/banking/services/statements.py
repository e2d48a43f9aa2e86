"""A statement is kept, looked at, and taken in whole; what is there already is recognised (rules/boarding 16.7)."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tatausaha.core.banking import queries
from tatausaha.core.banking.marks import NOTHING, fingerprint
from tatausaha.core.banking.models import BankLine, Statement
from tatausaha.core.banking.reading import Reading, Row, read
from tatausaha.core.banking.reading.layouts import NAMES
from tatausaha.core.documents import limits
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.ids import token
from tatausaha.core.kernel.words import period, short_date
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.services import lock_row

BATCH = 500
A_MINUTE = 10
"""Files that one person may send within a minute."""


@dataclass(frozen=True)
class Sifted:
    """What a statement would do: rows that are new, with their turn among twins, and what a person should know."""

    reading: Reading
    fresh: tuple[tuple[Row, int], ...]
    known: int
    remarks: tuple[str, ...] = ()


def _allow(account: BankAccount, by: Person) -> None:
    if not queries.accounts_for(by).filter(pk=account.pk).exists():
        raise Refused(_("Mutasi rekening ini dimasukkan oleh pengelola unitnya atau pemilik."))


def receive(account: BankAccount, name: str, content: bytes, *, by: Person, at: datetime) -> Statement:
    """Keep a file that was understood; nothing of it is taken in yet.

    The same bytes that wait to be agreed to already give that statement. Raises `Refused` for whoever
    the account is not open to, too many files in a minute, another account's file, and as `reading.read`.
    """
    _allow(account, by)
    if limits.count(f"statement:{by.pk}") > A_MINUTE:
        raise Refused(_("Terlalu banyak berkas dalam satu menit. Tunggu sebentar, lalu coba lagi."))
    reading = read(content, today=queries.today(account, at))
    if reading.number and reading.number.lstrip("0") != account.number.lstrip("0"):
        raise Refused(
            _("Berkas ini dari rekening %(number)s, bukan %(account)s.")
            % {"number": reading.number, "account": account},
            field="file",
        )
    digest = hashlib.sha256(content).hexdigest()
    waiting = Statement.objects.filter(bank_account=account, digest=digest, state=Statement.State.PREVIEWED)
    if (known := waiting.order_by("-pk").first()) is not None:
        return known
    days = [row.on for row in reading.rows]
    return Statement.objects.create(
        bank_account=account, name=name[-200:], digest=digest, layout=_form(reading), first_on=min(days),
        last_on=max(days), opening=reading.opening, closing=reading.closing, rows=len(reading.rows),
        pending=len(reading.rows) - len(reading.final), brought_by=by, brought_at=at,
        file=default_storage.save(f"statements/{token()}.txt", ContentFile(content)),
    )  # fmt: skip


def _form(reading: Reading) -> str:
    """The bank's form; without running balances it is another one, as its rows are told apart by less."""
    whole = any(row.balance is not None for row in reading.rows)
    return reading.layout if whole else f"{reading.layout}-"


def sift(statement: Statement, *, at: datetime) -> Sifted:
    """What taking the statement in would add, from its file; one query for what is there. Raises `Refused`."""
    account = statement.bank_account
    with default_storage.open(statement.file, "rb") as file:
        reading = read(file.read(), today=queries.today(account, at))
    _check_overlap(statement)
    there = BankLine.objects.filter(
        bank_account=account, on__gte=statement.first_on, on__lte=statement.last_on
    )
    known = set(there.values_list("fingerprint", "turn"))
    turns: Counter[str] = Counter()
    fresh = []
    for row in reading.final:
        mark = _fingerprint(row)
        turns[mark] += 1
        if (mark, turns[mark]) not in known:
            fresh.append((row, turns[mark]))
    remarks = [*_remarks(statement, reading), *_late_comers(fresh, there)]
    return Sifted(reading, tuple(fresh), len(reading.final) - len(fresh), tuple(remarks))


def _late_comers(fresh: Sequence[tuple[Row, int]], there: QuerySet[BankLine]) -> list[str]:
    """New rows on days that were known to their end: a bank rarely does that, a forger does."""
    days = set(there.values_list("on", flat=True))
    late = [row for row, _turn in fresh if row.on in days and row.on < max(days)]
    if not late:
        return []
    said = _(
        "%(rows)d baris baru jatuh pada hari yang sudah pernah diimpor, pertama baris %(line)d. Periksa dulu."
    )
    return [said % {"rows": len(late), "line": late[0].line}]


def _fingerprint(row: Row) -> str:
    """Twins have one and the same."""
    return fingerprint(row.on, row.reference, row.text or NOTHING, row.sen, row.balance)


def _check_overlap(statement: Statement) -> None:
    """Raises `Refused` where another form told of the same days: the same row would count twice."""
    other = (
        BankLine.objects.filter(
            bank_account=statement.bank_account, on__gte=statement.first_on, on__lte=statement.last_on
        )
        .exclude(statement__layout=statement.layout)
        .select_related("statement")
        .order_by("-on")
        .first()
    )
    if other is not None:
        raise Refused(
            _("Sampai %(day)s mutasi rekening ini sudah masuk dari berkas %(form)s. Unduh lagi dalam bentuk itu, "
              "atau mulai dari hari sesudahnya.")
            % {"day": short_date(other.on), "form": form_name(other.statement.layout)}
        )  # fmt: skip


def form_name(layout: str) -> str:
    """The bank's form in words."""
    return NAMES[layout.removesuffix("-")]


def _remarks(statement: Statement, reading: Reading) -> list[str]:
    said = []
    if statement.pending:
        said.append(
            _(
                "%(rows)d baris belum final (PEND) tidak dimasukkan; baris itu datang dengan mutasi berikutnya."
            )
            % {"rows": statement.pending}
        )
    first = reading.rows[0]
    before = (
        BankLine.objects.filter(
            bank_account=statement.bank_account, on__lt=statement.first_on, balance__isnull=False
        )
        .order_by("-on", "-pk")
        .first()
    )
    begins = first.balance - first.sen if first.balance is not None else reading.opening
    if before is not None and begins is not None and before.balance != begins:
        said.append(
            _("Ada hari yang terlewat: antara %(days)s saldonya berubah. Impor juga mutasi hari-hari itu.")
            % {"days": period(before.on, statement.first_on)}
        )
    return said


@transaction.atomic
def take(statement: Statement, *, by: Person, at: datetime) -> Statement:
    """Take all new rows in, at once or not at all; a statement that was taken is left as it is.

    Two who bring in the same rows queue for the account: the second finds nothing new. Raises `Refused`.
    """
    _allow(statement.bank_account, by)
    account = lock_row(statement.bank_account)
    statement = lock_row(statement)
    if statement.state == Statement.State.DROPPED:
        raise Refused(_("Impor ini sudah dibatalkan. Unggah berkasnya lagi."))
    if statement.state == Statement.State.TAKEN:
        return statement
    sifted = sift(statement, at=at)
    BankLine.objects.bulk_create(_lines(account, statement, sifted.fresh), batch_size=BATCH)
    statement.state, statement.fresh = Statement.State.TAKEN, len(sifted.fresh)
    statement.taken_by, statement.taken_at = by, at
    statement.save(update_fields=["state", "fresh", "taken_by", "taken_at"])
    return statement


def _lines(account: BankAccount, statement: Statement, fresh: Sequence[tuple[Row, int]]) -> list[BankLine]:
    return [
        BankLine(
            bank_account=account, statement=statement, row=row.line, on=row.on, time=row.at, sen=row.sen,
            amount=in_rupiah(row), balance=row.balance, text=row.text or NOTHING, reference=row.reference, raw=row.raw,
            fingerprint=_fingerprint(row), turn=turn,
        )
        for row, turn in fresh
    ]  # fmt: skip


def in_rupiah(row: Row) -> int:
    """The change of the rounded balance; without a balance the rounded amount (rules/ledger 11)."""
    if row.balance is None:
        return _rounded(row.sen)
    return _rounded(row.balance) - _rounded(row.balance - row.sen)


def _rounded(sen: int) -> int:
    return (sen + 50) // 100


@transaction.atomic
def drop(statement: Statement, *, by: Person) -> None:
    """Do not take the statement in after all; one that was taken stays."""
    _allow(statement.bank_account, by)
    waiting = Statement.objects.filter(pk=statement.pk, state=Statement.State.PREVIEWED)
    waiting.update(state=Statement.State.DROPPED)
