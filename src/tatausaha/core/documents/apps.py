"""Registration of the documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
