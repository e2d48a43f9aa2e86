"""Registration of the ledger app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
