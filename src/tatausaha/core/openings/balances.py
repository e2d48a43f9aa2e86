"""Opening balances by unit on the day of moving in, each against the opening equity (rules/ledger 20)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.core.billing.services import held, openings
from tatausaha.core.imports.kinds import Column, Job, Kind, Outcome
from tatausaha.core.kernel import parts
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account
from tatausaha.core.openings import cells, queries, services
from tatausaha.core.openings.desks import Entry, FigureDesk, account_said, no_asset, person_said
from tatausaha.core.openings.forms import OpeningForm
from tatausaha.core.openings.models import Opening
from tatausaha.core.openings.services import Figure
from tatausaha.core.payments.services import suspense
from tatausaha.core.people import identity, roles
from tatausaha.core.people.models import Person
from tatausaha.core.people.services import create_person

BY_CASES = {int(chart.RECEIVABLES), int(chart.DEPOSITS)}
"""Accounts whose balance comes with the cases behind it: here it is only compared."""
HELD = {int(chart.CUSTOMER_BALANCE), int(chart.UNIDENTIFIED)}
_BODY = re.compile(r"\b(cv|pt|ud|toko|koperasi|yayasan|bank|pln|pdam)\b", re.IGNORECASE)


class BalanceDesk(FigureDesk):
    """Reads and writes opening balances."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._sums: dict[str, dict[tuple[int, int], int]] = {}

    def read(self, row: Mapping[str, str]) -> Entry:
        """A balance of an account, with its person where the account asks for one. Raises `Refused`."""
        unit = self.book.unit(row)
        day, account = self.book.day(unit), self.book.account(row)
        _takes_balances(account)
        figure = cells.amount(row, account)
        party, newcomer, phone = self._party(row, account)
        memo = (row.get("keterangan") or "").strip() or _now("Saldo awal")
        made = Figure(
            Opening.Kind.BALANCE, unit, account, figure, day, memo[:200], self.book.reason, party=party
        )
        self._fits(made)
        shown = (account_said(account), person_said(party, newcomer), figure * cells.side(account), unit.name)
        return Entry(made, shown, newcomer, phone)

    def _party(self, row: Mapping[str, str], account: Account) -> tuple[Person | None, str, str]:
        """Who the account is with: somebody known, or the name and number of somebody new."""
        if not account.needs_party:
            return None, "", ""
        name = " ".join((row.get("nama") or "").split())[:120]
        if not name:
            said = _now("Akun %(account)s dicatat per orang: isi kolom nama.")
            raise Refused(said % {"account": account_said(account)})
        person = self.book.person(row)
        if person is not None:
            return person, "", ""
        if account.pk in BY_CASES or account.pk == int(chart.CASH_DRAWER):
            raise Refused(_now("%(name)s belum tercatat di Tatausaha.") % {"name": name})
        return None, identity.person_name(name), identity.phone(row.get("hp") or "")

    def _fits(self, figure: Figure) -> None:
        """What the books would refuse later, said now."""
        usual = figure.amount * cells.side(figure.account) > 0
        if figure.account.never_negative and not usual:
            raise Refused(_now("%(account)s tidak boleh minus.") % {"account": account_said(figure.account)})
        if figure.account.pk == int(chart.CASH_DRAWER) and not roles.level(figure.party, figure.unit):
            said = _now("%(name)s tidak bekerja di %(unit)s, jadi tidak memegang kasnya.")
            raise Refused(said % {"name": figure.party, "unit": figure.unit.name})

    def foresee(self, items: Sequence[Entry]) -> list[Outcome | Refused]:
        """As for every figure; deposits and receivables are compared with what came with the tenants."""
        units = {one.figure.unit.pk for one in items}
        self._sums = {account: queries.party_sums(account, units) for account in map(str, BY_CASES)}
        usual = super().foresee(items)
        return [self._answer(one, answer) for one, answer in zip(items, usual, strict=True)]

    def _answer(self, entry: Entry, usual: Outcome | Refused) -> Outcome | Refused:
        account = entry.figure.account.pk
        if account in BY_CASES:
            return self._compared(entry.figure)
        return _held_changed(entry.figure) if account in HELD and usual == Outcome.UPDATED else usual

    def _compared(self, figure: Figure) -> Outcome | Refused:
        assert figure.party is not None
        sums = self._sums.get(str(figure.account.pk)) or queries.party_sums(
            str(figure.account.pk), [figure.unit.pk]
        )
        known = sums.get((figure.unit.pk, figure.party.pk), 0)
        if known == figure.amount:
            return Outcome.UNCHANGED
        said = _now(
            "%(account)s masuk bersama kasusnya, di langkah sebelumnya. Di sana %(known)s, di sini %(here)s:"
            " perbaiki salah satunya."
        )
        side = cells.side(figure.account)
        return Refused(
            said
            % {
                "account": figure.account.name,
                "known": rupiah(known * side),
                "here": rupiah(figure.amount * side),
            }
        )

    def write(self, item: Entry, number: int) -> Outcome:
        """Post one balance, with what is held behind it. Raises `Refused`."""
        self.set_day(item)
        figure = item.figure
        if figure.account.pk in BY_CASES:
            answer = self._compared(figure)
            if isinstance(answer, Refused):
                raise answer
            return answer
        if figure.party is None and item.newcomer:
            figure = replace(figure, party=self._newcomer(item))
        if figure.account.pk in HELD:
            return self._hold(figure, number)
        return services.bring(figure, self.job.run, number, by=self.job.by, at=self.job.at)

    def _newcomer(self, item: Entry) -> Person:
        kind = Person.Kind.LEGAL if _BODY.search(item.newcomer) else Person.Kind.NATURAL
        return create_person(name=item.newcomer, phone=item.phone, kind=kind, by=self.job.by, at=self.job.at)

    def _hold(self, figure: Figure, number: int) -> Outcome:
        known = Opening.objects.filter(key=figure.key).first()
        if known is not None:
            if known.amount == figure.amount:
                return Outcome.UNCHANGED
            raise _held_changed(figure)
        assert figure.party is not None
        by, at, key = self.job.by, self.job.at, f"{figure.key}|0"
        if figure.account.pk == int(chart.UNIDENTIFIED):
            journal = suspense.take_over(
                figure.unit,
                figure.party,
                -figure.amount,
                on=figure.on,
                reason=figure.reason,
                key=key,
                by=by,
                at=at,
            )
        else:
            place = held.balance_of(figure.unit, figure.party)
            journal = openings.take_over_held(
                place,
                -figure.amount,
                on=figure.on,
                note=figure.memo,
                reason=figure.reason,
                key=key,
                by=by,
                at=at,
            )
        services.remember(figure, journal, self.job.run, number, at=at)
        return Outcome.CREATED


def _held_changed(figure: Figure) -> Refused:
    said = _now(
        "%(account)s atas nama %(name)s sudah masuk dengan jumlah lain; ubah lewat halaman orang itu."
    )
    return Refused(said % {"account": figure.account.name, "name": figure.party})


def _takes_balances(account: Account) -> None:
    no_asset(account)
    if account.type in {Account.Type.REVENUE, Account.Type.EXPENSE}:
        said = _now("%(account)s bukan saldo: pendapatan dan beban masuk lewat ringkasan bulanan.")
        raise Refused(said % {"account": account_said(account)})
    if account.pk in {int(chart.OPENING_EQUITY), int(chart.BETWEEN_UNITS)}:
        said = _now("%(account)s dihitung sendiri: jangan diisi.")
        raise Refused(said % {"account": account_said(account)})
    if account.pk == int(chart.CUSTOMER_ADVANCES):
        raise Refused(
            _now(
                "Uang muka masuk bersama pesanannya: buat pesanannya, catat uang mukanya,"
                " dan kurangi saldo bank sebesar itu."
            )
        )


BALANCES = Kind(
    code="saldo-awal",
    title=_("Saldo awal"),
    lead=_(
        "Berapa isi kas dan bank, utang dan titipan pada pagi tanggal pindah. Satu baris setiap akun;"
        " aset dicatat satu per satu di halaman Aset."
    ),
    columns=(
        Column("unit", _("nama atau kode unit usaha"), "Melati", required=True),
        Column("akun", _("nomor atau nama akun"), "11201", required=True),
        Column("jumlah", _("rupiah; harta, utang, dan modal semuanya ditulis positif"), "25000000"),
        Column("debit", _("sebagai ganti jumlah, untuk yang biasa memakai debit dan kredit")),
        Column("kredit", _("sebagai ganti jumlah")),
        Column(
            "nama",
            _("orang atau badan, untuk kas di tangan, piutang, utang, saldo pelanggan dan titipan"),
            "",
        ),
        Column("hp", _("nomor HP orang itu, bila namanya tidak cukup"), ""),
        Column("keterangan", _("catatan pada jurnalnya")),
    ),
    help="memasukkan saldo awal per unit pada tanggal pindah",
    subject="akun",
    created=_("saldo baru"),
    shown=(
        parts.Column(_("Akun"), rank=1),
        parts.Column(_("Atas nama")),
        parts.Column(_("Jumlah"), parts.Kind.MONEY, rank=2),
        parts.Column(_("Unit")),
    ),
    open=BalanceDesk,
    form=OpeningForm,
    after=(_("Kembali ke langkah-langkahnya"), "moving_in"),
    sheet_name=_("Saldo awal"),
)
