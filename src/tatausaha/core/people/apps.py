"""Registration of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, units, roles."""

    name = "tatausaha.core.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the people of the demonstration."""
        # app ready: models are loaded only now
        from tatausaha.core.kernel import demonstration
        from tatausaha.core.people.demonstration import CHAPTER

        demonstration.register(CHAPTER)
