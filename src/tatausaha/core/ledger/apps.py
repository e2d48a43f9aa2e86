"""Registration of the ledger app."""

from datetime import timedelta

from django.apps import AppConfig

from tatausaha.core.kernel import tasks, verifications


class LedgerConfig(AppConfig):
    """The books."""

    name = "tatausaha.core.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker finish the chain; answer `verify`; keep a merged person's lines and totals his."""
        from tatausaha.core.ledger.models import Entry, Journal, PartyTotal
        from tatausaha.core.ledger.tasks import link_what_waits, verify_books
        from tatausaha.core.people import merging

        merging.leave_as_history(Entry, Journal, PartyTotal)
        tasks.register(tasks.Task("link journals", timedelta(seconds=10), link_what_waits))
        verifications.register(verifications.Verification("ledger", verify_books))
