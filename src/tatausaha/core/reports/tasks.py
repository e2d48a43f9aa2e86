"""What the worker does for reports: reads the books through every night (rules/ledger 18)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock, verifications
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import chain
from tatausaha.core.ledger.verification import missing_heads
from tatausaha.core.notices.sentences import Note
from tatausaha.core.notices.services import tell_holders
from tatausaha.core.people.queries import company
from tatausaha.core.reports import calendar, cash, queries, services
from tatausaha.core.reports.models import BooksCheck

HOUR = 2
"""Of the night, on the company's wall clock."""


def check_books(at: datetime) -> BooksCheck | None:
    """Once a day from two o'clock on: ask every room whether what it keeps holds; owners hear of faults.

    Held money, bills, payments and receipts must agree with the books as well, before a report
    may say that all is even (rules/boarding 15.8).
    """
    house = company()
    if house is None or clock.local(at, house.zone).hour < HOUR:
        return None
    last = queries.last_check()
    if last is not None and clock.day(last.at, house.zone) >= clock.day(at, house.zone):
        return None
    findings = [str(found.sentence) for room in verifications.registry.values() for found in room.check()]
    seq, head = chain.tail()
    check = BooksCheck.objects.create(
        at=at, findings=len(findings), first=findings[0] if findings else "", seq=seq, head=head
    )
    services.witness(check, house)
    if findings:
        note = Note(
            "system", _("Buku tidak cocok"), _("%(count)s hal tidak cocok. Yang pertama: %(first)s"),
            {"count": len(findings), "first": check.first}, link="/buku/",
        )  # fmt: skip
        tell_holders(None, "owner", note=note, key=f"books|{check.pk}", at=at)
    return check


def verify() -> Iterator[verifications.Finding]:
    """Whether the chain still holds what it ended with at each nightly check, as the owners were told."""
    for seq, head in queries.lost_heads():
        for one in missing_heads([f"{seq}-{head}"]):
            yield verifications.Finding(one.code, one.sentence)


def bridges() -> Iterator[verifications.Finding]:
    """Whether profit by right and profit by cash are joined to the rupiah, for every unit and month (rule 15)."""
    units, (first, last) = queries.all_units(), queries.months_of_books()
    for unit, ym, rest in cash.open_bridges(units, first, last) if first else ():
        sentence = _now("%(unit)s, %(month)s: antara laba akrual dan laba kas ada %(amount)s tanpa sebab.")
        yield verifications.Finding(
            "bridge",
            sentence % {"unit": unit.name, "month": calendar.said(ym), "amount": rupiah(rest)},
            f"{unit.code} {ym}",
        )
