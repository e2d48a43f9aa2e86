"""Registration of the api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the core's own routers beside the endpoints of the cases."""
        from tatausaha.core.api import money, routers

        routers.register("/money", money.router, "money")
