"""The closing journal of a year: looked at, printed, as a file (rules/ledger 13)."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.core.documents import office, sheets
from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.parts import Link
from tatausaha.core.people import queries as people
from tatausaha.core.people.models import Person
from tatausaha.core.reports import calendar, closing, files, statements
from tatausaha.core.reports.closing import Closing
from tatausaha.core.reports.proof import checked_said
from tatausaha.core.reports.views.doors import Desk, keepers
from tatausaha.core.reports.views.monthly import file_links, spoken
from tatausaha.core.reports.views.yearly import OLDEST


@require_safe
@keepers
def closing_journal(request: HttpRequest, desk: Desk, code: str, year: int) -> HttpResponseBase:
    """Of a year that is over in the unit's zone; 404 for any other."""
    unit = desk.unit(code)
    if not OLDEST <= year < calendar.running(unit, desk.at) // 100:
        raise Http404
    kind = request.GET.get("berkas", "")
    with spoken(kind):
        made = closing.of_year(unit, year, at=desk.at)
        if kind:
            return _file(kind, made, desk.person)
    context = {
        "closing": made,
        "year": str(year),
        "rows": [(line, statements.card_url(line.code, unit, year * 100 + 12)) for line in made.lines],
        "foot": _foot(made),
        "files": file_links(),
        "crumbs": [
            Link(_("Laporan"), reverse("reports")), Link(str(year), reverse("report_year", args=[code, year])),
        ],
    }  # fmt: skip
    return render(request, "reports/closing.html", context)


def _foot(made: Closing) -> list[str]:
    return [
        made.number,
        _("Per %(at)s") % {"at": words.moment(made.at, made.unit.zone)},
        _("segel %(head)s") % {"head": made.head},
        *checked_said(made.checked_at, made.unit.zone),
    ]


def _file(kind: str, made: Closing, by: Person) -> HttpResponseBase:
    name = f"jurnal-penutup-{made.unit.code}-{made.year}"
    head = [_("Kode"), _("Akun"), _("Debit"), _("Kredit")]
    lines: files.Lines = [(line.code, line.name, line.debit, line.credit) for line in made.lines]
    about: files.Lines = [(made.unit.name, str(made.year)), *((said, "") for said in _foot(made))]
    tables: list[files.Sheet] = [
        (_("Jurnal penutup"), head, [*lines, ("", _("Jumlah"), made.debit, made.debit)]),
        (_("Tentang"), [_("Laporan"), ""], about),
    ]
    if kind == "pdf":
        return pdf_response(_printed(made, by), name)
    if kind == "xlsx":
        return files.xlsx(name, tables)
    if kind == "csv":
        return files.csv(name, *files.in_a_row(tables))
    raise Http404


def _printed(made: Closing, by: Person) -> bytes:
    company = people.company()
    assert company is not None
    zone = made.unit.zone
    return sheets.print_sheet(
        office.ClosingSheet(
            head=sheets.Letterhead.of(company, made.unit), number=made.number, issued_on=clock.day(made.at, zone),
            year=str(made.year),
            lines=[office.ClosingRow(one.code, one.name, one.debit, one.credit) for one in made.lines],
            total=made.debit, result=made.result,
            as_of=f"Per {words.moment(made.at, zone)}", seal=made.head,
            printed=sheets.printed_note(made.at, zone, by.name),
        )
    )  # fmt: skip
