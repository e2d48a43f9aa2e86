"""Tables of the boarding houses, one file a noun."""

from tatausaha.business.boarding.models.booking import (
    BookedService,
    Booking,
    Cause,
    Occupant,
    Purpose,
    Registration,
)
from tatausaha.business.boarding.models.claim import RoomClaim
from tatausaha.business.boarding.models.condition import ChecklistItem, ConditionItem, ConditionSheet
from tatausaha.business.boarding.models.cycle import Cycle
from tatausaha.business.boarding.models.deposit_use import DepositUse
from tatausaha.business.boarding.models.discount import Discount, DiscountGiven
from tatausaha.business.boarding.models.from_paper import PaperTenant
from tatausaha.business.boarding.models.guest import Guest
from tatausaha.business.boarding.models.history import HouseChange
from tatausaha.business.boarding.models.house import Facility, Gender, House, NearbyPlace, Place
from tatausaha.business.boarding.models.listing import ListingSource
from tatausaha.business.boarding.models.meter import Meter, Reading, TokenPurchase
from tatausaha.business.boarding.models.move import RoomMove
from tatausaha.business.boarding.models.paper import StayPaper
from tatausaha.business.boarding.models.photo import Photo
from tatausaha.business.boarding.models.price import ExtraService, RoomPrice, ServicePrice
from tatausaha.business.boarding.models.recap import RecapLine
from tatausaha.business.boarding.models.room import Room, RoomType
from tatausaha.business.boarding.models.stay import (
    Damage,
    ResidentMove,
    ResidentReport,
    ServiceUse,
    Stay,
    Subscription,
)
from tatausaha.business.boarding.models.ticket import Ticket, TicketCost
from tatausaha.business.boarding.models.waiting import RoomOffer, Wish, WishTold

__all__ = [
    "BookedService",
    "Booking",
    "Cause",
    "ChecklistItem",
    "ConditionItem",
    "ConditionSheet",
    "Cycle",
    "Damage",
    "DepositUse",
    "Discount",
    "DiscountGiven",
    "ExtraService",
    "Facility",
    "Gender",
    "Guest",
    "House",
    "HouseChange",
    "ListingSource",
    "Meter",
    "NearbyPlace",
    "Occupant",
    "PaperTenant",
    "Photo",
    "Place",
    "Purpose",
    "Reading",
    "RecapLine",
    "Registration",
    "ResidentMove",
    "ResidentReport",
    "Room",
    "RoomClaim",
    "RoomMove",
    "RoomOffer",
    "RoomPrice",
    "RoomType",
    "ServicePrice",
    "ServiceUse",
    "Stay",
    "StayPaper",
    "Subscription",
    "Ticket",
    "TicketCost",
    "TokenPurchase",
    "Wish",
    "WishTold",
]
