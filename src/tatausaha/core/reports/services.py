"""What may be done to a month from the pages of reports: corrections, and asking for a pass (KOS-18)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import months
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Account, Journal, Seal
from tatausaha.core.ledger.services import Draft, Line, close_month, post, rebook, reverse
from tatausaha.core.ledger.verification import SHORTEST_HEAD
from tatausaha.core.notices.sentences import Note
from tatausaha.core.notices.services import mail_holders, tell, tell_holders
from tatausaha.core.people import roles
from tatausaha.core.people.models import Company, Person, Unit
from tatausaha.core.procedures.services import begin
from tatausaha.core.reports import calendar, owner_money, prioryears, queries
from tatausaha.core.reports.models import BooksCheck, PassRequest
from tatausaha.core.reports.prioryears import How

SHORTEST_REASON = 10
BY_HAND = frozenset({"correction", *owner_money.KINDS})
"""Journals that belong to no case: the owner takes them back where they stand."""


def correct(
    *, unit: Unit, ym: int, on: date, debit: Account, credit: Account, amount: int, memo: str, reason: str,
    debit_party: Person | None = None, credit_party: Person | None = None, key: str, by: Person, at: datetime,
    how: str = How.RESTATE,
) -> Journal:  # fmt: skip
    """Post a correcting entry of two lines in a month of a unit: the owner, or whoever holds a pass.

    A past month asks for a reason and gets its next version; of a past year the owner may choose
    (`how`) that it is booked today as a line of earlier years, and the past year stays. `key` is the form's own: sent
    twice, the first journal is returned. Raises `Refused` as the ledger does.
    """
    if not queries.may_correct(by, unit, ym, at):
        raise Refused(_("Koreksi dicatat oleh pemilik, atau dengan izin pemilik."))
    lines: tuple[Line, ...] = correction_lines(
        ym=ym, on=on, debit=debit, credit=credit, amount=amount,
        debit_party=debit_party, credit_party=credit_party,
    )  # fmt: skip
    book_on = on
    if how == How.CURRENT:
        if not (roles.is_owner(by) and prioryears.is_past_year(unit, ym, at)):
            raise Refused(
                _("Hanya pemilik yang memilih, dan hanya untuk tahun yang sudah lewat."), field="how"
            )
        lines = prioryears.told_now(lines, ym, {debit.pk: debit, credit.pk: credit})
        book_on = clock.day(at, unit.zone)
    draft = Draft(
        key=f"{unit.pk}|correction|{key}|post|0", unit=unit, kind="correction", event_on=on, book_on=book_on,
        lines=lines, memo=memo, reason=reason,
    )  # fmt: skip
    return post(draft, by=by, at=at)


def correction_lines(
    *, ym: int, on: date, debit: Account, credit: Account, amount: int,
    debit_party: Person | None = None, credit_party: Person | None = None,
) -> tuple[Line, Line]:  # fmt: skip
    """The two lines of a correction; raises `Refused` where they make no entry of that month."""
    if months.of(on) != ym:
        raise Refused(_("Tanggal ini tidak di bulan %(month)s.") % {"month": calendar.said(ym)}, field="on")
    if amount <= 0:
        raise Refused(_("Jumlahnya harus lebih dari nol."), field="amount")
    if debit == credit:
        raise Refused(_("Pilih dua akun yang berbeda."), field="credit")
    for side, account, party in (("debit", debit, debit_party), ("credit", credit, credit_party)):
        if account.pk in queries.CASES_ONLY:
            raise Refused(
                _(
                    "%(name)s mengikuti tagihan, pembayaran dan uang yang dipegang. Betulkan di sana: batalkan"
                    " pembayarannya, buat nota kredit, atau kembalikan uangnya."
                )
                % {"name": account.name},
                field=side,
            )
        if account.needs_party and party is None:
            raise Refused(
                _("Akun %(name)s perlu nama orangnya.") % {"name": account.name}, field=f"{side}_party"
            )
    return (
        Line(str(debit.pk), amount, debit_party if debit.needs_party else None),
        Line(str(credit.pk), -amount, credit_party if credit.needs_party else None),
    )


def undo_correction(journal: Journal, *, reason: str, by: Person, at: datetime) -> Journal:
    """Take a correcting entry, or the owner's own money, back in its own month.

    Entries of cases are undone by their case.
    """
    if journal.kind not in BY_HAND:
        raise Refused(_("Jurnal ini milik sebuah urusan. Batalkan lewat urusannya."))
    if not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang dapat membalik koreksi."))
    journal = ledger.in_force(journal)
    return reverse(journal, by=by, at=at, reason=reason, book_on=journal.book_on)


def move(journal: Journal, *, book_on: date, reason: str, by: Person, at: datetime) -> Journal:
    """Book a journal in another month, with a reason; for the owner (rules/boarding 10)."""
    check_move(journal, book_on=book_on)
    return rebook(journal, book_on=book_on, by=by, at=at, reason=reason)


def check_move(journal: Journal, *, book_on: date) -> None:
    """Raise `Refused` where a move would change nothing."""
    if months.of(book_on) == journal.ym:
        raise Refused(_("Jurnal ini sudah ada di bulan itu."), field="book_on")


def ask_pass(*, unit: str, month: str, reason: str, by: Person, at: datetime) -> PassRequest:
    """Ask the owner to open one past month of a unit; the owner is told at once.

    `unit` is the unit's code and `month` such as `2026-03`. Raises `Refused` for a month that
    runs still, a unit that the person does not manage, and for owners, who need no pass.
    """
    place = next((one for one in queries.keepers_units(by) if one.code == unit), None)
    if place is None:
        raise Refused(_("Anda tidak mengelola unit usaha ini."), field="unit")
    if roles.is_owner(by):
        raise Refused(_("Pemilik tidak memerlukan izin."))
    ym = calendar.parse(month)
    if ym is None or ym >= calendar.running(place, at):
        raise Refused(_("Izin hanya untuk bulan yang sudah lewat."), field="month")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Tulis alasannya, paling sedikit 10 huruf."), field="reason")
    said = {"month": calendar.said(ym), "unit": place.name, "name": by.name}
    request = begin(
        PassRequest(
            unit=place, customer=by, ym=ym, reason=reason.strip(),
            headline=(_("Izin %(month)s untuk %(name)s, %(unit)s") % said)[:160],
        ),
        by=by, at=at, data={"reason": reason.strip()},
    )  # fmt: skip
    note = Note(
        "work", gettext_lazy("%(name)s minta izin mengubah %(month)s"), gettext_lazy("%(unit)s. Alasannya: %(reason)s"),
        said | {"reason": reason.strip()}, link=request.get_absolute_url(), about=request.number,
    )  # fmt: skip
    tell_holders(None, "owner", note=note, key=f"pass|{request.pk}|asked", at=at)
    return request


@transaction.atomic
def close(unit: Unit, ym: int, *, by: Person, at: datetime) -> Seal:
    """Close a month and send its seal to the owners: what they hold cannot be rewritten here (rules/ledger 18)."""
    seal = close_month(unit, ym, by=by, at=at)
    said: dict[str, Any] = {
        "month": calendar.said(ym),
        "unit": unit.name,
        "n": seal.version,
        "head": seal.head[:SHORTEST_HEAD],
    }
    note = Note(
        "seal", gettext_lazy("%(month)s ditutup, segel %(head)s"),
        gettext_lazy(
            "%(unit)s, versi %(n)s. Simpan pesan ini: dengan segelnya dapat dibuktikan kemudian bahwa"
            " catatan sampai saat ini tidak diubah."
        ),
        said, link=f"/laporan/{unit.code}/{calendar.slug(ym)}/",
    )  # fmt: skip
    tell_holders(None, "owner", note=note, key=f"seal|{seal.pk}", at=at)
    return seal


def witness(check: BooksCheck, house: Company) -> None:
    """Mail where the chain ended to the owners, each night: the witness outside the house (rules/ledger 18)."""
    said: dict[str, Any] = {
        "day": words.short_date(clock.day(check.at, house.zone)),
        "seal": f"{check.seq}-{check.head[:SHORTEST_HEAD]}",
    }
    note = Note(
        "seal", gettext_lazy("Segel buku %(day)s: %(seal)s"),
        gettext_lazy(
            "Simpan pesan ini. Kalau suatu saat ada yang memotong atau menulis ulang catatan, pemeriksaan"
            " dengan segel ini menunjukkannya."
        ),
        said, link="/buku/",
    )  # fmt: skip
    mail_holders(None, "owner", note=note, key=f"head|{check.pk}", at=check.at)


def tell_answer(request: PassRequest, *, at: datetime, given: bool, note: str = "") -> None:
    """Whoever asked hears what the owner said."""
    assert request.customer is not None
    values: dict[str, Any] = {"month": calendar.said(request.ym), "unit": request.unit.name, "note": note}
    title = gettext_lazy("Izin %(month)s diberikan") if given else gettext_lazy("Izin %(month)s ditolak")
    text = "%(unit)s. %(note)s"
    answer = Note("work", title, text, values, link=request.get_absolute_url(), about=request.number)
    tell(request.customer, answer, key=f"pass|{request.pk}|answered", at=at, unit=request.unit)
