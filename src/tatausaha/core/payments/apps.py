"""Registration of the payments app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"
