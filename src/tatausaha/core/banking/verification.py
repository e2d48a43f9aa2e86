"""What does not add up between bank lines, their matches and the books."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery, Sum

from tatausaha.core.banking.marks import fingerprint
from tatausaha.core.banking.models import BankLine, Match
from tatausaha.core.kernel.verifications import Finding
from tatausaha.core.ledger.models import Entry
from tatausaha.core.payments.models import BankAccount


def verify() -> Iterator[Finding]:
    """A line that is not what was taken in, and a match whose journal moved something else."""
    said = ("pk", "fingerprint", "on", "reference", "text", "sen", "balance")
    for pk, mark, *told in BankLine.objects.order_by("pk").values_list(*said).iterator():
        if fingerprint(*told) != mark:
            yield Finding("banking", f"bank line {pk}: it is not what the statement said")
    for account in BankAccount.objects.order_by("pk"):
        moved = Entry.objects.filter(journal=OuterRef("journal"), account=int(account.account)).order_by()
        net = Subquery(moved.values("journal").annotate(net=Sum("amount")).values("net"))
        booked = Match.objects.filter(bank_account=account, journal__isnull=False, undone_at__isnull=True)
        for match in booked.annotate(net=net).exclude(net=F("line__amount")).order_by("pk"):
            yield Finding(
                "banking", f"bank line {match.line_id}: its journal moved another amount on the account"
            )
