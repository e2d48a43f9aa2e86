"""Uses of a service by many tenants at once: all or nothing (KOS-09; rules/boarding 12)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import ngettext

from tatausaha.business.boarding.models import ExtraService, Stay
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform


class RowsRefused(Refused):
    """Nothing was written down; `rows` says why, a sentence a stay."""

    def __init__(self, rows: list[tuple[Stay, str]]) -> None:
        said = ngettext(
            "Belum ada yang dicatat: perbaiki %(count)d baris.", "Belum ada yang dicatat: perbaiki %(count)d baris.",
            len(rows),
        )  # fmt: skip
        super().__init__(said % {"count": len(rows)})
        self.rows = rows


@transaction.atomic
def note_uses(
    service: ExtraService,
    lines: Sequence[tuple[Stay, Decimal]],
    *,
    on: date,
    note: str = "",
    by: Person,
    at: datetime,
) -> list[Stay]:
    """Take the step `note_use` on every stay, rooms in one order. Raises `RowsRefused` with all that is wrong."""
    noted, wrong = [], []
    for stay, quantity in sorted(lines, key=lambda line: (line[0].room_id, line[0].pk)):
        data = {"service": service, "on": on, "quantity": quantity, "note": note}
        step = procedure_of(stay).step("note_use")
        assert step is not None
        try:
            noted.append(perform(stay, step, by=by, at=at, data=data))
        except Refused as no:
            wrong.append((stay, str(no)))
    if wrong:
        raise RowsRefused(wrong)
    return noted
