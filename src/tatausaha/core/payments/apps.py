"""Registration of the payments app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the procedures of money in force."""
        from tatausaha.core.assets import ways
        from tatausaha.core.kernel import verifications
        from tatausaha.core.ledger.sealing import register_check
        from tatausaha.core.notices import kinds
        from tatausaha.core.payments import panels
        from tatausaha.core.payments.models import Handover
        from tatausaha.core.payments.procedure.expense import EXPENSE
        from tatausaha.core.payments.procedure.handover import HANDOVER
        from tatausaha.core.payments.procedure.payment import PAYMENT
        from tatausaha.core.payments.procedure.refund import REFUND
        from tatausaha.core.payments.procedure.suspense import SUSPENSE
        from tatausaha.core.payments.purchases import WAYS
        from tatausaha.core.payments.readiness import unfinished
        from tatausaha.core.payments.tasks import verify
        from tatausaha.core.people import chapters, merging
        from tatausaha.core.procedures import registry
        from tatausaha.core.procedures.panels import register as show

        for procedure in (PAYMENT, SUSPENSE, REFUND, EXPENSE, HANDOVER):
            registry.register(procedure)
        show(PAYMENT.code, panels.TEMPLATE, panels.of_payment)
        show(REFUND.code, panels.TEMPLATE, panels.of_refund)
        show(SUSPENSE.code, panels.TEMPLATE, panels.of_suspense)
        show(EXPENSE.code, panels.TEMPLATE, panels.of_expense)
        show(HANDOVER.code, panels.TEMPLATE, panels.of_handover)
        kinds.register(
            kinds.Kind("bank_account", _("Perubahan rekening bank perusahaan"), must=True, staff=True)
        )
        chapters.register(
            chapters.Chapter(
                _("Rekening bank"), "settings_bank_accounts", _("Ke mana pelanggan mentransfer uangnya."), 25
            )
        )
        merging.leave_as_history(Handover)  # it names the drawer, and that keeps the name it was booked on
        register_check(unfinished)
        ways.register(*WAYS)
        verifications.register(verifications.Verification("payments", verify))
