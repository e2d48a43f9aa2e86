"""The slip of a handover: who gave how much to whom, and what was counted (tanda terima setoran)."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import translation

from tatausaha.core.documents import sheets
from tatausaha.core.documents.models import Paper
from tatausaha.core.documents.numbers import next_number
from tatausaha.core.documents.services import issue_paper
from tatausaha.core.kernel import clock
from tatausaha.core.payments.models import Handover
from tatausaha.core.people import businesses
from tatausaha.core.people import queries as people
from tatausaha.core.people.models import Person


def issue(case: Handover, *, by: Person, at: datetime) -> tuple[Paper, dict[str, Any]]:
    """Number the slip of a handover that is being booked, and what it says for ever."""
    company, holder = people.company(), case.customer
    assert company is not None
    assert holder is not None
    on = clock.day(at, case.unit.zone)
    with translation.override("id"):
        sheet = sheets.HandoverSlip(
            head=sheets.Letterhead.of(company, case.unit), number=next_number(case.unit, "handover", on),
            issued_on=on, holder=holder.name, amount=case.amount,
            destination=str(case.bank) if case.bank else f"Pemilik, {by.name}", handed_on=case.occurred_on,
            lines=_lines(case), left=case.left, reason=case.reason, received_by=by.name, received_role="Pemilik",
            place=businesses.place_of(case.unit),
        )  # fmt: skip
    paper = issue_paper(
        sheet, kind="handover", unit=case.unit, holder=holder.name, amount=case.amount, by=by, at=at
    )
    said = asdict(sheet)
    for beside in ("proof", "printed", "void_reason"):
        said.pop(beside)
    return paper, said | {"issued_on": on.isoformat(), "handed_on": case.occurred_on.isoformat()}


def _lines(case: Handover) -> list[sheets.Line]:
    rows = [
        sheets.Line("Kas menurut catatan", case.expected),
        sheets.Line("Kas menurut hitungan", case.counted),
    ]
    if case.difference:
        rows.append(
            sheets.Line("Selisih kurang" if case.difference < 0 else "Selisih lebih", case.difference)
        )
    rows.append(sheets.Line("Disetorkan", case.amount))
    return [*rows, sheets.Line("Tetap dipegang", case.left)] if case.left else rows


def sheet_of(case: Handover, *, printed: str = "") -> sheets.HandoverSlip:
    """What the slip of a booked handover says, word for word as on the first day; BATAL once it was taken back."""
    assert case.paper is not None
    said = dict(case.said)
    said["head"] = sheets.Letterhead(**said["head"])
    said["lines"] = [sheets.Line(**line) for line in said["lines"]]
    for day in ("issued_on", "handed_on"):
        said[day] = date.fromisoformat(said[day])
    sheet = sheets.HandoverSlip(**said, printed=printed, void_reason=case.paper.void_reason)
    return sheets.with_proof(sheet, case.paper.token)


def print_slip(case: Handover, *, form: str, by: Person, at: datetime) -> bytes:
    """The PDF in one of its forms (a5, 80mm)."""
    note = sheets.printed_note(at, case.unit.zone, by.name)
    return sheets.print_sheet(sheet_of(case, printed=note), form=form)
