"""Registration of the boarding houses."""

from django.apps import AppConfig


class BoardingConfig(AppConfig):
    """Boarding houses (kos)."""

    name = "tatausaha.business.boarding"
    label = "boarding"
    default_auto_field = "django.db.models.BigAutoField"
