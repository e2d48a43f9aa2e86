"""Registration of the payments app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the procedures of money in force."""
        from tatausaha.core.kernel import verifications
        from tatausaha.core.payments.procedure.expense import EXPENSE
        from tatausaha.core.payments.procedure.payment import PAYMENT
        from tatausaha.core.payments.procedure.refund import REFUND
        from tatausaha.core.payments.procedure.suspense import SUSPENSE
        from tatausaha.core.payments.tasks import verify
        from tatausaha.core.procedures import registry

        for procedure in (PAYMENT, SUSPENSE, REFUND, EXPENSE):
            registry.register(procedure)
        verifications.register(verifications.Verification("payments", verify))
