"""What is done to a month: closing it, correcting it, asking for a pass, moving a journal (KOS-17, KOS-18)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tatausaha.core.kernel import clock, ids, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Fact, Link
from tatausaha.core.ledger import months
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Line, readiness, revoke
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, causes, forms, prioryears, queries, restating, services
from tatausaha.core.reports.views.doors import Desk, keepers

KEY = "form_key"
PREVIEW, EDIT = "preview", "edit"
"""Buttons of a form: show what it would change; go back to what was typed."""
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
            seal = services.close(unit, ym, by=desk.person, at=desk.at)
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
    chooses = desk.is_owner and prioryears.is_past_year(unit, ym, desk.at)
    form = forms.CorrectionForm(
        request.POST if request.method == "POST" else None,
        chart=queries.accounts(), people=queries.parties(unit), initial={"on": last},
        past_year=ym // 100 if chooses else 0,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and EDIT not in request.POST:
        key = request.POST.get(KEY, "")[:64] or ids.token()
        try:
            if PREVIEW in request.POST:
                return _correction_preview(request, desk, unit, ym, form)
            journal = services.correct(unit=unit, ym=ym, key=key, by=desk.person, at=desk.at, **form.values())
        except Refused as no:
            _put(form, no)
        else:
            what = _consequence(unit, journal.ym, at=desk.at, done=True)
            messages.success(request, _("Koreksi dibukukan. %(what)s") % {"what": what})
            return redirect("journal", journal.pk)
    consequence = _consequence(unit, ym, at=desk.at)
    if chooses and consequence:
        consequence = _("Bila dinyatakan ulang: %(what)s") % {"what": consequence}
    context = {
        "form": form, "unit": unit, "month": calendar.said(ym), "crumbs": _crumbs(unit, ym),
        "consequence": consequence,
        "lock_pass": queries.live_pass(desk.person, unit, ym, desk.at),
    }  # fmt: skip
    return render(request, "reports/correct.html", context, status=422 if form.errors else 200)


def _correction_preview(
    request: HttpRequest, desk: Desk, unit: Unit, ym: int, form: forms.CorrectionForm
) -> HttpResponse:
    """What the correction would change, before it is booked."""
    given = form.values()
    memo, reason = given.pop("memo"), given.pop("reason")
    how, booked = given.pop("how", ""), ym
    lines: tuple[Line, ...] = services.correction_lines(ym=ym, **given)
    if how == prioryears.How.CURRENT:
        lines, booked = prioryears.told_now(lines, ym, queries.accounts()), calendar.running(unit, desk.at)
    turn = restating.Turn(booked, tuple((int(line.account), line.amount) for line in lines))
    facts = [
        Fact(_("Tanggal"), words.long_date(given["on"])), Fact(_("Jumlah"), rupiah(given["amount"])),
        Fact(_("Debit"), given["debit"]), Fact(_("Kredit"), given["credit"]),
        Fact(_("Keterangan"), memo), Fact(_("Alasan koreksi"), reason),
    ]  # fmt: skip
    context = {
        "form": form, "unit": unit, "facts": facts, "crumbs": _crumbs(unit, ym),
        "title": _("Akibat koreksi %(month)s") % {"month": calendar.said(ym)}, "button": _("Bukukan koreksi"),
        "effects": restating.preview(unit, [turn], at=desk.at),
        "later": restating.later(unit, booked, at=desk.at),
    }  # fmt: skip
    return render(request, "reports/preview.html", context)


def _consequence(unit: Unit, ym: int, *, at: datetime, done: bool = False) -> str:
    """What a change of this month does to reports that were closed already, its own and later ones."""
    return " ".join(filter(None, (_next_version(unit, ym, done=done), restating.later(unit, ym, at=at))))


def _next_version(unit: Unit, ym: int, *, done: bool) -> str:
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
    if request.method == "POST" and form.is_valid() and EDIT not in request.POST:
        try:
            if PREVIEW in request.POST:
                return _move_preview(request, desk, journal, form)
            moved = services.move(journal, by=desk.person, at=desk.at, **form.cleaned_data)
        except Refused as no:
            _put(form, no)
        else:
            messages.success(request, _("Dibukukan kembali pada tanggal yang baru."))
            return redirect("journal", moved.pk)
    title = _("Pindahkan jurnal #%(n)d ke bulan lain") % {"n": journal.pk}
    return _journal_form(request, journal, form, title, _("Lihat akibatnya dulu"), step=PREVIEW)


def _move_preview(request: HttpRequest, desk: Desk, journal: Journal, form: forms.MoveForm) -> HttpResponse:
    """Both months that a move would change, before it is booked."""
    book_on, ym = form.cleaned_data["book_on"], months.of(form.cleaned_data["book_on"])
    services.check_move(journal, book_on=book_on)
    turns = [restating.of_journal(journal, sign=-1), restating.of_journal(journal, ym=ym)]
    facts = [
        Fact(_("Jurnal"), f"#{journal.pk} {journal.memo}"), Fact(_("Jumlah"), rupiah(journal.total)),
        Fact(_("Dari"), words.long_date(journal.book_on)), Fact(_("Ke"), words.long_date(book_on)),
        Fact(_("Alasan"), form.cleaned_data["reason"]),
    ]  # fmt: skip
    context = {
        "form": form, "unit": journal.unit, "facts": facts, "crumbs": _journal_crumbs(journal),
        "title": _("Akibat memindahkan jurnal #%(n)d") % {"n": journal.pk}, "button": _("Pindahkan"),
        "effects": restating.preview(journal.unit, turns, at=desk.at),
        "later": restating.later(journal.unit, min(journal.ym, ym), at=desk.at),
    }  # fmt: skip
    return render(request, "reports/preview.html", context)


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
    effects = restating.preview(journal.unit, [restating.of_journal(journal, sign=-1)], at=desk.at)
    return _journal_form(request, journal, form, title, _("Balik koreksi ini"), effects=effects)


def _journal_form(
    request: HttpRequest, journal: Journal, form: Form, title: str, button: str, *,
    step: str = "", effects: Sequence[restating.Effect] = (),
) -> HttpResponse:  # fmt: skip
    consequence = ""
    if not effects and journal.ym < months.of(clock.day(request.at, journal.unit.zone)):  # type: ignore[attr-defined]
        consequence = _consequence(journal.unit, journal.ym, at=request.at)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "form": form, "title": title, "button": button, "journal": journal, "consequence": consequence,
        "kind": causes.kind_label(journal.kind), "step": step, "effects": effects, "crumbs": _journal_crumbs(journal),
    }  # fmt: skip
    return render(request, "reports/journal_form.html", context, status=422 if form.errors else 200)


def _journal_crumbs(journal: Journal) -> list[Link]:
    return [Link(_("Buku"), reverse("books")), Link(f"#{journal.pk}", reverse("journal", args=[journal.pk]))]


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
