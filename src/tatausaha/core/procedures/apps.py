"""Registration of the procedures app."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
