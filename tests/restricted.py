"""The application's own role on PostgreSQL, for tests that live under it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tatausaha.config import hardening

ROLE = "tatausaha_test_app"


@pytest.fixture
def restricted(db: None) -> Iterator[None]:
    """From here on the test's connection is the application's role."""
    hardening.harden(ROLE)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
