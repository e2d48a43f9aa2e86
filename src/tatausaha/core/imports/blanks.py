"""The empty table of a kind, to be filled in: CSV with a row that explains, XLSX with a sheet that does."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from tatausaha.core.imports.kinds import Kind
from tatausaha.core.kernel import export
from tatausaha.core.kernel.tablefile import EXPLAINS


def _explained(kind: Kind) -> Iterator[Sequence[str]]:
    """A row that explains each column, and one that shows an example; neither is data."""
    for number, row in enumerate(
        (
            [_said(str(column.about), required=column.required) for column in kind.columns],
            [column.example for column in kind.columns],
        )
    ):
        first = _("contoh: ") + row[0] if number else row[0]
        yield [f"{EXPLAINS}{first}", *row[1:]]


def _said(about: str, *, required: bool) -> str:
    return _("wajib: %(about)s") % {"about": about} if required else about


def csv_template(kind: Kind) -> HttpResponseBase:
    """Heading, explanation and example; the last two begin with `# ` and may stay."""
    return export.csv_file(_("templat-%(name)s") % {"name": kind.code}, kind.known, _explained(kind))


def xlsx_template(kind: Kind) -> HttpResponse:
    """A sheet with the heading alone, all cells text so that no zero in front is lost; a second one explains."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(str(kind.sheet_name)[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(kind.known), bold)
        for place, column in enumerate(kind.columns):
            sheet.set_column(place, place, max(14, len(column.name) + 3), text)
            sheet.write_comment(0, place, _said(str(column.about), required=column.required))
        said = book.add_worksheet(_("Petunjuk"))
        said.set_column(0, 0, 22)
        said.set_column(1, 1, 8)
        said.set_column(2, 3, 60, wrapped)
        heads: list[Any] = [_("Kolom"), _("Wajib"), _("Isi"), _("Contoh")]
        said.write_row(0, 0, heads, bold)
        for line, column in enumerate(kind.columns, start=1):
            needed = _("ya") if column.required else ""
            for place, cell in enumerate((column.name, needed, str(column.about), column.example)):
                said.write_string(line, place, cell)
    answer = HttpResponse(made.getvalue(), content_type=export.XLSX)
    name = _("templat-%(name)s") % {"name": kind.code}
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
