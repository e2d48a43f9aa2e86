"""The inputs of a step or an opening: from JSON or a multipart form into the very form that the page uses."""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from tatausaha.core.api.problems import Invalid
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.forms import filled
from tatausaha.core.procedures.models import Tracked

JSON, MULTIPART = "application/json", "multipart/form-data"
RESERVED = frozenset({"procedure"})

Given = tuple[MultiValueDict[str, Any], MultiValueDict[str, Any]]


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent; an empty body is an empty object. 400 for anything else."""
    if not request.body:
        return {}
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as broken:
        raise HttpError(400, _("Isi permintaan bukan JSON yang benar.")) from broken
    if not isinstance(sent, dict):
        raise HttpError(400, _("Isi permintaan harus objek JSON."))
    return sent


def is_multipart(request: HttpRequest) -> bool:
    """Whether the inputs came as a form with files; 415 for what is neither that nor JSON."""
    if request.content_type == MULTIPART:
        return True
    if request.content_type not in {JSON, "", "text/plain"} or (
        request.content_type == "text/plain" and request.body
    ):
        raise HttpError(415, _("Kirim sebagai application/json atau multipart/form-data."))
    return False


def cleaned(
    kind: type[forms.Form] | None,
    given: Given,
    *,
    by: Person,
    at: datetime,
    subject: Tracked | None = None,
) -> dict[str, Any]:
    """The inputs as the form understands them. Raises `Invalid` with what is wrong, field by field."""
    data, files = given
    known = set(kind.base_fields) if kind else set()
    form = filled(kind, data, files, by=by, at=at, subject=subject) if kind else None
    known |= set(form.fields) if form else set()
    strange = [name for name in {*data, *files} if name not in known | RESERVED]
    wrong = [(name, _("Isian ini tidak dikenal.")) for name in sorted(strange)]
    wrong += [
        (name, _("Isian ini bukan berkas."))
        for name in files
        if form and name in form.fields and not isinstance(form.fields[name], forms.FileField)
    ]
    if form and not form.is_valid():
        wrong += [
            ("" if name == NON_FIELD_ERRORS else name, str(said))
            for name, sentences in form.errors.items()
            for said in sentences
        ]
    if wrong:
        raise Invalid(wrong)
    return form.cleaned_data if form else {}


def from_multipart(request: HttpRequest) -> Given:
    """Fields and files of a multipart form."""
    return MultiValueDict(dict(request.POST.lists())), request.FILES


def from_json(sent: Mapping[str, Any]) -> Given:
    """A JSON object as a form would have sent it; `{"name", "content"}` (base64) is a file."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    files: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in sent.items():
        if value is None:
            continue
        if _is_file(value):
            files[name] = _file(name, value)
        elif isinstance(value, list) and value and all(_is_file(one) for one in value):
            files.setlist(name, [_file(name, one) for one in value])
        elif isinstance(value, list):
            data.setlist(name, [_typed(one) for one in value])
        else:
            data[name] = _typed(value)
    return data, files


def _typed(value: Any) -> Any:
    """As it would have been typed; objects only for fields that read JSON."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value)


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"name", "content"}


def _file(name: str, value: Mapping[str, Any]) -> SimpleUploadedFile:
    try:
        content = base64.b64decode(str(value["content"]), validate=True)
    except (binascii.Error, ValueError) as broken:
        raise Invalid([(name, _("Isi berkas harus base64."))]) from broken
    said = "".join(sign for sign in str(value["name"]) if sign.isprintable())  # as browsers' forms are read
    return SimpleUploadedFile(said[-200:] or "berkas", content)
