"""One line of the bank: as it was written, what it may be, and what is said of it."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tatausaha.core.banking import matching, queries, services
from tatausaha.core.banking.forms import EarnForm, KeepForm, NoteForm, NumberForm, SpendForm
from tatausaha.core.banking.models import BankLine, Match
from tatausaha.core.banking.views.bringing import crumbs
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Event, Fact, NextStep, Tone, Work
from tatausaha.core.kernel.words import long_date
from tatausaha.core.payments import queries as payments
from tatausaha.core.people import roles
from tatausaha.core.people.models import Unit
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import signed_in

Forms = dict[str, Form]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def line(request: PersonRequest, pk: int) -> HttpResponse:
    """Look at a line; confirm a proposal, name what it is, keep it as titipan, book it, note it, or let it go."""
    shown = get_object_or_404(queries.lines_for(request.person), pk=pk)
    units = queries.served(shown.bank_account, request.person)
    asked = request.POST.get("aksi", "") if request.method == "POST" else ""
    forms = _forms(request, shown, units, asked)
    if request.method == "POST":
        try:
            if (said := _answer(request, shown, asked, forms.get(asked))) is not None:
                messages.success(request, said)
                back = reverse("bank_month", args=[shown.bank_account_id])
                return redirect(f"{back}?bulan={shown.on:%Y-%m}")
        except Refused as no:
            form = forms.get(asked)
            if form is None:
                messages.error(request, str(no))
                return redirect("bank_line", shown.pk)
            form.add_error(no.field if no.field in form.fields else None, str(no))
    match = queries.matches_of([shown]).get(shown.pk)
    context = {
        "line": shown,
        "title": (_("%(amount)s masuk") if shown.sen > 0 else _("%(amount)s keluar"))
        % {"amount": rupiah(abs(shown.amount))},
        "crumbs": crumbs(shown.bank_account),
        "facts": _facts(shown),
        "match": match,
        "works": [] if match else _works(request, shown),
        "forms": forms,
        "events": _events(shown),
        "zone": queries.zone(shown.bank_account),
    }
    return render(
        request, "banking/line.html", context, status=422 if any(f.errors for f in forms.values()) else 200
    )


def _forms(request: PersonRequest, shown: BankLine, units: list[Unit], asked: str) -> Forms:
    def given(name: str) -> object:
        return request.POST if name == asked else None

    made: Forms = {"nomor": NumberForm(given("nomor"), prefix=None)}  # type: ignore[arg-type]
    if shown.amount > 0:
        made["titipan"] = KeepForm(given("titipan"), units=units)
        if roles.is_owner(request.person):
            made["bunga"] = EarnForm(given("bunga"), units=units)
    else:
        accounts = payments.cost_accounts()
        made["biaya"] = SpendForm(given("biaya"), units=units, accounts=accounts)
    made["catat"] = NoteForm(given("catat"))  # type: ignore[arg-type]
    for name, form in made.items():
        form.auto_id = f"{name}_%s"
    return made


def _answer(request: PersonRequest, shown: BankLine, asked: str, form: Form | None) -> str | None:
    """The sentence of what was done; nothing where the form is shown again."""
    by, at = request.person, request.at
    if asked == "lepas":
        services.undo(shown, by=by, at=at)
        return _("Baris ini dilepas; bukunya tidak berubah.")
    if milik := request.POST.get("milik", ""):
        kind, _colon, pk = milik.partition(":")
        if not (pk.isascii() and pk.isdecimal()):
            raise Refused(_("Pilih dulu milik siapa baris ini."))
        services.confirm(shown, kind, int(pk), by=by, at=at, why=_reason(request, shown, milik))
        return _("Cocok, dan sudah dibukukan.")
    if form is None or not form.is_valid():
        return None
    return _ANSWERS[asked](request, shown, form)


def _reason(request: PersonRequest, shown: BankLine, key: str) -> str:
    found = matching.propose([shown], shown.bank_account, request.person).get(shown.pk, [])
    return next((one.why for one in found if one.key == key), "")


def _by_number(request: PersonRequest, shown: BankLine, form: Form) -> str:
    named = queries.named(shown, form.cleaned_data["number"], request.person)
    if named is None:
        raise Refused(_("Nomor itu tidak ada di unit rekening ini."), field="number")
    services.confirm(shown, *named, by=request.person, at=request.at, why=_("Disebut dengan nomornya."))
    return _("Cocok, dan sudah dibukukan.")


def _keep(request: PersonRequest, shown: BankLine, form: Form) -> str:
    assert isinstance(form, KeepForm)
    services.to_titipan(shown, form.chosen(), by=request.person, at=request.at)
    return _("Dicatat sebagai titipan. Bila pengirimnya dikenal, catat di halaman titipan.")


def _earn(request: PersonRequest, shown: BankLine, form: Form) -> str:
    assert isinstance(form, EarnForm)
    services.earn(shown, form.chosen(), by=request.person, at=request.at)
    return _("Dicatat sebagai pendapatan lain.")


def _spend(request: PersonRequest, shown: BankLine, form: Form) -> str:
    assert isinstance(form, SpendForm)
    given = form.cleaned_data
    done = services.spend(
        shown, form.chosen(), given["category"], given["what"], by=request.person, at=request.at
    )
    if done is None:
        return _("Pengeluaran ini menunggu persetujuan pemilik; setelah itu barisnya dapat dicocokkan.")
    return _("Dicatat sebagai pengeluaran.")


def _note(request: PersonRequest, shown: BankLine, form: Form) -> str:
    services.note(shown, form.cleaned_data["note"], by=request.person, at=request.at)
    return _("Dicatat. Baris ini tidak dibukukan.")


_ANSWERS: dict[str, Callable[[PersonRequest, BankLine, Form], str]] = {
    "nomor": _by_number, "titipan": _keep, "bunga": _earn, "biaya": _spend, "catat": _note,
}  # fmt: skip


def _facts(shown: BankLine) -> list[Fact]:
    facts = [
        Fact(_("Tertulis"), shown.text),
        Fact(_("Tanggal"), long_date(shown.on) + (f", {shown.time:%H.%M}" if shown.time else "")),
        Fact(_("Referensi"), shown.reference),
        Fact(_("Saldo sesudahnya"), rupiah(shown.balance // 100) if shown.balance is not None else ""),
        Fact(_("Berkas"), _("%(name)s, baris %(row)d") % {"name": shown.statement.name, "row": shown.row}),
        Fact(_("Baris asli"), shown.raw),
    ]
    return [fact for fact in facts if fact.value]


def _works(request: PersonRequest, shown: BankLine) -> list[Work]:
    url = reverse("bank_line", args=[shown.pk])
    return [
        Work(
            one.label, one.url or url, meta=(one.why,), tone=Tone.GOING if one.sure else Tone.NEUTRAL,
            step=NextStep(_("Ya, ini"), url, name="milik", value=one.key),
        )
        for one in matching.propose([shown], shown.bank_account, request.person).get(shown.pk, [])
    ]  # fmt: skip


def _events(shown: BankLine) -> list[Event]:
    events = []
    for one in queries.history_of(shown):
        if one.undone_at and one.undone_by:
            events.append(Event(_("Dilepas"), one.undone_by.name, one.undone_at))
        events.append(Event(_said(one), one.by.name, one.at, one.why))
    return events


def _said(match: Match) -> str:
    if match.journal is None:
        return _("Dicatat: %(note)s") % {"note": match.note}
    return _("Dicocokkan dengan %(what)s") % {"what": match.journal.memo or f"jurnal #{match.journal_id}"}
