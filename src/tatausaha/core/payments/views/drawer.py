"""Cash in hand: who holds how much, one drawer since its last handover, and handing it over (boarding 16.3)."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.documents.sheets import print_sheet
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Chip, Column, Kind, Link, Row, Table, Tone
from tatausaha.core.kernel.words import long_date
from tatausaha.core.payments import drawers as cash
from tatausaha.core.payments import queries, services
from tatausaha.core.payments.drawers import Drawer
from tatausaha.core.payments.forms import HandoverForm
from tatausaha.core.payments.models import Expense, Handover, Refund
from tatausaha.core.payments.services import cash_slips, handover_slips
from tatausaha.core.payments.views.asking import asker, key_of, put
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries as cases

FORMS = {"80": "80mm"}
SLIPS = {"80": "80mm", "58": "58mm"}
SHOWN = 20
TONES = {"submitted": Tone.SOON, "booked": Tone.DONE, "rejected": Tone.LATE, "reversed": Tone.LATE}


@require_safe
@login_required
def drawers(request: HttpRequest) -> HttpResponse:
    """All cash in all hands for the owner; one's own drawers for whoever holds or manages one."""
    person, at = asker(request)
    owner = roles.is_owner(person)
    rows = cash.drawers_for(person, at=at)
    if not rows and not owner:
        raise Http404
    if len(rows) == 1 and not owner:
        return redirect("drawer", rows[0].unit.code, rows[0].holder.pk)
    wanted = request.GET.get("unit", "")
    shown = [one for one in rows if one.unit.code == wanted] if wanted else rows
    context = {
        "owner": owner,
        "table": _table(shown, holders=owner),
        "total": sum(one.balance for one in shown),
        "old": [one for one in shown if one.is_old],
        "all": reverse("drawers") if wanted else "",
    }
    return render(request, "payments/drawers.html", context)


def _table(rows: Iterable[Drawer], *, holders: bool) -> Table:
    columns = [
        Column(_("Pemegang") if holders else _("Unit"), rank=1), Column(_("Kas di tangan"), Kind.MONEY, rank=2),
        Column(_("Dipegang sejak"), Kind.DATE), Column(_("Keadaan"), Kind.CHIP),
    ]  # fmt: skip
    lines = [
        Row(
            [
                f"{one.holder.name}, {one.unit.name}" if holders else one.unit.name,
                one.balance,
                one.since,
                _chip(one),
            ],
            url=reverse("drawer", args=[one.unit.code, one.holder.pk]),
        )
        for one in rows
    ]
    return Table(columns, lines)


def _chip(one: Drawer) -> Chip:
    if one.waiting:
        return Chip(_("menunggu diterima"), Tone.SOON)
    if not one.balance:
        return Chip(_("kosong"), Tone.NEUTRAL)
    return Chip(_age(one.days), Tone.LATE if one.is_old else Tone.GOING)


def _age(days: int) -> str:
    return ngettext("%(days)d hari", "%(days)d hari", days) % {"days": days} if days else _("hari ini")


def _drawer(request: HttpRequest, code: str, holder: int) -> tuple[Person, Drawer]:
    person, at = asker(request)
    if (found := cash.drawer_for(person, code, holder, at=at)) is None:
        raise Http404
    return person, found


@require_safe
@login_required
def drawer(request: HttpRequest, code: str, holder: int) -> HttpResponse:
    """One drawer: what it holds and since when, every receipt and expense since the last handover."""
    person, found = _drawer(request, code, holder)
    card = cash.card_of(found)
    mine = holder in roles.acts_for(person)
    context = {
        "drawer": found,
        "mine": mine,
        "lead": _lead(found, mine=mine),
        "chip": _chip(found),
        "card": card,
        "table": _movements(card, found),
        "earlier": _handed(cash.earlier(found)[:SHOWN]),
        "crumbs": [Link(_("Kas di tangan"), reverse("drawers"))] if roles.is_owner(person) else [],
        "verb": _("Setor kas") if mine else _("Terima kas dari %(name)s") % {"name": found.holder.name},
    }
    return render(request, "payments/drawer.html", context)


def _lead(one: Drawer, *, mine: bool) -> str:
    if not one.balance:
        return _("Tidak ada uang tunai yang dipegang.")
    said = {
        "amount": rupiah(one.balance),
        "name": one.holder.name,
        "day": long_date(one.since) if one.since else "",
    }
    if mine:
        return _("Anda memegang %(amount)s, yang tertua sejak %(day)s.") % said
    return _("%(name)s memegang %(amount)s, yang tertua sejak %(day)s.") % said


def _movements(card: cash.Card, one: Drawer) -> Table:
    columns = [
        Column(_("Tanggal"), Kind.DATE), Column(_("Keterangan"), rank=1),
        Column(pgettext("uang", "Masuk"), Kind.MONEY, rank=2), Column(pgettext("uang", "Keluar"), Kind.MONEY),
        Column(pgettext("uang", "Sisa"), Kind.MONEY),
    ]  # fmt: skip
    rows = [
        Row(
            [
                line.on, line.what or _("Jurnal %(number)s") % {"number": line.journal},
                line.amount if line.amount > 0 else None, -line.amount if line.amount < 0 else None, line.balance,
            ],
            url=line.url,
        )
        for line in card.movements
    ]  # fmt: skip
    if card.opening:
        rows.insert(0, Row([None, _("Sisa sebelumnya"), None, None, card.opening]))
    return Table(
        columns, [*rows, Row([None, _("Kas di tangan sekarang"), None, None, one.balance], total=True)]
    )


def _handed(rows: Iterable[Handover]) -> Table:
    columns = [
        Column(_("Tanggal"), Kind.DATE), Column(_("Nomor"), rank=1), Column(_("Disetorkan"), Kind.MONEY, rank=2),
        Column(_("Keadaan"), Kind.CHIP), Column(_("Selisih"), Kind.MONEY), Column(_("Ke")),
    ]  # fmt: skip
    lines = [
        Row(
            [
                one.occurred_on, one.number, one.amount,
                Chip(one.get_status_display(), TONES.get(one.status, Tone.NEUTRAL)),
                one.difference or None, one.bank.bank if one.bank else _("pemilik"),
            ],
            url=one.get_absolute_url(),
        )
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines).filled()


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over(request: HttpRequest, code: str, holder: int) -> HttpResponse:
    """Count the drawer and hand it over; for the owner, receive it from its holder."""
    _person, at = asker(request)
    person, found = _drawer(request, code, holder)
    owner, mine = roles.is_owner(person), holder in roles.acts_for(person)
    form = HandoverForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        banks=list(queries.bank_accounts(found.unit)), to_owner=not (owner and mine),
        initial={"seen": found.balance},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = form.values(clock.day(at, found.unit.zone))
        try:
            case = services.hand_over(
                unit=found.unit, holder=found.holder, count=services.Count(**values), by=person, at=at,
                key=key_of(request),
            )  # fmt: skip
        except Refused as no:
            put(form, no)
            form.see(found.balance)
        else:
            booked = _("Setoran dibukukan dan tanda terimanya terbit.")
            waits = _("Setoran dicatat. Uangnya tetap atas nama Anda sampai pemilik menerimanya.")
            messages.success(request, booked if case.status == Handover.Status.BOOKED else waits)
            return redirect(case)
    context = {
        "form": form,
        "drawer": found,
        "mine": mine,
        "title": _("Setor kas") if mine else _("Terima kas dari %(name)s") % {"name": found.holder.name},
        "expected": rupiah(found.balance),
    }
    return render(request, "payments/hand_over.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def slip_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The slip of a handover on paper: A5, or a roll of 80 mm."""
    person, at = asker(request)
    case = cash.handover_for(person, number)
    if case is None or case.paper is None:
        raise Http404
    form = FORMS.get(request.GET.get("kertas", ""), "a5")
    return pdf_response(handover_slips.print_slip(case, form=form, by=person, at=at), case.paper.number)


@require_safe
@login_required
def cash_slip(request: HttpRequest, number: str) -> HttpResponse:
    """What is signed by who takes the cash of a refund or an expense: A5, or a roll of 80 or 58 mm.

    It says who gives the cash, so those who take it do not print it.
    """
    person, at = asker(request)
    case = cases.case_for(person, number)
    if not isinstance(case, Refund | Expense) or not cash_slips.has_slip(case):
        raise Http404
    if not cases.is_staff_of(person, case):
        raise Http404
    form = SLIPS.get(request.GET.get("kertas", ""), "a5")
    return pdf_response(print_sheet(cash_slips.slip_of(case, by=person, at=at), form=form), case.number)
