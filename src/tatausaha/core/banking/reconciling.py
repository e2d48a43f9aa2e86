"""An account in a month: what the bank says, what the books say, and what lies between them, to the rupiah.

Counted from the account's first line on. Whatever is not one of the named causes stands as the
last one, so the causes always add up to the difference.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from tatausaha.core.banking import queries
from tatausaha.core.banking.models import BankLine, Match
from tatausaha.core.kernel import parts
from tatausaha.core.kernel.words import short_date
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Balance, Entry
from tatausaha.core.payments.models import BankAccount


@dataclass(frozen=True)
class Picture:
    """The month of an account; amounts in rupiah. Without a balance in the bank's file there is no `bank`.

    `alone` is whether the account has an account of the books of its own: else the books tell of others, too.
    """

    lines: int
    matched: int
    books: int
    bank: int | None
    until: date | None
    alone: bool
    causes: tuple[parts.Sum, ...]

    @property
    def difference(self) -> int:
        """What the bank has beyond the books."""
        return (self.bank or 0) - self.books

    @property
    def left(self) -> int:
        """Lines that nobody has said anything about."""
        return self.lines - self.matched


def picture(account: BankAccount, ym: int) -> Picture:
    """See `Picture`; a fixed number of questions, however many lines there are."""
    first, last = months.first_day(ym), months.first_day(months.after(ym)) - timedelta(days=1)
    rows = BankLine.objects.filter(bank_account=account)
    of_month = rows.filter(on__gte=first, on__lte=last)
    count = of_month.count()
    sharing = BankAccount.objects.filter(account=account.account).exclude(pk=account.pk).exists()
    code = int(account.account)
    books = _net(Balance.objects.filter(account=code, period__ym__lte=ym), F("debit") - F("credit"))
    end = rows.filter(on__lte=last, balance__isnull=False).order_by("-on", "-pk").first()
    begin = rows.filter(on__lte=last, balance__isnull=False).order_by("on", "pk").first()
    bank = _rounded(end.balance) if end is not None else None
    causes: list[parts.Sum] = []
    if begin is not None and bank is not None and not sharing:
        before = _rounded((begin.balance or 0) - begin.sen)
        causes = _causes(account, begin.on, last, before=before, difference=bank - books, grown=bank - before)
    return Picture(
        count, count - queries.unmatched(of_month).count(), books, bank, end.on if end else None, not sharing,
        tuple(one for one in causes if one.amount),
    )  # fmt: skip


def _causes(
    account: BankAccount, begin: date, last: date, *, before: int, difference: int, grown: int
) -> list[parts.Sum]:
    code = int(account.account)
    lines = BankLine.objects.filter(bank_account=account, on__gte=begin, on__lte=last)
    entries = Entry.objects.filter(account=code, book_on__gte=begin, book_on__lte=last)
    matches = Match.objects.filter(queries.STANDS, bank_account=account)
    booked = matches.filter(journal__isnull=False)
    open_lines = queries.unmatched(lines).aggregate(sum=Coalesce(Sum("amount"), 0), n=Count("pk"))
    noted = matches.filter(journal__isnull=True, line__in=lines)
    later = booked.filter(line__in=lines, journal__book_on__gt=last)
    early = booked.filter(line__on__gt=last, journal__book_on__gte=begin, journal__book_on__lte=last)
    unknown = _unknown(entries, booked).aggregate(
        sum=Coalesce(Sum("amount"), 0), n=Count("journal", distinct=True)
    )
    start = before - _net(Entry.objects.filter(account=code, book_on__lt=begin), F("amount"))
    missing = grown - _net(lines, F("amount"))
    causes = [
        parts.Sum(
            _("Baris mutasi yang belum dicocokkan"),
            open_lines["sum"],
            _("%(n)d baris") % {"n": open_lines["n"]},
        ),
        parts.Sum(
            _("Sudah dibukukan, belum ada di mutasi"),
            -unknown["sum"],
            _("%(n)d jurnal") % {"n": unknown["n"]},
        ),
        parts.Sum(_("Dicatat saja, tidak dibukukan"), _net(noted, F("line__amount"))),
        parts.Sum(_("Dibukukan di bulan sesudahnya"), _net(later, F("line__amount"))),
        parts.Sum(_("Dibukukan sebelum masuk di bank"), -_net(early, F("line__amount"))),
        parts.Sum(_("Hari yang mutasinya belum diimpor"), missing),
        parts.Sum(_("Selisih sebelum mutasi pertama"), start, short_date(begin)),
    ]
    rest = difference - sum(one.amount for one in causes)
    return [*causes, parts.Sum(_("Jurnal yang dibalik atau dipindah bulannya"), rest)]


def _unknown(entries: QuerySet[Entry], booked: QuerySet[Match]) -> QuerySet[Entry]:
    """Lines of the books that belong to no line of the bank, without those that were taken back."""
    known = booked.values("journal")
    rows = entries.exclude(journal__in=known).filter(
        journal__reverses__isnull=True, journal__reversal__isnull=True
    )
    return rows.exclude(Q(journal__replaces__isnull=False) & Q(journal__replaces__in=known))


def _net(
    rows: QuerySet[Balance] | QuerySet[Entry] | QuerySet[BankLine] | QuerySet[Match], what: object
) -> int:
    return int(rows.aggregate(net=Coalesce(Sum(what), 0))["net"])


def _rounded(sen: int | None) -> int:
    return ((sen or 0) + 50) // 100
