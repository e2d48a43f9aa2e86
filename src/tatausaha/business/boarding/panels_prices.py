"""What the case page of a discount shows: the price, what is asked, what it has cost so far."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tatausaha.business.boarding.models import Discount
from tatausaha.business.boarding.queries import discounts
from tatausaha.core.people.models import Person


def discount(case: Discount, _person: Person, at: datetime) -> Mapping[str, Any]:
    """Room and case, published and asked rent, for how long, and what was given away so far."""
    return {
        "case": case,
        "less": case.published - case.asked,
        "first": case.from_period + 1,
        "given": discounts.given_in_all([case]).get(case.pk, 0),
        "about": case.stay or case.booking,
        "at": at,
    }


def discount_data(case: Discount, _person: Person, _at: datetime) -> Mapping[str, Any]:
    """The same as data, for the API; money in whole rupiah."""
    about = case.stay or case.booking
    return {
        "room": case.room.number,
        "published": case.published,
        "asked": case.asked,
        "from_period": case.from_period + 1,
        "periods": case.periods,
        "reason": case.reason,
        "case": about.number if about else None,
        "given": discounts.given_in_all([case]).get(case.pk, 0),
    }
