"""Registration of the ledger app."""

from datetime import timedelta

from django.apps import AppConfig

from tatausaha.core.kernel import tasks


class LedgerConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The worker links what a commit could not."""
        from tatausaha.core.ledger.tasks import link_waiting

        tasks.register(tasks.Task("link what waits for the chain", timedelta(seconds=10), link_waiting))
