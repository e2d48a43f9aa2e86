"""Registration of the procedures app."""

from datetime import timedelta

from django.apps import AppConfig
from django.core import checks

from tatausaha.core.kernel import tasks


class ProceduresConfig(AppConfig):
    """The SOP engine."""

    name = "tatausaha.core.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read every table at start-up; let the worker move what is overdue."""
        from tatausaha.core.procedures.checks import all_procedures
        from tatausaha.core.procedures.tasks import move_overdue

        checks.register(all_procedures)
        tasks.register(tasks.Task("move what is overdue", timedelta(seconds=1), move_overdue))
