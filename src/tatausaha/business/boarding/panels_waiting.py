"""What the case page of a wish shows: what is waited for, where one stands, which rooms were told of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import announcements_waiting
from tatausaha.business.boarding.models import RoomOffer, Wish
from tatausaha.business.boarding.queries import waiting
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries as cases
from tatausaha.core.web.panels import Action


def wish(case: Wish, person: Person, at: datetime) -> Mapping[str, Any]:
    """The line says plainly that nothing is held."""
    live = case.status == Wish.Status.WAITING
    offers = waiting.offers_to(case) if live else []
    return {
        "case": case,
        "staff": cases.is_staff_of(person, case),
        "standing": waiting.standing_of(case, at=at) if live else None,
        "hours": case.policy.step_hours,
        "offers": [(offer, _address(offer, case)) for offer in offers],
        "actions": [_book(offer, case) for offer in offers] if case.customer_id == person.pk else [],
    }


def _address(offer: RoomOffer, case: Wish) -> str:
    return announcements_waiting.address(offer.room, case.unit.code, offer.from_on)


def _book(offer: RoomOffer, case: Wish) -> Action:
    label = _("Pesan kamar %(room)s") % {"room": offer.room.number}
    return Action(label, _address(offer, case))


def wish_data(case: Wish, _person: Person, at: datetime) -> Mapping[str, Any]:
    """The same as data, for the API; money in whole rupiah."""
    live = case.status == Wish.Status.WAITING
    standing = waiting.standing_of(case, at=at) if live else None
    return {
        "room_type": case.room_type.name if case.room_type else None,
        "room": case.room.number if case.room else None,
        "latest_on": case.latest_on.isoformat(),
        "budget": case.budget,
        "place": standing.place if standing else None,
        "waiting": standing.of if standing else None,
        "rooms": [offer.room.number for offer in waiting.offers_to(case)] if live else [],
    }
