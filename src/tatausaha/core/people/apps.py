"""Registration of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, units, roles."""

    name = "tatausaha.core.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
