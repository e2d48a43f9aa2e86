"""Registration of the room of imports."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Tables that people bring along."""

    name = "tatausaha.core.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Runs that were agreed to are gone on with by the worker; the page stands among the settings."""
        # app ready: models are loaded only now
        from tatausaha.core.imports.services import go_on_with_all
        from tatausaha.core.kernel import tasks
        from tatausaha.core.people import chapters
        from tatausaha.core.people.chapters import Chapter

        text = _("Memasukkan daftar dari CSV atau XLSX: selalu dilihat dulu, baru dimasukkan.")
        chapters.register(Chapter(_("Impor berkas"), "imports", text, 60))
        tasks.register(tasks.Task("imports.go_on", timedelta(seconds=5), go_on_with_all))
