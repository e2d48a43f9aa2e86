"""The endpoints that are the same for every procedure (design: API)."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from ninja import P, PathEx, QueryEx, Router

from tatausaha.core.api import idempotency, inputs, shapes, told
from tatausaha.core.api.auth import person_of
from tatausaha.core.api.problems import Invalid
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import queries as people
from tatausaha.core.people import roles
from tatausaha.core.procedures import conversation, openings, queries, registry, services
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.spec import Procedure

router = Router()

PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429), shapes.Problem)
READING: dict[int, Any] = dict.fromkeys((401, 403, 404, 422, 429), shapes.Problem)

Limit = QueryEx[int, P(ge=1, le=100)]
Offset = QueryEx[int, P(ge=0, le=1_000_000)]
Number = PathEx[str, P(max_length=30)]
Name = PathEx[str, P(max_length=60)]


def _procedure(code: str) -> Procedure:
    if (found := registry.by_code(code)) is None:
        raise Http404
    return found


def _case(request: HttpRequest, number: str) -> Tracked:
    """The case as time has made it, if this person may know of it."""
    found = queries.case_for(person_of(request), number)
    if found is None:
        raise Http404
    try:
        return services.settle(found, at=request.at)  # type: ignore[attr-defined]
    except Refused:
        return found


@router.get("/me", response={200: shapes.Me} | READING, url_name="me", tags=["token"])
def me(request: HttpRequest) -> Any:
    """Whose token this is, what it may do, and what time it is here."""
    person = person_of(request)
    everywhere = roles.is_owner(person)
    return {
        "id": person.pk,
        "name": person.name,
        "scopes": request.auth.scopes.split(),  # type: ignore[attr-defined]
        "units": None if everywhere else [told.unit(unit) for unit in people.units_for(person)],
        "at": request.at,  # type: ignore[attr-defined]
    }


@router.get(
    "/procedures",
    response={200: list[shapes.ProcedureLine]} | READING,
    url_name="procedures",
    tags=["procedures"],
)
def list_procedures(request: HttpRequest) -> Any:
    """The procedures (SOPs) of this house that this person may read."""
    person = person_of(request)
    return [told.procedure_line(procedure, person) for procedure in openings.readable(person)]


@router.get(
    "/procedures/{code}",
    response={200: shapes.ProcedureOut} | READING,
    url_name="procedure",
    tags=["procedures"],
)
def read_procedure(request: HttpRequest, code: Name) -> Any:
    """One procedure: its states, its steps with the schema of their inputs, and its numbers in force (SYS-09)."""
    person, procedure = person_of(request), _procedure(code)
    if procedure not in openings.readable(person):
        raise Http404
    return told.procedure(procedure, person, request.at)  # type: ignore[attr-defined]


@router.get("/cases", response={200: shapes.CasePage} | READING, url_name="cases", tags=["cases"])
def list_cases(
    request: HttpRequest,
    procedure: QueryEx[str, P(max_length=60, description="Code of a procedure; empty: all.")] = "",
    status: QueryEx[str, P(max_length=30, description="A state, or `running`; empty: all.")] = "",
    unit: QueryEx[str, P(max_length=40, description="Code of a unit; empty: all.")] = "",
    late: bool = False,
    q: QueryEx[str, P(max_length=80, description="In number, headline or customer's name.")] = "",
    limit: Limit = 25,
    offset: Offset = 0,
) -> Any:
    """The cases that this person may know of, newest first."""
    at = request.at  # type: ignore[attr-defined]
    kinds = (_procedure(procedure),) if procedure else registry.procedures()
    found, count = queries.page_of(
        person_of(request),
        kinds,
        at=at,
        status=status,
        unit=unit,
        late=late,
        text=q,
        limit=limit,
        offset=offset,
    )
    return {
        "items": [told.case_line(case, at) for case in found],
        "count": count,
        "limit": limit,
        "offset": offset,
    }


@router.get("/cases/{number}", response={200: shapes.CaseOut} | READING, url_name="case", tags=["cases"])
def read_case(request: HttpRequest, number: Number) -> Any:
    """One case: where it stands, what can be done and why not, its passages, files and words (SYS-10)."""
    return told.case(_case(request, number), person_of(request), request.at)  # type: ignore[attr-defined]


@router.post("/cases", response={201: shapes.CaseOut} | PROBLEMS, url_name="open_case", tags=["cases"])
def open_case(request: HttpRequest) -> JsonResponse:
    """Begin a case: `procedure` and the `input` of its opening; or multipart with the inputs as fields."""
    if again := idempotency.kept(request):
        return again
    code, given = _opening(request)
    procedure, person, at = registry.by_code(code), person_of(request), request.at  # type: ignore[attr-defined]
    if procedure is None or procedure.opening is None:
        raise Invalid([("procedure", "unknown procedure, or one that is not opened by a form")])
    data = inputs.cleaned(procedure.opening.form, given, by=person, at=at)

    def act() -> idempotency.Answer:
        case = openings.open_case(procedure, by=person, at=at, data=data)
        return 201, _plain(told.case(_case(request, case.number), person, at))

    return idempotency.once(request, act)


def _opening(request: HttpRequest) -> tuple[str, inputs.Given]:
    if inputs.is_multipart(request):
        return request.POST.get("procedure", ""), inputs.from_multipart(request)
    sent = inputs.body_of(request)
    strange = [(name, "unknown") for name in sent if name not in {"procedure", "input"}]
    given = sent.get("input", {})
    if not isinstance(given, dict):
        strange.append(("input", "must be an object"))
    if strange:
        raise Invalid(strange)
    return str(sent.get("procedure", "")), inputs.from_json(given)


@router.post(
    "/cases/{number}/steps/{step}",
    response={200: shapes.CaseOut} | PROBLEMS,
    url_name="take_step",
    tags=["cases"],
)
def take_step(request: HttpRequest, number: Number, step: Name) -> JsonResponse:
    """Take a step with its own inputs; the schemas are under components, and in GET /procedures/{code}."""
    if again := idempotency.kept(request):
        return again
    case, person, at = _case(request, number), person_of(request), request.at  # type: ignore[attr-defined]
    taken = procedure_of(case).step(step)
    if taken is None or taken.who.machine:
        raise Http404
    if inputs.is_multipart(request):
        given = inputs.from_multipart(request)
    else:
        given = inputs.from_json(inputs.body_of(request))
    if case.status not in taken.sources and (no := services.why_not(case, taken, by=person, at=at)):
        raise no
    data = inputs.cleaned(taken.form, given, by=person, at=at, subject=case)

    def act() -> idempotency.Answer:
        services.perform(case, taken, by=person, at=at, data=data)
        return 200, _plain(told.case(_case(request, number), person, at))

    return idempotency.once(request, act)


@router.post(
    "/cases/{number}/messages", response={201: shapes.MessageOut} | PROBLEMS, url_name="say", tags=["cases"]
)
def say(request: HttpRequest, number: Number, message: shapes.MessageIn) -> JsonResponse:
    """Add a message to the conversation of a case."""
    if again := idempotency.kept(request):
        return again
    case = _case(request, number)

    def act() -> idempotency.Answer:
        said = conversation.say(
            case,
            message.text,
            by=person_of(request),
            at=request.at,  # type: ignore[attr-defined]
            internal=message.internal,
        )
        return 201, _plain(told.message(said))

    return idempotency.once(request, act)


@router.get("/worklist", response={200: shapes.Worklist} | READING, url_name="worklist", tags=["cases"])
def worklist(request: HttpRequest, limit: Limit = 50) -> Any:
    """What is due from this person, over all procedures, oldest deadline first."""
    at = request.at  # type: ignore[attr-defined]
    return {"items": [told.work(item, at) for item in queries.worklist(person_of(request), limit=limit)]}


@router.get("/files/{pk}", response=READING, url_name="file", tags=["cases"])
def read_file(request: HttpRequest, pk: PathEx[int, P(ge=1, le=2**62)]) -> Any:
    """A file of a case, as it is kept."""
    found = queries.attachment_for(person_of(request), pk)
    if found is None:
        raise Http404
    return FileResponse(found.file.open("rb"), filename=found.name, content_type=found.content_type)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """As JSON will have it, so that a kept answer is the answer that was given."""
    plain: dict[str, Any] = json.loads(DjangoJSONEncoder().encode(data))
    return plain
