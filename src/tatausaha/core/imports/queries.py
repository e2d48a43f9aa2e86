"""Which imports a person may look at."""

from django.db.models import QuerySet

from tatausaha.core.imports.kinds import Kind, registry
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person


def kinds_for(person: Person | None) -> list[Kind]:
    """What this person may bring in."""
    return [kind for kind in registry.values() if kind.may(person)]


def runs_for(person: Person | None) -> QuerySet[ImportRun]:
    """Imports, newest first: the owner sees all, others what they brought in and still may."""
    runs = ImportRun.objects.select_related("started_by").order_by("-pk")
    runs = runs.filter(kind__in=[kind.code for kind in kinds_for(person)])
    return runs if roles.is_owner(person) else runs.filter(started_by=person)
