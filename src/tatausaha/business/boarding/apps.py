"""Registration of the boarding houses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardingConfig(AppConfig):
    """Boarding houses (kos)."""

    name = "tatausaha.business.boarding"
    label = "boarding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the business, its menu entries, its command and the worker's share of its work."""
        # app ready: models are loaded only now
        from tatausaha.business.boarding import (
            accounts,
            api,
            api_sheets,
            brought_in,
            chapters,
            chores,
            offered,
            panels,
            privacy,
            queries,
            room_places,
            rounds,
        )
        from tatausaha.business.boarding.demonstration.chapter import CHAPTER
        from tatausaha.business.boarding.procedure.booking import BOOKING
        from tatausaha.business.boarding.procedure.stay import STAY
        from tatausaha.business.boarding.queries import bill_titles, towns
        from tatausaha.business.boarding.services import agreement_paper, letters, settlement_paper, sheets
        from tatausaha.core.api import extras
        from tatausaha.core.assets import places as asset_places
        from tatausaha.core.billing import titles
        from tatausaha.core.documents import numbers
        from tatausaha.core.kernel import demonstration, tasks
        from tatausaha.core.ledger import chart
        from tatausaha.core.people import access, businesses
        from tatausaha.core.people import privacy as people_privacy
        from tatausaha.core.procedures import registry
        from tatausaha.core.web import panels as case_panels

        businesses.register("boarding", _("Rumah kos"), town=towns.of_unit)
        titles.register(BOOKING.code, bill_titles.of_bookings)
        titles.register(STAY.code, bill_titles.of_stays)
        chart.register(*accounts.OWN)
        brought_in.register()
        asset_places.register(room_places.ROOMS)
        demonstration.register(CHAPTER)
        for procedure in (BOOKING, STAY):
            registry.register(procedure)
        case_panels.register(BOOKING.code, "boarding/panels/booking.html", panels.booking)
        case_panels.register(STAY.code, "boarding/panels/stay.html", panels.stay)
        api.register()
        api_sheets.register()
        extras.register(BOOKING.code, panels.booking_data)
        extras.register(STAY.code, panels.stay_data)
        access.register_relation(queries.units_with)
        chapters.register()
        people_privacy.register_duty(privacy.duty)
        people_privacy.register_section("kos", privacy.section)
        chores.register()
        numbers.register(settlement_paper.KIND, letters.KIND, sheets.KIND, agreement_paper.KIND)
        tasks.register(*(tasks.Task(*one) for one in rounds.TASKS))
        offered.show()
