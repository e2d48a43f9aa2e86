"""Registration of the billing app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"
