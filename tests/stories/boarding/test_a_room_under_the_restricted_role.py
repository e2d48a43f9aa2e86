"""The whole life of a room while the application may only add to sealed tables (PostgreSQL)."""

import pytest

from tests.restricted import restricted
from tests.stories.boarding.test_a_room_by_api import (
    test_a_student_finds_books_pays_moves_in_stays_leaves_and_gets_300_000_back as _the_story,
)

__all__ = ["restricted"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgresql,
    pytest.mark.usefixtures("restricted"),
    pytest.mark.req("SYS-10"),
]

test_the_house_works_with_no_right_to_change_what_is_sealed = _the_story
