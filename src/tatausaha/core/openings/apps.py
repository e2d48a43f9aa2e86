"""Registration of the room of moving in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpeningsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.openings"
    label = "openings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring both imports, and the page among the settings."""
        # app ready: models are loaded only now
        from tatausaha.core.imports import registration
        from tatausaha.core.openings.balances import BALANCES
        from tatausaha.core.openings.summaries import SUMMARIES
        from tatausaha.core.people import chapters
        from tatausaha.core.people.chapters import Chapter

        registration.register(BALANCES, SUMMARIES)
        text = _("Usaha, saldo awal dan tahun-tahun lalu, langkah demi langkah.")
        chapters.register(Chapter(_("Pindah dari buku kertas"), "moving_in", text, 15))
