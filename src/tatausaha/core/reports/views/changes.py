"""What is done to a month: closing it, correcting it, asking for a pass, moving a journal (KOS-17, KOS-18)."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tatausaha.core.kernel import clock, ids
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Link
from tatausaha.core.ledger import months
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import close_month, readiness, revoke
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, causes, forms, queries, services
from tatausaha.core.reports.views.doors import Desk, keepers

KEY = "form_key"
FORM = require_http_methods(["GET", "HEAD", "POST"])


def _put(form: Form, no: Refused) -> None:
    form.add_error(no.field if no.field in form.fields else None, str(no))


def _crumbs(unit: Unit, ym: int) -> list[Link]:
    month = reverse("report_month", args=[unit.code, calendar.slug(ym)])
    return [Link(_("Laporan"), reverse("reports")), Link(calendar.said(ym), month)]


def _place(desk: Desk, code: str, month: str) -> tuple[Unit, int]:
    unit = desk.unit(code)
    return unit, desk.month(month, unit)


@FORM
@keepers
def close(request: HttpRequest, desk: Desk, code: str, month: str) -> HttpResponseBase:
    """What is still open in the month, and the button that seals it as version 1."""
    unit, ym = _place(desk, code, month)
    if request.method == "POST":
        try:
            seal = close_month(unit, ym, by=desk.person, at=desk.at)
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(
                request,
                _("%(month)s ditutup sebagai versi %(n)d.") % {"month": calendar.said(ym), "n": seal.version},
            )
        return redirect("report_month", unit.code, calendar.slug(ym))
    context = {
        "unit": unit, "month": calendar.said(ym), "open": readiness(unit, ym), "crumbs": _crumbs(unit, ym),
        "over": ym < calendar.running(unit, desk.at), "closed": ledger.latest_seal(unit, ym),
    }  # fmt: skip
    return render(request, "reports/close.html", context)


@FORM
@keepers
def correct(request: HttpRequest, desk: Desk, code: str, month: str) -> HttpResponseBase:
    """A correcting entry in the month, with its reason; for the owner, or with the owner's pass."""
    unit, ym = _place(desk, code, month)
    if not queries.may_correct(desk.person, unit, ym, desk.at):
        raise Http404
    last = min(months.first_day(months.after(ym)) - timedelta(days=1), clock.day(desk.at, unit.zone))
    form = forms.CorrectionForm(
        request.POST if request.method == "POST" else None,
        chart=queries.accounts(), people=queries.parties(unit), initial={"on": last},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        key = request.POST.get(KEY, "")[:64] or ids.token()
        try:
            journal = services.correct(unit=unit, ym=ym, key=key, by=desk.person, at=desk.at, **form.values())
        except Refused as no:
            _put(form, no)
        else:
            messages.success(
                request, _("Koreksi dibukukan. %(what)s") % {"what": _consequence(unit, ym, done=True)}
            )
            return redirect("journal", journal.pk)
    context = {
        "form": form, "unit": unit, "month": calendar.said(ym), "crumbs": _crumbs(unit, ym),
        "consequence": _consequence(unit, ym), "lock_pass": queries.live_pass(desk.person, unit, ym, desk.at),
    }  # fmt: skip
    return render(request, "reports/correct.html", context, status=422 if form.errors else 200)


def _consequence(unit: Unit, ym: int, *, done: bool = False) -> str:
    """What a change of this month does to reports that were closed already, said before and after."""
    seal = ledger.latest_seal(unit, ym)
    if seal is None:
        return ""
    values = {"month": calendar.said(ym), "n": seal.version + (0 if done else 1)}
    if done:
        return _("Laporan %(month)s sekarang versi %(n)d; versi sebelumnya tetap dapat dicetak.") % values
    return (
        _("Laporan %(month)s akan menjadi versi %(n)d. Versi sebelumnya tetap disimpan dan dapat dicetak.")
        % values
    )


@FORM
@keepers
def ask(request: HttpRequest, desk: Desk, code: str, month: str) -> HttpResponseBase:
    """Ask the owner to open the month; the answer comes to the inbox."""
    unit, ym = _place(desk, code, month)
    place = {"unit": unit.code, "month": calendar.slug(ym)}
    given = {**place, "reason": request.POST.get("reason", "")} if request.method == "POST" else None
    form = forms.AskPassForm(given, initial=place)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_pass(by=desk.person, at=desk.at, **form.cleaned_data)
        except Refused as no:
            _put(form, no)
        else:
            messages.success(
                request, _("Permintaan dikirim ke pemilik. Jawabannya masuk ke kotak masuk Anda.")
            )
            return redirect(made)
    context = {"form": form, "unit": unit, "month": calendar.said(ym), "crumbs": _crumbs(unit, ym)}
    return render(request, "reports/ask.html", context, status=422 if form.errors else 200)


# Journals


def _journal(desk: Desk, pk: int) -> Journal:
    journal = queries.journal_for(desk.person, pk)
    if journal is None or not desk.is_owner:
        raise Http404
    return journal


@FORM
@keepers
def move(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """Book a journal in another month: its mirror on the old day, a new one on the new."""
    journal = _journal(desk, pk)
    form = forms.MoveForm(
        request.POST if request.method == "POST" else None, initial={"book_on": journal.event_on}
    )
    if request.method == "POST" and form.is_valid():
        try:
            moved = services.move(journal, by=desk.person, at=desk.at, **form.cleaned_data)
        except Refused as no:
            _put(form, no)
        else:
            messages.success(request, _("Dibukukan kembali pada tanggal yang baru."))
            return redirect("journal", moved.pk)
    title = _("Pindahkan jurnal #%(n)d ke bulan lain") % {"n": journal.pk}
    return _journal_form(request, journal, form, title, _("Pindahkan"))


@FORM
@keepers
def undo(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """Take a correcting entry back."""
    journal = _journal(desk, pk)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            mirror = services.undo_correction(journal, by=desk.person, at=desk.at, **form.cleaned_data)
        except Refused as no:
            _put(form, no)
        else:
            messages.success(request, _("Koreksi dibalik."))
            return redirect("journal", mirror.pk)
    title = _("Balik jurnal #%(n)d") % {"n": journal.pk}
    return _journal_form(request, journal, form, title, _("Balik koreksi ini"))


def _journal_form(
    request: HttpRequest, journal: Journal, form: Form, title: str, button: str
) -> HttpResponse:
    consequence = ""
    if journal.ym < months.of(clock.day(request.at, journal.unit.zone)):  # type: ignore[attr-defined]
        consequence = _consequence(journal.unit, journal.ym)
    context: dict[str, Any] = {
        "form": form, "title": title, "button": button, "journal": journal, "consequence": consequence,
        "kind": causes.kind_label(journal.kind),
        "crumbs": [Link(_("Buku"), reverse("books")), Link(f"#{journal.pk}", reverse("journal", args=[journal.pk]))],
    }  # fmt: skip
    return render(request, "reports/journal_form.html", context, status=422 if form.errors else 200)


# Passes


@require_safe
@keepers
def passes(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Who may write in which past month, and who could."""
    context = {
        "passes": [_pass_row(one, desk) for one in queries.passes_found(desk.person)[:50]],
        "waiting": list(queries.open_requests(desk.person)[:50]),
        "owner": desk.is_owner,
        "crumbs": [Link(_("Buku"), reverse("books"))],
    }
    return render(request, "reports/passes.html", context)


def _pass_row(one: Any, desk: Desk) -> dict[str, Any]:
    ended = one.revoked_at or (one.ends_at if one.ends_at <= desk.at else None)
    return {
        "pass": one,
        "url": reverse("pass", args=[one.pk]),
        "month": calendar.said(one.from_ym),
        "used": one.used,
        "live": ended is None and one.used < one.max_journals,
        "revoked": one.revoked_at is not None,
    }


@require_safe
@keepers
def lock_pass(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """One pass, and what was changed under it."""
    found = queries.pass_for(desk.person, pk)
    if found is None:
        raise Http404
    changed = list(ledger.changed_under(found).select_related("actor", "unit")[: found.max_journals])
    context = {
        "pass": found,
        "month": calendar.said(found.from_ym),
        "journals": [
            {"journal": one, "kind": causes.kind_label(one.kind), "url": reverse("journal", args=[one.pk])}
            for one in changed
        ],
        "used": len(changed),
        "live": found.revoked_at is None and found.ends_at > desk.at and len(changed) < found.max_journals,
        "owner": desk.is_owner,
        "crumbs": [Link(_("Buku"), reverse("books")), Link(_("Izin buka bulan"), reverse("passes"))],
    }
    return render(request, "reports/pass.html", context)


@require_POST
@keepers
def end_pass(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The owner ends a pass at once."""
    found = queries.pass_for(desk.person, pk)
    if found is None or not desk.is_owner:
        raise Http404
    try:
        revoke(found, by=desk.person, at=desk.at)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Izin dicabut. Mulai sekarang bulan itu terkunci lagi."))
    return redirect("pass", found.pk)
