"""Registration of the web app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the books say how each unit does."""
        from tatausaha.core.web import book_columns, unit_lines

        unit_lines.register(*book_columns.COLUMNS)
