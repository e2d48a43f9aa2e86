"""Registration of the procedures app."""

from django.apps import AppConfig
from django.core import checks


class ProceduresConfig(AppConfig):
    """The SOP engine."""

    name = "tatausaha.core.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read every table at start-up."""
        from tatausaha.core.procedures.checks import all_procedures  # noqa: PLC0415 - app ready

        checks.register(all_procedures)
