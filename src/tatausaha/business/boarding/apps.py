"""Registration of the boarding houses."""

from datetime import timedelta

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
        from tatausaha.business.boarding import commands as own_commands
        from tatausaha.business.boarding import roles
        from tatausaha.business.boarding.services import listings
        from tatausaha.core.kernel import commands, tasks
        from tatausaha.core.people import businesses
        from tatausaha.core.web import menu

        businesses.register("boarding", _("Rumah kos"))
        commands.register(own_commands.IMPORT)
        tasks.register(tasks.Task("boarding.listings", timedelta(seconds=5), listings.go_on_with_all))
        menu.register(
            menu.Entry(_("Cari kos"), "boarding:search", menu.anybody, menu.Place.PUBLIC, 10, "bed"),
            menu.Entry(
                _("Rumah kos"),
                "boarding:houses",
                roles.keeps_houses,
                menu.Place.BUSINESS,
                10,
                "bed",
                phone=True,
            ),
        )
