"""What people brought along from before these books: money that was held, bills that were owed (rules/ledger 20).

Both stand against the opening equity (ekuitas saldo awal), never against income or a bank: the
income was earned and the money came in the books before these.
"""

from datetime import date, datetime

from django.db import transaction

from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.services import held, settling
from tatausaha.core.billing.services.recognition import recognise
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Draft, Line, post
from tatausaha.core.people.actors import Actor

OPENING = "opening"
"""The kind of journals that bring balances from before."""


@transaction.atomic
def take_over_held(
    place: held.Place, amount: int, *, on: date, note: str, reason: str, key: str, by: Actor, at: datetime
) -> Journal:
    """Money that was held for somebody already: Dr opening equity / Cr the liability, and its entry.

    `on` is the day of moving in; a past month asks for the owner and a reason.
    """
    settling.open_books(place.unit)
    journal = post(
        Draft(
            key=key, unit=place.unit, kind=OPENING, event_on=on, reason=reason, memo=note,
            lines=(Line(chart.OPENING_EQUITY, amount), Line(place.account, -amount, party=place.person)),
            source=(place.procedure, place.subject_id) if place.procedure else None,
        ),
        by=by, at=at,
    )  # fmt: skip
    held.record([held.Change(place, amount, held.Move.RECEIVED, note)], journal=journal, by=by, at=at)
    return journal


def take_over_owed(invoice: Invoice, *, on: date, reason: str, by: Actor, at: datetime) -> Invoice:
    """Book a bill whose lines stand on the opening equity, on the day of moving in: Dr receivable / Cr that."""
    return recognise(invoice, on=on, reason=reason, by=by, at=at)
