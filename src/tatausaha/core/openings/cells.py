"""What stands in a cell of a table from paper: unit, account, amount, month, person; or why it cannot be used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from tatausaha.core.imports.kinds import Job
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import MONTHS, parse_date
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account
from tatausaha.core.openings import queries
from tatausaha.core.people import identity
from tatausaha.core.people.models import Person, Unit

Cells = Mapping[str, str]

AGAINST_ITS_TYPE = {int(chart.DRAWINGS), 42101, 42201}
"""Accounts that stand on the other side than their type: prive, returns, discounts."""
_MONTH = re.compile(r"(\d{4})[-/. ](\d{1,2})(?:[-/]\d{1,2})?|(\d{1,2})[-/. ](\d{4})|([a-z]+)[-/. ]+(\d{4})")


def side(account: Account) -> int:
    """1 where the account usually stands in debit, -1 where in credit."""
    return -account.sign if account.pk in AGAINST_ITS_TYPE else account.sign


@dataclass
class Book:
    """What the rows of one run are looked up in; read once."""

    job: Job
    _people: dict[str, Person | None] = field(default_factory=dict)

    @cached_property
    def units(self) -> dict[str, list[Unit]]:
        """Units by code and by name."""
        found: dict[str, list[Unit]] = {}
        for unit in Unit.objects.all():
            for name in {unit.code.casefold(), plain(unit.name)}:
                found.setdefault(name, []).append(unit)
        return found

    def add(self, unit: Unit) -> None:
        """A unit that a row of this run has made."""
        for name in {unit.code.casefold(), plain(unit.name)}:
            self.units.setdefault(name, []).append(unit)

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """Accounts that can be posted to, by code and by name."""
        open_ones = Account.objects.filter(is_detail=True, closed_on=None)
        return {name: one for one in open_ones for name in (one.code, plain(one.name))}

    @cached_property
    def days(self) -> dict[int, date]:
        """The day of moving in by unit; the one that was given beside the file where a unit has none."""
        return queries.cut_overs()

    @cached_property
    def given_day(self) -> date | None:
        """The day of moving in that was given beside the file."""
        said = self.job.run.options.get("per")
        return date.fromisoformat(said) if said else None

    @property
    def reason(self) -> str:
        """Why past months are written in."""
        return str(self.job.run.options.get("reason") or _("Pindah dari buku kertas."))

    def unit(self, cells: Cells, column: str = "unit") -> Unit:
        """The unit that a row names by code or name."""
        text = text_of(cells, column)
        found = self.units.get(plain(text), []) or self.units.get(text.casefold(), [])
        if not text:
            raise Refused(_("Kolom %(column)s kosong: tulis nama atau kodenya.") % {"column": column})
        if not found:
            raise Refused(_("Unit usaha “%(text)s” tidak ada.") % {"text": text[:40]})
        if len(found) > 1:
            raise Refused(_("Ada beberapa unit bernama “%(text)s”: tulis kodenya.") % {"text": text[:40]})
        return found[0]

    def day(self, unit: Unit) -> date:
        """The day on which the unit moves in. Raises `Refused` while nobody has set it."""
        on = self.days.get(unit.pk) or self.given_day
        if on is None:
            said = _("Tanggal pindah %(unit)s belum ditetapkan di halaman “Pindah dari buku kertas”.")
            raise Refused(said % {"unit": unit.name})
        if on > clock.day(self.job.at, unit.zone):
            raise Refused(_("Tanggal pindah tidak boleh di masa depan."))
        return on

    def account(self, cells: Cells) -> Account:
        """The account that a row names by number or name."""
        text = text_of(cells, "akun")
        code = re.match(r"\d{5}\b", text)
        found = self.accounts.get(code[0] if code else plain(text))
        if found is None:
            said = _("Akun “%(text)s” tidak ada atau sudah ditutup. Tulis nomornya, misalnya 11201.")
            raise Refused(said % {"text": text[:40]})
        return found

    def person(self, cells: Cells) -> Person | None:
        """The person that a row names, if the house knows them: by phone number, else by a name that is one's own."""
        name, typed = text_of(cells, "nama", 120), text_of(cells, "hp", 40)
        phone = identity.phone(typed)
        key = f"{phone}|{plain(name)}"
        if key not in self._people:
            self._people[key] = self._find(name, phone)
        return self._people[key]

    def _find(self, name: str, phone: str) -> Person | None:
        if phone:
            known = queries.person_with_phone(phone)
            if known and name and plain(known.name) != plain(name):
                said = _("Nomor HP ini milik %(name)s. Perbaiki nomor atau namanya.")
                raise Refused(said % {"name": known.name})
            return known
        found = queries.persons_called(name) if name else []
        if len(found) > 1:
            raise Refused(_("Ada beberapa orang bernama %(name)s: tulis nomor HP-nya.") % {"name": name})
        return found[0] if found else None


def amount(cells: Cells, account: Account) -> int:
    """Rupiah, debit positive, from `jumlah` (on the account's usual side) or from `debit` and `kredit`."""
    filled = [name for name in ("jumlah", "debit", "kredit") if text_of(cells, name) not in {"", "-", "–"}]
    if len(filled) != 1:
        raise Refused(_("Isi satu saja: jumlah, atau debit, atau kredit."))
    text = text_of(cells, filled[0])
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    try:
        figure = money.parse_rupiah(text)
    except Refused as no:
        said = _("Jumlah “%(text)s” tidak terbaca: %(why)s")
        raise Refused(said % {"text": text[:40], "why": no}) from no
    if not figure:
        raise Refused(_("Jumlah nol tidak perlu dimasukkan."))
    if filled[0] == "jumlah":
        return figure * side(account)
    if figure < 0:
        raise Refused(_("Debit dan kredit ditulis tanpa tanda minus."))
    return figure if filled[0] == "debit" else -figure


def month(cells: Cells) -> int:
    """`202603` from `2026-03`, `03/2026`, `Maret 2026` or any day of it."""
    text = text_of(cells, "bulan").lower()
    if found := _MONTH.fullmatch(text):
        year = int(found[1] or found[4] or found[6])
        number = int(found[2] or found[3] or MONTHS.get((found[5] or "").rstrip("."), 0))
    else:
        try:
            on = parse_date(text)
        except Refused as no:
            raise Refused(
                _("Bulan “%(text)s” tidak terbaca: tulis seperti 2026-03.") % {"text": text[:30]}
            ) from no
        year, number = on.year, on.month
    if not (1 <= number <= 12 and 1900 <= year <= 9999):
        raise Refused(_("Bulan “%(text)s” tidak terbaca: tulis seperti 2026-03.") % {"text": text[:30]})
    return year * 100 + number


def text_of(cells: Cells, name: str, longest: int = 200) -> str:
    """What stands in a cell, on one line."""
    return " ".join((cells.get(name) or "").split())[:longest]


def plain(text: str) -> str:
    """Letters and digits alone, to compare names by."""
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())
