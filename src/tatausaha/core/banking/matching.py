"""What open lines may be: looked up for all of them at once, with a fixed number of queries.

Nothing here writes. A proposal is *sure* where the amount with its unique code names one payment
that waits, or where one booking of the same amount lies next to it; everything else is for a
person's eyes: the amount alone, the name, the day.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from tatausaha.core.banking.models import BankLine, Match
from tatausaha.core.banking.queries import STANDS, served
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.queries import OPEN
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.words import short_date
from tatausaha.core.ledger.models import Entry, Journal
from tatausaha.core.payments.models import BankAccount, Expense, Handover, Payment, Refund
from tatausaha.core.people.models import Person, Unit

BOOKED_WITHIN = timedelta(days=5)
"""How far the day of a booking may lie from the bank's."""
SURE_WITHIN = timedelta(days=3)
WAITED = timedelta(days=45)
"""How long ago a transfer was announced that may still come, although it lapsed or was rejected."""
CROWD = 100
"""Lines and bills of one and the same amount that are compared by name; beyond them a name tells nothing any more."""
MOST = 5
"""Proposals that are shown for one line."""


@dataclass(frozen=True)
class Proposal:
    """What a line may be: `kind` and `pk` name it, `rank` orders (small is better), `why` says the reason."""

    kind: str
    pk: int
    label: str
    why: str
    url: str = ""
    sure: bool = False
    rank: int = 9

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.pk}"


Found = dict[int, list[Proposal]]


def propose(lines: Sequence[BankLine], account: BankAccount, person: Person) -> Found:
    """Proposals for open lines of one account, by the line's id, the best first; none where nothing fits."""
    found: Found = defaultdict(list)
    if not lines:
        return found
    units = served(account, person)
    same = defaultdict(list)
    for line in lines:
        same[line.amount].append(line)
    for source in (_booked, _awaited, _billed, _going_out):
        for line_id, proposal in source(same, lines, account, units):
            found[line_id].append(proposal)
    return {pk: sorted(some, key=lambda one: one.rank)[:MOST] for pk, some in found.items()}


Same = dict[int, list[BankLine]]
Answer = Iterator[tuple[int, Proposal]]


def unmatched_journals(account: BankAccount, first: date, last: date) -> QuerySet[Journal]:
    """What was booked on the account between two days of happening and belongs to no line yet."""
    taken = Match.objects.filter(STANDS, bank_account=account, journal__isnull=False).values("journal")
    moved = Entry.objects.filter(account=int(account.account)).values("journal")
    booked = Journal.objects.filter(pk__in=moved, event_on__gte=first, event_on__lte=last)
    return booked.filter(reverses__isnull=True, reversal__isnull=True).exclude(
        Q(pk__in=taken) | Q(replaces__isnull=False, replaces__in=taken)
    )


def _booked(same: Same, lines: Sequence[BankLine], account: BankAccount, _units: Sequence[Unit]) -> Answer:
    """What stands in the books already, from a confirmation by hand, an expense, a refund, a handover."""
    first, last = min(line.on for line in lines), max(line.on for line in lines)
    near = unmatched_journals(account, first - BOOKED_WITHIN, last + BOOKED_WITHIN)
    rows = (
        Entry.objects.filter(account=int(account.account), journal__in=near)
        .values("journal", "journal__event_on", "journal__memo", "journal__kind")
        .annotate(net=Sum("amount"))
    )
    alone = not BankAccount.objects.filter(account=account.account).exclude(pk=account.pk).exists()
    by_amount = defaultdict(list)
    for row in rows:
        by_amount[row["net"]].append(row)
    for amount, booked in by_amount.items():
        near_lines = {
            row["journal"]: [
                one for one in same.get(amount, ()) if abs(one.on - row["journal__event_on"]) <= BOOKED_WITHIN
            ]
            for row in booked
        }
        counted: dict[int, int] = defaultdict(int)
        for some in near_lines.values():
            for line in some:
                counted[line.pk] += 1
        for row in booked:
            some = near_lines[row["journal"]]
            for line in some:
                on = row["journal__event_on"]
                sure = alone and len(some) == counted[line.pk] == 1 and abs(line.on - on) <= SURE_WITHIN
                said = _("Sudah dibukukan %(day)s dengan jumlah yang sama.") % {"day": short_date(on)}
                label = row["journal__memo"] or row["journal__kind"]
                yield (
                    line.pk,
                    Proposal("journal", row["journal"], label, said, sure=sure, rank=0 if sure else 3),
                )


def _awaited(same: Same, lines: Sequence[BankLine], account: BankAccount, _units: Sequence[Unit]) -> Answer:
    """Transfers that were announced: by their exact amount with the unique code, else by the amount alone."""
    since = min(line.on for line in lines) - WAITED
    waiting = (
        Payment.objects.filter(bank=account, method="transfer")
        .filter(Q(status__in=Payment.LIVE) | Q(status__in=["lapsed", "rejected"], opened_at__date__gte=since))
        .select_related("customer", "unit")
        .order_by("-pk")
    )
    for payment in waiting:
        live = payment.status in Payment.LIVE
        begun = clock.day(payment.opened_at, payment.unit.zone)
        exact = same.get(payment.expected_amount or -1, ())
        for line in exact:
            in_time = line.on >= begun
            sure = live and in_time and len(exact) == 1 and bool(payment.expected_amount != payment.amount)
            yield (
                line.pk,
                _of_payment(
                    payment, _exact_reason(payment, line, live=live), sure=sure, rank=0 if sure else 2
                ),
            )
        if payment.expected_amount == payment.amount:
            continue
        for line in same.get(payment.amount, ())[:CROWD]:
            named = likeness(_name(payment.customer), line.text)
            if named or payment.number in line.text.upper():
                why = _("Jumlah tanpa kode unik, dan namanya mirip dengan yang tertulis di mutasi.")
                yield line.pk, _of_payment(payment, why, rank=4)
            elif live and payment.expected_amount is None:
                why = _("Transfer ini ditunggu tanpa kode unik, dan jumlahnya sama.")
                yield line.pk, _of_payment(payment, why, rank=6)


def _exact_reason(payment: Payment, line: BankLine, *, live: bool) -> str:
    if not live:
        return _("Jumlah persis sama, tetapi transfer ini sudah %(state)s.") % {
            "state": payment.get_status_display()
        }
    if payment.number in line.text.upper():
        return _("Jumlah dengan kode unik persis sama, dan nomornya tertulis di berita.")
    if payment.status in Payment.PENDING:
        return _("Jumlah dengan kode unik persis sama; buktinya menunggu diperiksa.")
    return _("Jumlah dengan kode unik persis sama dengan yang ditunggu.")


def _of_payment(payment: Payment, why: str, *, sure: bool = False, rank: int) -> Proposal:
    label = f"{payment.number}, {_name(payment.customer)}: {payment.headline}"
    return Proposal("payment", payment.pk, label, why, payment.get_absolute_url(), sure, rank)


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _billed(same: Same, _lines: Sequence[BankLine], _account: BankAccount, units: Sequence[Unit]) -> Answer:
    """Open bills of that very sum for which nobody announced a transfer."""
    if not any(amount > 0 for amount in same):
        return
    rows = (
        Invoice.objects.filter(OPEN, unit__in=units)
        .annotate(left=F("total") - F("settled"))
        .exclude(payments__status__in=Payment.LIVE)
        .select_related("payer")
        .order_by("due_on", "pk")
    )
    if len(same) <= 500:
        rows = rows.filter(left__in=list(same))
    looked_at: dict[int, int] = defaultdict(int)
    for bill in rows:
        looked_at[bill.left] += 1
        for line in same.get(bill.left, ())[:CROWD] if looked_at[bill.left] <= CROWD else ():
            named = likeness(bill.payer.name, line.text)
            near = abs(line.on - bill.due_on) <= timedelta(days=31)
            if not (named or near):
                continue
            why = _("Tagihan terbuka dengan jumlah yang sama")
            why += _(", dan nama yang mirip.") if named else _("; namanya tidak tertulis di mutasi.")
            label = f"{bill.number}, {bill.payer.name}"
            yield (
                line.pk,
                Proposal("bill", bill.pk, label, why, bill.get_absolute_url(), rank=5 if named else 7),
            )


def _going_out(same: Same, _lines: Sequence[BankLine], account: BankAccount, units: Sequence[Unit]) -> Answer:
    """Refunds and expenses that wait to be paid, and handovers that wait to be received."""
    out = [-amount for amount in same if amount < 0]
    why = _("Menunggu dengan jumlah yang sama.")
    if out:
        refunds = Refund.objects.filter(status=Refund.Status.DUE, unit__in=units, amount__in=out[:900])
        expenses = Expense.objects.filter(
            status=Expense.Status.APPROVED, unit__in=units, amount__in=out[:900], bank=account
        )
        for kind, cases in (("refund", refunds), ("expense", expenses)):
            for case in cases.order_by("pk"):
                for line in same[-case.amount]:
                    yield (
                        line.pk,
                        Proposal(kind, case.pk, case.headline, why, case.get_absolute_url(), rank=3),
                    )
    waiting = Handover.objects.filter(status=Handover.Status.SUBMITTED, bank=account).order_by("pk")
    for one in waiting:
        for line in same.get(one.amount, ()):
            yield line.pk, Proposal("handover", one.pk, one.headline, why, one.get_absolute_url(), rank=2)


def likeness(name: str, text: str) -> bool:
    """Whether a bank's line, cut off and in capitals, seems to name the person: two words of his, or his only one."""
    wanted = [word for word in re.findall(r"[a-z]+", name.lower()) if len(word) > 2]
    told = re.findall(r"[a-z]+", text.lower())
    hits = sum(any(_same_word(word, one) for one in told) for word in wanted)
    return bool(wanted) and hits >= min(2, len(wanted))


def _same_word(word: str, told: str) -> bool:
    return told == word or (len(told) > 3 and word.startswith(told))


def sure_ones(
    found: Found, lines: Iterable[BankLine], most: int | None = None
) -> list[tuple[BankLine, Proposal]]:
    """Lines with exactly one sure proposal, in their order; at most so many."""
    pairs = ((line, [one for one in found.get(line.pk, ()) if one.sure]) for line in lines)
    return list(islice(((line, some[0]) for line, some in pairs if len(some) == 1), most))
