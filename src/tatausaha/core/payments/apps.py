"""Registration of the payments app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the procedures of money in force."""
        from tatausaha.core.payments.procedure.payment import PAYMENT  # noqa: PLC0415 - app ready
        from tatausaha.core.payments.procedure.refund import REFUND  # noqa: PLC0415 - app ready
        from tatausaha.core.payments.procedure.suspense import SUSPENSE  # noqa: PLC0415 - app ready
        from tatausaha.core.procedures import registry  # noqa: PLC0415 - app ready

        for procedure in (PAYMENT, SUSPENSE, REFUND):
            registry.register(procedure)
