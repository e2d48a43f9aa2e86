"""What a request for a pass shows on its case page: why, for which month, and what became of it (KOS-18)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tatausaha.core.kernel import words
from tatausaha.core.kernel.parts import Fact
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.panels import Action
from tatausaha.core.reports import calendar, queries
from tatausaha.core.reports.models import PassRequest

TEMPLATE = "reports/panel.html"


def of_request(request: PassRequest, person: Person, at: datetime) -> Mapping[str, Any]:
    """The reason first; once given, until when, and the way to the month for whoever holds the pass."""
    place = [request.unit.code, calendar.slug(request.ym)]
    held = queries.live_pass(person, request.unit, request.ym, at)
    mine = held is not None and held.pk == request.lock_pass_id
    label = _("Catat koreksi %(month)s") % {"month": calendar.said(request.ym)}
    return {
        "facts": list(_facts(request, place)),
        "actions": (Action(label, reverse("report_correct", args=place)),) if mine else (),
    }


def _facts(request: PassRequest, place: list[str]) -> Iterator[Fact]:
    yield Fact(_("Alasan"), request.reason)
    if request.customer:
        yield Fact(_("Peminta"), request.customer.name)
    link = format_html(
        '<a href="{}">{}</a>',
        reverse("report_month", args=place),
        _("Laporan %(month)s") % {"month": calendar.said(request.ym)},
    )
    yield Fact(_("Bulan"), link)
    if found := request.lock_pass:
        yield Fact(_("Berlaku sampai"), words.moment(found.revoked_at or found.ends_at, request.unit.zone))
        yield Fact(_("Paling banyak"), _("%(n)d jurnal") % {"n": found.max_journals})
        yield Fact(
            _("Yang dicatat"),
            format_html(
                '<a href="{}">{}</a>',
                reverse("pass", args=[found.pk]),
                _("Lihat apa yang berubah selama izin"),
            ),
        )
