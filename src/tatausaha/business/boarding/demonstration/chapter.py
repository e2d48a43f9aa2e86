"""The chapter of the boarding houses: a year of three houses, told up to this moment."""

from datetime import date, datetime, timedelta

from tatausaha.business.boarding.demonstration import building, scenes_rent, scenes_tickets, scenes_waiting
from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.houses import HOUSES, JIMBARAN, MELATI, MERPATI
from tatausaha.business.boarding.demonstration.lives import Life
from tatausaha.business.boarding.demonstration.names import MEN, WOMEN, Guests
from tatausaha.business.boarding.demonstration.office import Office
from tatausaha.business.boarding.demonstration.scenes import Scenes
from tatausaha.business.boarding.demonstration.scenes_cycles import fixed_date_from_today
from tatausaha.business.boarding.demonstration.scenes_meters import water_meters
from tatausaha.business.boarding.demonstration.scenes_prices import discount_asked, discount_granted
from tatausaha.business.boarding.demonstration.taxes import pay_taxes, plan_year
from tatausaha.business.boarding.demonstration.things import THINGS, Things, depreciate_monthly
from tatausaha.business.boarding.demonstration.timeline import Timeline, let_days_pass, moment
from tatausaha.business.boarding.demonstration.year import plan_of, residents
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.demonstration import Chapter
from tatausaha.core.notices import services as notices
from tatausaha.core.people.demonstration import GUESTS, person_known_as
from tatausaha.core.people.models import Company, Person, Zone

RAISE = 150
"""Days before the present on which new rents were published."""


def tell(at: datetime) -> Timeline:
    """Open the houses soon after the company was founded, and live through everything until `at`."""
    company = Company.objects.get()
    owner = person_known_as("pemilik@contoh.id")
    timeline = Timeline(at)
    first = company.books_from + timedelta(days=2)
    album = building.Album(HOUSES)
    present = clock.day(at, Zone.WIB)
    sites = {}
    for number, plan in enumerate(HOUSES):
        opened = moment(first + timedelta(days=number), "09.00", plan.zone)
        managers = [person_known_as(email) for email in plan.managers]
        sites[plan.name] = building.open_site(plan, owner=owner, managers=managers, at=opened)
    let_days_pass(timeline, first + timedelta(days=4), present, Zone.WIB)
    guests = Guests(present)
    _live(timeline, sites, guests, at)
    _tell_scenes(Scenes(timeline, guests, present), sites)
    _guard_prices(timeline, sites, present)
    _repair_and_wait(timeline, sites, present)
    _rent_late_and_early(timeline, sites, present)
    fixed_date_from_today(timeline, sites[MERPATI.name], "1")
    water_meters(timeline, sites[JIMBARAN.name], present)
    for name, things in THINGS.items():
        Things(timeline, sites[name], first + timedelta(days=6), present).plan(things)
    depreciate_monthly(timeline, first, present, Zone.WIB)
    pay_taxes(timeline, sites[MELATI.name], first + timedelta(days=6), present)
    plan_year(timeline, sites[MELATI.name], present)
    for site in sites.values():
        Office(timeline, site).plan_months(first + timedelta(days=20), present)
        raise_on = moment(present - timedelta(days=RAISE), "19.00", site.zone)
        timeline.plan(raise_on, lambda on, site=site: building.raise_prices(site, at=on))  # type: ignore[misc]
    timeline.run()
    for site in sites.values():
        album.hang(site, at=site.house.created_at)
    album.close()
    _read_everything(at - timedelta(days=2))
    return timeline


def _read_everything(at: datetime) -> None:
    """Who can sign in has read what came until then."""
    for guest in GUESTS:
        notices.mark_all_read(person_known_as(guest.email), at=at)


def _live(timeline: Timeline, sites: dict[str, Site], guests: Guests, at: datetime) -> None:
    """Everybody who lives or lived here. Who can sign in is known already and keeps the first names of the lists."""
    known: dict[str, Person] = {
        person.name: person for person in Person.objects.filter(name__in=[*WOMEN, *MEN])
    }
    taken = {resident.name for resident in residents() if resident.name}
    guests.reserve(taken)
    for number, resident in enumerate(residents()):
        site = sites[resident.house]
        guise = guests.one(resident.house, woman=resident.woman, name=resident.name)
        plan = plan_of(resident, site.day(at), number)
        Life(timeline, site, guise, plan, person=known.get(resident.name)).begin()


def _tell_scenes(scenes: Scenes, sites: dict[str, Site]) -> None:
    melati, jimbaran, merpati = sites[MELATI.name], sites[JIMBARAN.name], sites[MERPATI.name]
    scenes.never_paid(melati, "302", 290, woman=True)
    scenes.never_paid(jimbaran, "B2", 180, woman=False)
    scenes.never_paid(merpati, "4", 77, woman=False)
    scenes.never_paid(melati, "105", 40, woman=True)
    scenes.cancelled(melati, "302", 230, woman=True, paid=False)
    scenes.cancelled(jimbaran, "B6", 200, woman=True, paid=True)
    scenes.cancelled(melati, "203", 120, woman=True, paid=True, by_house=True)
    scenes.never_came(merpati, "4", 150, woman=False)
    scenes.paid_late(jimbaran, "B2", 70, woman=False)
    scenes.hold_of(melati, "105", person_known_as("nadia@contoh.id"))
    scenes.moves_in_tomorrow(melati, "203", woman=True)
    scenes.waits_for_verification(merpati, "4", woman=False)
    scenes.moves_room(melati, "106", "302", 2)
    scenes.wish_of_manager(jimbaran)
    scenes.owner_is_told(melati)
    scenes.cash_under_way(jimbaran, melati, merpati)
    scenes.corrected_month(melati)


def _guard_prices(timeline: Timeline, sites: dict[str, Site], present: date) -> None:
    melati, jimbaran = sites[MELATI.name], sites[JIMBARAN.name]
    long_here = "Penghuni lama, selalu bayar, membantu piket kebersihan."
    discount_granted(timeline, melati, "101", present - timedelta(days=100), 75_000, long_here)
    asks = "Minta keringanan selama magang, pindah bila tidak bisa."
    discount_asked(timeline, jimbaran, "A3", 150_000, 3, asks)


def _rent_late_and_early(timeline: Timeline, sites: dict[str, Site], present: date) -> None:
    jimbaran, merpati = sites[JIMBARAN.name], sites[MERPATI.name]
    scenes_rent.late_fee(
        timeline, merpati, present - timedelta(days=75), looked_at=present - timedelta(days=5)
    )
    scenes_rent.paid_ahead(timeline, jimbaran, "A8", present - timedelta(days=4), periods=3)
    scenes_rent.deposit_asked(timeline, jimbaran, "B4")


def _repair_and_wait(timeline: Timeline, sites: dict[str, Site], present: date) -> None:
    melati, jimbaran, merpati = sites[MELATI.name], sites[JIMBARAN.name], sites[MERPATI.name]
    scenes_waiting.callers(timeline, melati, "102")
    scenes_tickets.repaired(timeline, melati, "201", present - timedelta(days=45))
    scenes_tickets.under_repair(timeline, jimbaran, "B6", present - timedelta(days=6))
    scenes_tickets.planned(timeline, jimbaran, "A2")
    scenes_tickets.reported(timeline, melati, "103", "pintu", "Kunci pintu kamar seret", hours=5)
    scenes_tickets.reported(timeline, merpati, "3", "listrik", "Lampu teras padam", hours=40)


def build(at: datetime) -> None:
    """See `tell`."""
    tell(at)


CHAPTER = Chapter("boarding", 50, build)
