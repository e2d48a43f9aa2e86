"""Who has not paid for how long: flagged for the manager, then decided by the owner (rules/boarding 8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Min, OuterRef, Q, Subquery, Sum

from tatausaha.business.boarding.models import Stay
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.queries import OPEN, invoices_of
from tatausaha.core.kernel import clock, words

HERE = ("living", "noticed")


@dataclass(frozen=True)
class Arrears:
    """A tenant who lives here with the oldest unpaid bill: since when, how many days, how much in rupiah."""

    stay: Stay
    since: date
    days: int
    amount: int


def of_stay(stay: Stay, *, at: datetime) -> Arrears | None:
    """What a tenant owes past its due date, if anything; no query where the page has just read the bills."""
    today = clock.day(at, stay.unit.zone)
    shown: list[Invoice] | None = getattr(stay, "_bills_shown", None)
    bills = bills_of(stay) if shown is None else shown
    late = [bill for bill in bills if bill.remaining > 0 and bill.due_on < today]
    if not late:
        return None
    since = late[0].due_on
    return Arrears(stay, since, (today - since).days, sum(bill.remaining for bill in late))


def bills_of(stay: Stay) -> list[Invoice]:
    """The bills of a stay that are not void, oldest first."""
    return list(invoices_of(stay))


def bills_to_show(stay: Stay) -> list[Invoice]:
    """The same, read now and kept on the stay for whatever else this look at the case asks of them."""
    stay._bills_shown = bills_of(stay)  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the look
    return stay._bills_shown  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001 - as above


def to_see(units: Iterable[int], *, at: datetime) -> list[Stay]:
    """The tenants of some units who owe something, or whose day of leaving has come; one query.

    Each with the oldest day due and what is left to pay of what was due, for `among`.
    """
    latest = max(clock.day(at, zone) for zone in words.ZONES)
    ids = list(units)
    overdue = Invoice.objects.filter(OPEN, procedure="boarding.stay", due_on__lt=latest).order_by()
    meant = Q(leave_on__lte=latest) | Q(pk__in=overdue.filter(unit__in=ids).values("subject_id"))
    mine = overdue.filter(subject_id=OuterRef("pk")).values("subject_id")
    left = Sum(F("total") - F("settled") - F("credited"))
    stays = Stay.objects.filter(meant, unit__in=ids, status__in=HERE).annotate(
        owes_since=Subquery(mine.annotate(one=Min("due_on")).values("one")),
        owes=Subquery(mine.annotate(one=left).values("one")),
    )
    return list(stays.select_related("unit", "customer", "room", "revision"))


def among(stays: Iterable[Stay], *, at: datetime) -> list[Arrears]:
    """Those who owe of the stays that `to_see` has read, the longest first; no query."""
    found = []
    for stay in stays:
        since: date | None = stay.owes_since  # type: ignore[attr-defined]  # annotated by `to_see`
        days = (clock.day(at, stay.unit.zone) - since).days if since else 0
        if since and days > 0:
            found.append(Arrears(stay, since, days, stay.owes))  # type: ignore[attr-defined]  # as above
    return sorted(found, key=lambda one: (one.since, one.stay.pk))


def gone(stays: Iterable[Stay], *, at: datetime) -> list[Stay]:
    """Those of some stays whose day of leaving has come and whose key is not back, the earliest first."""
    left = [
        (stay.leave_on, stay.pk, stay)
        for stay in stays
        if stay.leave_on and stay.leave_on <= clock.day(at, stay.unit.zone)
    ]
    return [stay for _day, _pk, stay in sorted(left, key=lambda one: one[:2])]
