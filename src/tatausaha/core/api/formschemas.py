"""Django forms as JSON Schema: what the API says of a step's inputs is read from the step's own form."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.encoding import force_str

from tatausaha.core.api import extras
from tatausaha.core.kernel import money
from tatausaha.core.kernel.fields import DateField, RupiahField

FILE: dict[str, Any] = {
    "type": "object",
    "description": "A file: its name, and its content in base64. Larger ones: send multipart/form-data.",
    "required": ["name", "content"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "maxLength": 200},
        "content": {"type": "string", "contentEncoding": "base64"},
    },
}

BINARY: dict[str, Any] = {"type": "string", "format": "binary", "description": "A file."}
"""The same file where the inputs are sent as a form."""

LARGEST_ENUM = 50
LARGEST_ID = 2**63 - 1


def has_files(kind: type[forms.Form] | None) -> bool:
    """Whether a form takes files, and so is another schema where it is sent as multipart."""
    return kind is not None and any(isinstance(one, forms.FileField) for one in kind.base_fields.values())


def schema_of(kind: type[forms.Form] | None, *, multipart: bool = False) -> dict[str, Any]:
    """The schema of a form's inputs, as JSON or as multipart; of no form, an empty object."""
    fields: Mapping[str, forms.Field] = kind.base_fields if kind else {}
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: field_schema(name, field, multipart=multipart) for name, field in fields.items()
        },
    }
    if needed := [name for name, field in fields.items() if field.required]:
        schema["required"] = needed
    return schema


def field_schema(name: str, field: forms.Field, *, multipart: bool = False) -> dict[str, Any]:
    """The schema of one input, with its label and help as the page shows them."""
    kind = BINARY if multipart and isinstance(field, forms.FileField) else _kind(field)
    schema = {"title": force_str(field.label or name)} | kind
    if field.help_text:
        schema["description"] = (
            f"{schema['description']} {field.help_text}"
            if "description" in schema
            else force_str(field.help_text)
        )
    if not field.required and not multipart and "type" in schema and isinstance(schema["type"], str):
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema


def _kind(field: forms.Field) -> dict[str, Any]:
    return next((read(field) for kind, read in _READERS if isinstance(field, kind)), {"type": "string"})


def _rupiah(field: Any) -> dict[str, Any]:
    most = min(field.most, money.LARGEST)
    return {"type": "integer", "minimum": field.least, "maximum": most, "description": "Whole rupiah."}


def _integer(field: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer"}
    return schema | _bounds(field)


def _number(field: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "number"}
    return schema | _bounds(field)


def _bounds(field: Any) -> dict[str, Any]:
    bounds = {"minimum": field.min_value, "maximum": field.max_value}
    return {name: value for name, value in bounds.items() if isinstance(value, int | float)}


def _text(field: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if field.max_length:
        schema["maxLength"] = field.max_length
    if field.required:
        schema["minLength"] = max(field.min_length or 1, 1)
    return schema


def _choice(field: Any) -> dict[str, Any]:
    chosen = _choices(field)
    if not chosen or len(chosen) > LARGEST_ENUM:
        return {"type": "string"}
    said = "; ".join(f"{code} = {label}" for code, label in chosen)
    return {"type": "string", "enum": [code for code, _label in chosen], "description": f"{said}."}


def _choices(field: Any) -> list[tuple[str, str]]:
    if callable(getattr(field, "_choices", None)):
        return []
    flat: list[tuple[str, str]] = []
    for key, label in field.choices:
        if isinstance(label, list | tuple):
            flat += [(force_str(code), force_str(said)) for code, said in label]
        elif key not in ("", None):
            flat.append((force_str(key), force_str(label)))
    return flat


def _record(field: Any) -> dict[str, Any]:
    """The id of a record: of what, and where a program finds it."""
    kind = field.queryset.model
    said = f"The id of: {force_str(kind._meta.verbose_name)}."  # noqa: SLF001
    if where := extras.place_of(kind):
        said += f" See {where}."
    if field.to_field_name:
        return {"type": "string", "description": said}
    return {"type": "integer", "minimum": 1, "maximum": LARGEST_ID, "description": said}


def _records(field: Any) -> dict[str, Any]:
    return {"type": "array", "items": _record(field)}


def _several(field: Any) -> dict[str, Any]:
    return {"type": "array", "items": _choice(field)}


def _plain(kind: str, form: str = "") -> Callable[[Any], dict[str, Any]]:
    return lambda _field: {"type": kind} | ({"format": form} if form else {})


_READERS: tuple[tuple[type[forms.Field], Callable[[Any], dict[str, Any]]], ...] = (
    (RupiahField, _rupiah),
    (forms.FileField, lambda _field: dict(FILE)),
    (forms.BooleanField, _plain("boolean")),
    (DateField, _plain("string", "date")),
    (forms.DateField, _plain("string", "date")),
    (forms.DateTimeField, _plain("string", "date-time")),
    (forms.TimeField, _plain("string", "time")),
    (forms.EmailField, _plain("string", "email")),
    (forms.URLField, _plain("string", "uri")),
    (forms.UUIDField, _plain("string", "uuid")),
    (forms.DecimalField, _number),
    (forms.FloatField, _number),
    (forms.IntegerField, _integer),
    (forms.JSONField, lambda _field: {"type": ["object", "array"]}),
    (forms.ModelMultipleChoiceField, _records),
    (forms.ModelChoiceField, _record),
    (forms.MultipleChoiceField, _several),
    (forms.ChoiceField, _choice),
    (forms.CharField, _text),
)
"""From the most particular field to the plainest; the first that fits speaks."""
