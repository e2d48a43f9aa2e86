"""What every report is signed with: where the chain of the books ends, and when they were last found even."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock, words
from tatausaha.core.ledger import chain
from tatausaha.core.ledger.models import Link
from tatausaha.core.reports.models import BooksCheck

HEAD_SHOWN = 10
"""Characters of the head of the books that are printed (rules/ledger, delight 5)."""


@dataclass(frozen=True)
class Proof:
    """The head of the chain, and when everything last held; nothing where the last check found a fault."""

    head: str
    checked_at: datetime | None


def proof() -> Proof:
    """Both as they are now, in one query."""
    last = BooksCheck.objects.order_by("-at")
    rows = Link.objects.order_by("-seq").annotate(
        checked=Subquery(last.values("at")[:1]), findings=Subquery(last.values("findings")[:1])
    )
    found = rows.values_list("hash", "checked", "findings").first()
    if found is None:
        return Proof(chain.START, None)
    head, checked, findings = found
    return Proof(head, None if findings else checked)


def checked_said(checked_at: datetime | None, zone: str) -> list[str]:
    """When the books were last found even, in words; nothing while they never were."""
    if checked_at is None:
        return []
    wall = clock.local(checked_at, zone)
    said = {"day": words.short_date(wall.date()), "hour": f"{wall:%H.%M}"}
    return [_("seimbang, diperiksa %(day)s %(hour)s") % said]
