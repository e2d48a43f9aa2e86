"""Registration of the api app."""

from django.apps import AppConfig

from tatausaha.core.kernel import commands, tasks


class ApiConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the command `token`, forget old answers, and add the core's own routers."""
        from tatausaha.core.api import commands as own_commands
        from tatausaha.core.api import money, routers, tokens
        from tatausaha.core.people import keys

        commands.register(own_commands.TOKEN)
        tasks.register(own_commands.FORGET)
        keys.register(tokens.end_all)
        routers.register("/money", money.router, "money")
