"""The API put together: address /api/v1/, its description, its limits, and the routers of all rooms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from tatausaha.core.api import formschemas, problems, routers
from tatausaha.core.api.auth import STRANGERS, TOKENS, Bearer
from tatausaha.core.api.idempotency import HEADER
from tatausaha.core.api.inputs import JSON, MULTIPART
from tatausaha.core.api.views import router
from tatausaha.core.procedures import registry
from tatausaha.core.procedures.spec import Procedure, Step

VERSION = "1.0.0"
DESCRIPTION = """Everything that the pages can do with a case, for programs.

* **Token**: make one under *Akun saya, Token untuk program*; send `Authorization: Bearer tts_…`.
  It acts as you, within its scopes.
* **Money** is whole rupiah (integers). **Moments** are ISO 8601 with offset. **Sentences** are Indonesian and may be
  shown to people.
* **Steps**: `GET /cases/{number}` lists the steps that you may take now, each with the JSON Schema of its inputs;
  files go as `{"name", "content"}` (base64) in JSON, or as `multipart/form-data`.
* **Twice**: send `Idempotency-Key` with every POST. The same key and request gets the first answer again
  (`Idempotency-Replayed: true`); the same key with another request is 409. What was refused is not remembered.
* **Errors** are `application/problem+json`; `errors` names the inputs that are wrong.
* **Limits**: 600 requests a minute for a token; 429 says in `Retry-After` when to come again.
"""

ALWAYS = (401, 403, 404, 422, 429)
"""What every operation may answer."""

_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "The same key and request gets the same answer, and happens once. Kept for seven days.",
    "schema": {"type": "string", "maxLength": 100},
}


class Api(NinjaAPI):
    """The house's API; its description names the inputs of every step of every procedure."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Ninja's description, completed from the procedures' own forms."""
        schema = super().get_openapi_schema(**kwargs)
        known = schema["components"].setdefault("schemas", {})
        known |= _step_inputs() | _openings()
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _as_problems(operation)
                if method == "post":
                    operation.setdefault("parameters", []).append(_KEY)
            if path.endswith("/cases/{number}/steps/{step}"):
                operations["post"]["requestBody"] = _any_step()
            elif path.endswith("/cases") and "post" in operations:
                operations["post"]["requestBody"] = _any_opening()
            elif path.endswith("/files/{pk}"):
                binary = {"schema": {"type": "string", "format": "binary"}}
                operations["get"]["responses"][200] = {"description": "The file.", "content": {"*/*": binary}}
        return schema


def _as_problems(operation: dict[str, Any]) -> None:
    """Every error leaves as a problem document, whoever wrote the operation."""
    answers = operation.setdefault("responses", {})
    for status in ALWAYS:
        if status not in answers and str(status) not in answers:
            content = {problems.CONTENT_TYPE: {"schema": _ref("Problem")}}
            answers[status] = {"description": problems.TITLES[status], "content": content}
    for status, answer in operation.get("responses", {}).items():
        if int(status) >= 400 and JSON in answer.get("content", {}):
            answer["content"][problems.CONTENT_TYPE] = answer["content"].pop(JSON)


def step_name(procedure: Procedure, step: str) -> str:
    """Under which name the inputs of a step stand among the components."""
    return f"{procedure.code}.{step}"


def multipart_name(procedure: Procedure, step: Step) -> str:
    """Under which name the same inputs stand as a form: their own where there are files among them."""
    name = step_name(procedure, step.name)
    return f"{name}.multipart" if formschemas.has_files(step.form) else name


def _taken_by_people() -> list[tuple[Procedure, Step]]:
    return [(p, step) for p in registry.procedures() for step in p.steps if not step.who.machine]


def _step_inputs() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for procedure, step in _taken_by_people():
        said = {
            "title": f"{force_str(procedure.title)}: {force_str(step.label)}",
            "description": force_str(step.who.label),
        }
        made[multipart_name(procedure, step)] = formschemas.schema_of(step.form, multipart=True) | said
        made[step_name(procedure, step.name)] = formschemas.schema_of(step.form) | said
    return made


def _openings() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for procedure in registry.procedures():
        if procedure.opening:
            flat = formschemas.schema_of(procedure.opening.form, multipart=True)
            made[step_name(procedure, "open.multipart")] = flat | {
                "title": force_str(procedure.opening.label),
                "required": ["procedure", *flat.get("required", ())],
                "properties": {"procedure": {"const": procedure.code}, **flat["properties"]},
            }
            made[step_name(procedure, "open")] = {
                "type": "object",
                "title": force_str(procedure.opening.label),
                "required": ["procedure", "input"],
                "additionalProperties": False,
                "properties": {
                    "procedure": {"const": procedure.code},
                    "input": formschemas.schema_of(procedure.opening.form),
                },
            }
    return made


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _any_step() -> dict[str, Any]:
    """Any of the inputs by their names; which one holds is said by the case's procedure and the step's name."""
    taken = _taken_by_people()
    as_json = [_ref(step_name(procedure, step.name)) for procedure, step in taken]
    as_form = [_ref(multipart_name(procedure, step)) for procedure, step in taken]
    said = "The inputs of this very step: component `{procedure}.{step}`. A step without inputs takes an empty object."
    return {
        "description": said,
        "content": {JSON: {"schema": _any_of(as_json)}, MULTIPART: {"schema": _any_of(as_form)}},
    }


def _any_of(refs: list[dict[str, str]]) -> dict[str, Any]:
    return {"anyOf": refs} if refs else {"type": "object"}


def _any_opening() -> dict[str, Any]:
    content = {JSON: {"schema": _opening_as("open")}, MULTIPART: {"schema": _opening_as("open.multipart")}}
    return {"required": True, "content": content}


def _opening_as(name: str) -> dict[str, Any]:
    """Any of the openings in one of their two forms, told apart by the code of the procedure."""
    refs = {p.code: _ref(step_name(p, name)) for p in registry.procedures() if p.opening}
    if not refs:
        return {"type": "object"}
    mapping = {code: ref["$ref"] for code, ref in refs.items()}
    return {
        "oneOf": list(refs.values()),
        "discriminator": {"propertyName": "procedure", "mapping": mapping},
    }


def build() -> NinjaAPI:
    """The API with all that was registered; called once, when the addresses are read."""
    api = Api(
        title="Tatausaha API",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace="api-1",
        auth=Bearer(),
        throttle=[TOKENS, STRANGERS],
        docs_url="/docs",
    )
    problems.install(api)
    api.add_router("", router)
    for entry in routers.entries():
        api.add_router(entry.prefix, entry.router, tags=[entry.tag])
    return api


def nothing_here(_request: HttpRequest, rest: str) -> HttpResponse:
    """An address under /api/v1/ that is none: a problem document, not a page."""
    said = _("Alamat %(address)s tidak ada di API ini.") % {"address": f"/api/{rest}"}
    return problems.problem(404, said, kind="not-found")
