"""A figure of a closed month before and after its books were changed (KOS-18)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tatausaha.core.ledger.models import Seal
from tatausaha.core.ledger.queries import RESULT_TYPES


@dataclass(frozen=True)
class Change:
    """A figure of a month before and after a change of the books, as the report counts it."""

    label: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """By how much."""
        return self.after - self.before


def change_of(kind: str, name: str, before: int, after: int) -> Change:
    """An account's change, debit less credit given: what was earned or spent in the month, else the balance at its end.

    `kind` is the type of the account; each is told with the sign that people expect of it.
    """
    sign = 1 if kind in {"A", "X"} else -1
    said = name if kind in RESULT_TYPES else _("%(name)s, akhir bulan") % {"name": name}
    return Change(said, sign * before, sign * after)


def changes_of(seal: Seal) -> tuple[Change, ...]:
    """What a version changed, in the same figures that were shown before the change was made (`restating`).

    The version keeps by how much each account moved in the month; what a balance was before follows
    from where it ended.
    """
    rows = {row["account"]: row for row in seal.report["balances"]}
    found = []
    for one in seal.difference:
        row, before, after = rows.get(one["account"]), one["before"], one["after"]
        if row is None:  # the account has another number since: only its movement is known
            found.append(Change(one["name"], before, after))
            continue
        if row["type"] not in RESULT_TYPES:
            before, after = row["closing"] - (after - before), row["closing"]
        found.append(change_of(row["type"], one["name"], before, after))
    return tuple(found)
