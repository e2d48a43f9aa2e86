"""Registration of the banking app."""

from django.apps import AppConfig


class BankingConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.banking"
    label = "banking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lines that nobody knows are named when a month is closed."""
        from tatausaha.core.banking.demonstration import CHAPTER
        from tatausaha.core.banking.readiness import unfinished
        from tatausaha.core.banking.verification import verify
        from tatausaha.core.kernel import demonstration, verifications
        from tatausaha.core.ledger.sealing import register_check

        demonstration.register(CHAPTER)
        verifications.register(verifications.Verification("banking", verify))
        register_check(unfinished)
