"""The one way to write down what was changed in a house (SYS-10)."""

from datetime import datetime

from django.db import models
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import House, HouseChange
from tatausaha.core.people.models import Person

_SILENT = {"id", "unit", "house", "created_at"}
"""What never changes says nothing."""

_PLAIN = 500
"""Characters of a value that are kept; descriptions may be long."""


def snapshot(row: models.Model | None) -> dict[str, str]:
    """Every stored field of a row as people read it, by its name for people; nothing for a new row."""
    if row is None or row.pk is None:
        return {}
    with translation.override("id"):
        fields = [field for field in row._meta.concrete_fields if field.name not in _SILENT]  # noqa: SLF001 - Django's documented way
        said = {str(capfirst(field.verbose_name)): _said(row, field) for field in fields}
        for relation in row._meta.many_to_many:  # noqa: SLF001
            through = relation.remote_field.through
            if through is not None and through._meta.auto_created:  # noqa: SLF001
                names = sorted(str(one) for one in getattr(row, relation.name).all())
                said[str(_("Fasilitas"))] = ", ".join(names)
    return said


def _said(row: models.Model, field: models.Field) -> str:  # type: ignore[type-arg]
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    shown = getattr(row, f"get_{field.name}_display", None)
    return str("" if value is None else shown() if shown else value)[:_PLAIN]


def write(
    house: House, thing: str, before: dict[str, str], after: dict[str, str], *, by: Person, at: datetime
) -> int:
    """A row for every field that differs; how many. A new thing has no `before`."""
    changed = [field for field in after if before.get(field, "") != after[field]]
    rows = [
        HouseChange(
            house=house, thing=thing[:120], field=field[:60], old=before.get(field, ""), new=after[field], by=by, at=at
        )
        for field in changed
    ]  # fmt: skip
    return len(HouseChange.objects.bulk_create(rows))
