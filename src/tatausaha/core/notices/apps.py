"""Registration of the notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
