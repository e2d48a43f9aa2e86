"""Registration of the web app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
