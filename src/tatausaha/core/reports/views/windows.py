"""How far back managers may write: the owner says it for the company, and for a unit that differs (rules/ledger 4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tatausaha.core.kernel.parts import Link
from tatausaha.core.ledger import windows as reaches
from tatausaha.core.ledger.queries import books_for
from tatausaha.core.ledger.services import set_window
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only
from tatausaha.core.reports.forms import WindowForm


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def window(request: PersonRequest) -> HttpResponse:
    """The word for the company, and for each unit; only what differs is set."""
    units = list(books_for(request.person))
    said = reaches.said()
    form = WindowForm(request.POST if request.method == "POST" else None, units=units, said=said)
    if request.method == "POST" and form.is_valid():
        for unit, reach in form.values():
            if said.get(unit.pk if unit else reaches.COMPANY, "" if unit else reaches.MONTH) != reach:
                set_window(unit, reach, by=request.person, at=request.at)
        messages.success(request, _("Jangkauan pengelola disimpan dan langsung berlaku."))
        return redirect("settings_window")
    context = {
        "form": form,
        "title": _("Jangkauan pengelola"),
        "lead": _(
            "Bulan berjalan: bulan yang lewat terkunci sendiri pada tanggal 1. Tahun berjalan: pengelola boleh"
            " mengoreksi bulan lewat tahun ini, dengan alasan, selama Anda belum menutupnya; 1 Januari semua terkunci."
        ),
        "button": _("Simpan"),
        "crumbs": [Link(_("Setelan"), reverse("settings"))],
    }
    return render(request, "reports/tax_form.html", context, status=422 if form.errors else 200)
