"""Lines of bank statements that nobody has said anything about, on *Hari ini* (rules/boarding 16.7).

They are asked for together with the number of unread notices, which the page needs anyway: the
home of everybody has no question to spare.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import CharField, Count, DateField, IntegerField, Min, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tatausaha.core.banking import queries
from tatausaha.core.kernel.words import short_date
from tatausaha.core.notices import queries as notices
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.web.parts import NextStep, Tone, Work


class Told(NamedTuple):
    """An account with open lines: how many, and since which day."""

    account: int
    unit: int | None
    bank: str
    number: str
    lines: int
    first: object


def ask(person: Person, *, at: datetime) -> tuple[list[Told], int]:
    """Accounts with open lines that the person may look at, and how many notices he has not read: one question."""
    rows = (
        queries.open_lines_for(person, at=at)
        .order_by()
        .values_list("bank_account", "bank_account__unit", "bank_account__bank", "bank_account__number")
        .annotate(lines=Count("pk"), first=Min("on"))
    )
    unread = (
        Person.objects.filter(pk=person.pk)
        .order_by()
        .annotate(
            account=Value(0), unit=Value(None, IntegerField()), bank=Value("", CharField()),
            number=Value("", CharField()),
            lines=Coalesce(notices.unread_for(person), 0), first=Value(None, DateField()),
        )
        .values_list("account", "unit", "bank", "number", "lines", "first")
    )  # fmt: skip
    told = [Told(*row) for row in rows.union(unread, all=True)]
    return [one for one in told if one.account], sum(one.lines for one in told if not one.account)


def works(told: Iterable[Told], units: dict[int, Unit]) -> list[Work]:
    """A line for each account of the units that are looked at; the company's own is always there."""
    return [_work(one) for one in told if one.unit is None or one.unit in units]


def _work(one: Told) -> Work:
    said = ngettext("%(n)d baris mutasi belum dicocokkan", "%(n)d baris mutasi belum dicocokkan", one.lines)
    url = f"{reverse('bank_month', args=[one.account])}?bulan={one.first:%Y-%m}"
    since = _("sejak %(day)s") % {"day": short_date(one.first)}  # type: ignore[arg-type]  # an account has a first day
    step = NextStep(_("Cocokkan"), url, opens=True)
    return Work(
        said % {"n": one.lines},
        url,
        when=since,
        meta=(f"{one.bank} {one.number}",),
        tone=Tone.SOON,
        step=step,
    )
