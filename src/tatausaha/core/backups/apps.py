"""Registration of the backups app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.backups"
    label = "backups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let backups run by themselves; bring the commands, the kind of notice and the chapter of the settings."""
        from tatausaha.core.backups import commands as ours
        from tatausaha.core.backups import export, exporting, services
        from tatausaha.core.backups.tasks import asked, catch, look, nightly, weekly
        from tatausaha.core.kernel import commands, tasks
        from tatausaha.core.notices import kinds
        from tatausaha.core.people import chapters

        commands.register(ours.BACKUP, ours.RESTORE, ours.DRILL, export.EXPORT)
        kinds.register(kinds.Kind("backup", _("Cadangan data"), staff=True))
        about = _("Kapan terakhir dicadangkan dan diuji pulih, di mana, dan kunci pemulihannya.")
        chapters.register(chapters.Chapter(_("Cadangan data"), "backups", about, 60))
        tasks.register(
            tasks.Task("backups.asked", timedelta(seconds=3), asked, aside=True),
            tasks.Task("backups.nightly", timedelta(minutes=1), nightly, aside=True),
            tasks.Task("backups.catch", timedelta(seconds=1), catch, aside=True),
            tasks.Task("backups.look", timedelta(seconds=20), look, aside=True, end=services.rest),
            tasks.Task("backups.exports", timedelta(hours=1), exporting.tidy, aside=True),
            tasks.Task("backups.drill", timedelta(minutes=10), weekly, aside=True),
        )
