"""Who may do what with the boarding houses."""

from tatausaha.core.people import roles
from tatausaha.core.people.models import Person


def keeps_houses(person: Person | None) -> bool:
    """Whether the person manages some unit, or owns all of them."""
    ids = roles.unit_ids(person, "manager")
    return ids is None or bool(ids)
