"""Registration of the web app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the books say how each unit does; name our pages among the settings."""
        from tatausaha.core.people.chapters import Chapter, register
        from tatausaha.core.web import book_columns, cash_chores, chores, revision_chores, unit_lines

        unit_lines.register(*book_columns.COLUMNS)
        chores.register(cash_chores.to_hand_over, look=cash_chores.look)
        chores.register(revision_chores.drafts_waiting)
        register(
            Chapter(
                _("SOP dan ketentuan"),
                "sop",
                _("Angka yang dipakai setiap urusan: batas waktu, persen uang muka, dan revisinya."),
                50,
            ),
            Chapter(_("Token untuk program"), "own_tokens", _("Kunci bagi program, dan petunjuk API."), 80),
        )
