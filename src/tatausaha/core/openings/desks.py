"""What opening balances and summaries of months have in common: a figure, shown, foreseen and posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.assets.classes import REGISTERED
from tatausaha.core.imports.kinds import Job, Outcome
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.models import Account, Journal
from tatausaha.core.openings import services
from tatausaha.core.openings.cells import Book
from tatausaha.core.openings.models import Opening
from tatausaha.core.openings.services import Figure
from tatausaha.core.people.models import Person


@dataclass(frozen=True)
class Entry:
    """A row as understood; `newcomer` is a name that becomes a person when the row is written."""

    figure: Figure
    shown: tuple[Any, ...]
    newcomer: str = ""
    phone: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What may stand only once in a file."""
        return f"{self.figure.key}|{self.newcomer.casefold()}|{self.phone}"


class FigureDesk:
    """Foresees and posts figures; subclasses read them."""

    def __init__(self, job: Job) -> None:
        self.job, self.book = job, Book(job)

    def foresee(self, items: Sequence[Entry]) -> list[Outcome | Refused]:
        """New, changed or the same, by what was brought before and still stands."""
        rows = Opening.objects.filter(key__in=[one.figure.key for one in items]).select_related("journal")
        known = {row.key: row for row in rows}
        gone = set(
            Journal.objects.filter(reverses__in=[row.journal_id for row in known.values()]).values_list(
                "reverses", flat=True
            )
        )
        return [self._outcome(one, known.get(one.figure.key), gone) for one in items]

    def _outcome(self, entry: Entry, known: Opening | None, gone: set[int | None]) -> Outcome:
        if known is None or entry.newcomer:
            return Outcome.CREATED
        same = known.amount == entry.figure.amount and known.journal_id not in gone
        return Outcome.UNCHANGED if same else Outcome.UPDATED

    def write(self, item: Entry, number: int) -> Outcome:
        """Post one row. Raises `Refused`."""
        self.set_day(item)
        return services.bring(item.figure, self.job.run, number, by=self.job.by, at=self.job.at)

    def set_day(self, item: Entry) -> None:
        """Keep the day that was given beside the file, where the unit had none."""
        unit = item.figure.unit
        if unit.pk not in self.book.days:
            on = self.book.day(unit)
            services.set_cut_over([unit], on, by=self.job.by, at=self.job.at)
            self.book.days[unit.pk] = on


def no_asset(account: Account) -> None:
    """Raises `Refused` for an account of assets: each comes into the register by itself, which books it."""
    if str(account.pk) in REGISTERED:
        said = _(
            "%(account)s: aset dicatat satu per satu di halaman Aset (%(page)s), masuk buku per tanggal pindah."
        )
        raise Refused(said % {"account": account_said(account), "page": reverse("asset_new")})


def account_said(account: Account) -> str:
    """Number and name."""
    return f"{account.code} {account.name}"


def person_said(person: Person | None, newcomer: str) -> str:
    """Who, and whether the house meets them for the first time."""
    if person is not None:
        return person.name
    return _("%(name)s (orang baru)") % {"name": newcomer} if newcomer else ""
