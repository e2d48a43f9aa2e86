"""Boarding houses, from the listing to the waiting list. What is done to a case changes these columns; all else stays."""

from django.db import migrations

from tatausaha.business.boarding.migrations import _guards, _houses, _rooms, _stays, _wishes
from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated
from tatausaha.core.kernel.together import Together

DISCOUNT = (
    "status", "since", "deadline_at", "retry_at", "booking_id", "stay_id", "from_period", "customer_id", "headline",
)
ROOM_MOVE = (
    "status", "since", "deadline_at", "retry_at", "headline", "customer_id", "swapped_with_id",
)
TICKET = (
    "status", "since", "deadline_at", "retry_at", "headline", "customer_id", "handler_id", "repairer", "planned_on",
    "closed_room", "reopened",
)
WISH = (
    "status", "since", "deadline_at", "retry_at", "headline", "customer_id",
)
DEPOSIT_USE = (
    "status", "since", "deadline_at", "retry_at", "customer_id", "headline", "used",
)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('boarding', '0001_houses'),
        ('boarding', '0002_constraints'),
        ('boarding', '0003_bookings'),
        ('boarding', '0004_house_changes'),
        ('boarding', '0005_never_replaced'),
        ('boarding', '0006_one_stay_until_inspected'),
        ('boarding', '0007_never_truncated'),
        ('boarding', '0008_imports_are_shared'),
        ('boarding', '0009_shared_imports_only'),
        ('boarding', '0010_discounts'),
        ('boarding', '0011_price_guard'),
        ('boarding', '0012_uses_in_words'),
        ('boarding', '0013_condition_sheets'),
        ('boarding', '0014_damage_on_a_line'),
        ('boarding', '0015_no_damage_without_a_line'),
        ('boarding', '0016_stay_papers'),
        ('boarding', '0017_tenants_from_paper'),
        ('boarding', '0018_meters'),
        ('boarding', '0019_meter_seals'),
        ('boarding', '0020_recap_lines'),
        ('boarding', '0021_room_moves_and_terms'),
        ('boarding', '0022_room_moves_sealed'),
        ('boarding', '0023_no_stay_left_between_rooms'),
        ('boarding', '0024_asked_to_leave'),
        ('boarding', '0025_tickets'),
        ('boarding', '0026_prepaid_periods'),
        ('boarding', '0027_waiting_list'),
        ('boarding', '0028_deposit_uses'),
        ('boarding', '0029_rooms_reported'),
    ]

    dependencies = [
        ('billing', '0001_squashed_0007_allocations_by_day'),
        ('documents', '0001_squashed_0004_never_truncated'),
        ('imports', '0001_initial'),
        ('payments', '0001_squashed_0010_assets_bought'),
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
        ('procedures', '0001_squashed_0006_seal_of_programs'),
    ]

    operations = [
        Together(*_houses.TABLES, *_stays.TABLES, *_rooms.TABLES, *_wishes.TABLES),
        _guards.houses,
        append_only("boarding_housechange"),
        never_replaced("boarding_roomprice", "boarding_serviceprice", "boarding_housechange"),
        never_truncated("boarding_roomprice", "boarding_serviceprice", "boarding_housechange"),
        append_only("boarding_discount", allowed=DISCOUNT),
        append_only("boarding_discountgiven"),
        never_replaced("boarding_discountgiven"),
        never_truncated("boarding_discount", "boarding_discountgiven"),
        _guards.rents,
        _guards.sheets,
        never_replaced("boarding_conditionsheet", "boarding_conditionitem"),
        never_truncated("boarding_conditionsheet", "boarding_conditionitem"),
        append_only("boarding_staypaper"),
        never_replaced("boarding_staypaper"),
        never_truncated("boarding_staypaper"),
        append_only("boarding_reading", allowed=("taken_back_at", "taken_back_by_id", "use_id")),
        append_only("boarding_tokenpurchase", allowed=("use_id",)),
        never_replaced("boarding_reading", "boarding_tokenpurchase"),
        never_truncated("boarding_reading", "boarding_tokenpurchase"),
        _guards.meters,
        append_only("boarding_roommove", allowed=ROOM_MOVE),
        never_replaced("boarding_roommove"),
        never_truncated("boarding_roommove"),
        append_only("boarding_ticket", allowed=TICKET),
        append_only("boarding_ticketcost"),
        never_replaced("boarding_ticketcost"),
        never_truncated("boarding_ticket", "boarding_ticketcost"),
        append_only("boarding_wish", allowed=WISH),
        append_only("boarding_roomoffer", allowed=("until",)),
        append_only("boarding_wishtold"),
        never_replaced("boarding_wishtold"),
        never_truncated("boarding_wish", "boarding_roomoffer", "boarding_wishtold"),
        append_only("boarding_deposituse", allowed=DEPOSIT_USE),
        never_truncated("boarding_deposituse"),
    ]
