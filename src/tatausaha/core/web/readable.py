"""What was handed in with a step, written for people: labels of its form, amounts, dates."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tatausaha.core.kernel import money, words
from tatausaha.core.people import identity
from tatausaha.core.people.fields import PhoneField
from tatausaha.core.procedures import registry
from tatausaha.core.procedures.models import Passage
from tatausaha.core.web.formkit import RupiahField
from tatausaha.core.web.parts import Fact

Fields = Mapping[str, forms.Field]

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")


def fields_of(passage: Passage) -> Fields:
    """The fields of the form that the step asked for; none where it asked for nothing."""
    procedure = registry.by_code(passage.procedure)
    if procedure is None:
        return {}
    if passage.step == "open" and not passage.source:
        return procedure.opening.form.base_fields if procedure.opening else {}
    step = procedure.step(passage.step)
    return step.form.base_fields if step and step.form else {}


def facts_of(passage: Passage, zone: str) -> tuple[Fact, ...]:
    """The evidence of a passage as lines; empty answers and what no form asked for are left out.

    What a program noted beside it has a name in code alone; a note or the panel says it to people.
    """
    fields = fields_of(passage)
    if passage.step == "open" and not fields:
        return ()  # nobody filled anything in: the case came from another, and its own panel says the rest
    lines = []
    for name, value in passage.evidence.items():
        field = fields.get(name)
        if field is None or value in (None, "", [], {}) or _not_asked(field, value):
            continue
        label = field.label or capfirst(name.replace("_", " "))
        lines.append(Fact(str(label), said(value, field, zone)))
    return tuple(lines)


def _not_asked(field: forms.Field, value: Any) -> bool:
    """A box that shows only in doubt, and there was none."""
    return value is False and getattr(field, "after_doubt", False)


def said(value: Any, field: forms.Field | None, zone: str) -> str:
    """One value in words."""
    if isinstance(value, int):
        return _number(value, field)
    if isinstance(value, Mapping):
        if "name" in value and "id" in value:
            return str(value["name"])
        return "; ".join(f"{key}: {said(item, None, zone)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(said(item, field, zone) for item in value)
    return _text(str(value), field, zone)


def _number(value: int, field: forms.Field | None) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(field, RupiahField):
        return money.rupiah(value)
    return _chosen(str(value), field)


def _chosen(value: str, field: forms.Field | None) -> str:
    return str(dict(_flat(field)).get(value, value)) if isinstance(field, forms.ChoiceField) else value


def _text(value: str, field: forms.Field | None, zone: str) -> str:
    if isinstance(field, forms.ChoiceField):
        return _chosen(value, field)
    if not _DATED.match(value):  # a reference of ten digits is no date
        return identity.shown_phone(value) if isinstance(field, PhoneField) else value
    try:
        if len(value) == len("2026-11-21"):
            return words.long_date(date.fromisoformat(value))
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return words.moment(moment, zone) if moment.tzinfo else value


def _flat(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    if isinstance(field, forms.ModelChoiceField):
        return []
    flat: list[tuple[Any, Any]] = []
    choices: Any = field.choices
    for key, label in choices:
        flat.extend(label if isinstance(label, list | tuple) else [(str(key), label)])
    return flat
