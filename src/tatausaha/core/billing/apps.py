"""Registration of the billing app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the paper of credit notes known."""
        from django.utils.translation import gettext_lazy as _

        from tatausaha.core.documents import numbers

        numbers.register(numbers.Kind("credit_note", "NK", _("Nota kredit")))
