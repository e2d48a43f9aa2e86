"""Condition sheets for programs: read one, fill one; handing over and agreeing are steps of the stay (KOS-12)."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, JsonResponse
from ninja import Router, Schema
from pydantic import Field

from tatausaha.business.boarding.models import ConditionItem, ConditionSheet, Stay
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.business.boarding.services import sheets
from tatausaha.core.api import extras, idempotency, inputs, routers
from tatausaha.core.api.auth import person_of
from tatausaha.core.procedures import queries as cases

router = Router()
Kind = Literal["in", "out"]
LARGEST = 28_000_000
"""Characters of one photo in base64."""


def register() -> None:
    """Bring the addresses, and say where the ids of lines are read."""
    routers.register("/boarding/stays", router, "boarding")
    extras.register_place(ConditionItem, "GET /boarding/stays/{number}/sheets/{kind}: lines[].id")


class PhotoIn(Schema):
    """A photo: its name, and its content in base64."""

    name: str = Field(max_length=200)
    content: str = Field(max_length=LARGEST)


class LineIn(Schema):
    """How a thing is; one that is not on the sheet yet is added to it."""

    name: str = Field(max_length=80, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")
    state: Literal["good", "worn", "broken", "missing"]
    note: str = Field("", max_length=200, pattern=r"^[^\x00]*$")
    photo: PhotoIn | None = None


class LinesIn(Schema):
    """Lines to note; `rest_is_good` calls all others good."""

    lines: list[LineIn] = Field(max_length=sheets.MOST_LINES)
    rest_is_good: bool = False


class LineOut(Schema):
    """A line; `before` is the state of the same thing on the in-sheet, empty without one."""

    id: int
    name: str
    state: str
    note: str
    before: str
    photo_sha256: str


class SheetOut(Schema):
    """A sheet: `draft`, `handed_over` or `sealed`."""

    number: str
    status: str
    agreed: bool
    lines: list[LineOut]


def _stay(request: HttpRequest, number: str) -> Stay:
    found = reads.stay_for(person_of(request), number)
    if found is None:
        raise Http404
    return found


def _told(sheet: ConditionSheet) -> dict[str, Any]:
    return {
        "number": sheet.number,
        "status": "sealed" if sheet.sealed_at else "handed_over" if sheet.handed_at else "draft",
        "agreed": sheet.agreed_at is not None,
        "lines": [
            {
                "id": line.pk, "name": line.name, "state": line.state, "note": line.note,
                "before": line.pair.state if line.pair else "", "photo_sha256": line.photo_digest,
            }
            for line in reads.lines_of(sheet)
        ],
    }  # fmt: skip


@router.get("/{number}/sheets/{kind}", response=SheetOut, url_name="boarding_sheet")
def sheet(request: HttpRequest, number: str, kind: Kind) -> Any:
    """A sheet of a stay; a draft is for those who manage the house."""
    stay = _stay(request, number)
    found = reads.sheet_of(stay, kind)
    if found is None or not (found.handed_at or cases.is_staff_of(person_of(request), stay)):
        raise Http404
    return _told(found)


@router.post("/{number}/sheets/{kind}", response={200: SheetOut}, url_name="boarding_fill_sheet")
def fill_sheet(request: HttpRequest, number: str, kind: Kind, given: LinesIn) -> JsonResponse:
    """Note lines on the draft; the first time begins it. All of them, or none with the reason."""
    if again := idempotency.kept(request):
        return again
    stay = _stay(request, number)
    if not cases.is_staff_of(person_of(request), stay):
        raise Http404
    files = [
        inputs.from_json({"photo": one.photo.dict()})[1].get("photo") if one.photo else None
        for one in given.lines
    ]

    def act() -> idempotency.Answer:
        noted = [
            sheets.Noted(one.name, one.state, one.note, file)
            for one, file in zip(given.lines, files, strict=True)
        ]
        made = sheets.note_lines(
            stay, kind, noted, rest_good=given.rest_is_good, by=person_of(request), at=request.at  # type: ignore[attr-defined]
        )  # fmt: skip
        return 200, _told(made)

    return idempotency.once(request, act)
