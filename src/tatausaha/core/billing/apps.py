"""Registration of the billing app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the paper of credit notes known, let the worker book what falls due, answer `verify`."""
        from datetime import timedelta

        from django.utils.translation import gettext_lazy as _

        from tatausaha.core.billing.readiness import unfinished
        from tatausaha.core.billing.tasks import recognise_due, verify
        from tatausaha.core.documents import numbers
        from tatausaha.core.kernel import tasks, verifications
        from tatausaha.core.ledger.sealing import register_check

        numbers.register(numbers.Kind("credit_note", "NK", _("Nota kredit")))
        tasks.register(tasks.Task("billing.recognise_due", timedelta(minutes=10), recognise_due))
        register_check(unfinished)
        verifications.register(verifications.Verification("billing", verify))
