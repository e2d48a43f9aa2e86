"""What an installation of another version becomes when this one starts on it."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tatausaha.config import installation
from tatausaha.core.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def folded():
    """The migrations that stand for older ones; the database knows the older ones alone."""
    kept = MigrationLoader(connection).replacements
    made = MigrationRecorder.Migration.objects
    for room, name in kept:
        made.filter(app=room, name=name).delete()
    return set(kept)


def test_tables_that_the_older_migrations_laid_are_taken_as_they_are(folded):
    before = connection.introspection.table_names()

    installation.prepare_tables()

    assert folded
    assert folded <= set(MigrationRecorder(connection).applied_migrations())
    assert connection.introspection.table_names() == before


def test_tables_of_a_version_that_is_too_old_are_refused(folded):
    MigrationRecorder(connection).record_unapplied("people", "0008_sealed_tax_numbers")
    before = set(MigrationRecorder(connection).applied_migrations())

    with pytest.raises(Refused, match=r"terlalu lama \(people\)"):
        installation.prepare_tables()

    assert set(MigrationRecorder(connection).applied_migrations()) == before
