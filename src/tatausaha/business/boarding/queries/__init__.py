"""Reads about houses, rooms, prices and what is free; the only way a view gets an object."""

from tatausaha.business.boarding.geometry import distance_m
from tatausaha.business.boarding.queries.bookings import units_with
from tatausaha.business.boarding.queries.houses import (
    house_for,
    houses_for,
    public_house,
    public_houses,
    public_room,
)
from tatausaha.business.boarding.queries.prices import current_amount, priced_services, priced_types
from tatausaha.business.boarding.queries.quotes import Quote, Terms, quote, reckoned, terms_of
from tatausaha.business.boarding.queries.rooms import (
    RoomState,
    claims_against,
    free_counts,
    free_rooms,
    room_states,
    standing,
)
from tatausaha.business.boarding.queries.search import places_to_be_near

__all__ = [
    "Quote",
    "RoomState",
    "Terms",
    "claims_against",
    "current_amount",
    "distance_m",
    "free_counts",
    "free_rooms",
    "house_for",
    "houses_for",
    "places_to_be_near",
    "priced_services",
    "priced_types",
    "public_house",
    "public_houses",
    "public_room",
    "quote",
    "reckoned",
    "room_states",
    "standing",
    "terms_of",
    "units_with",
]
