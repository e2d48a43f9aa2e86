"""Tables of the boarding houses, one file a noun."""

from tatausaha.business.boarding.models.claim import RoomClaim
from tatausaha.business.boarding.models.house import Facility, Gender, House, NearbyPlace, Place
from tatausaha.business.boarding.models.listing import ImportRow, ImportRun, ListingSource
from tatausaha.business.boarding.models.photo import Photo
from tatausaha.business.boarding.models.price import ExtraService, RoomPrice, ServicePrice
from tatausaha.business.boarding.models.room import Room, RoomType

__all__ = [
    "ExtraService",
    "Facility",
    "Gender",
    "House",
    "ImportRow",
    "ImportRun",
    "ListingSource",
    "NearbyPlace",
    "Photo",
    "Place",
    "Room",
    "RoomClaim",
    "RoomPrice",
    "RoomType",
    "ServicePrice",
]
