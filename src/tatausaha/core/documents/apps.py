"""Registration of the documents app."""

from datetime import timedelta

from django.apps import AppConfig

from tatausaha.core.kernel import tasks


class DocumentsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Forget old counts."""
        from tatausaha.core.documents import limits

        tasks.register(tasks.Task("forget counts", timedelta(hours=6), limits.forget))
