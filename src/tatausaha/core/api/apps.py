"""Registration of the api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
