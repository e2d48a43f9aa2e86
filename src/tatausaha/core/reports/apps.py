"""Registration of the reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
