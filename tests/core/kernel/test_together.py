"""Operations that go together: tables, for one."""

import pytest
from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from tatausaha.core.kernel.together import Together

SHELF = CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))])
BOOK = CreateModel(
    "Book",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("shelf", models.ForeignKey("library.Shelf", models.PROTECT)),
        ("lent", models.BooleanField(default=False)),
    ],
    options={
        "constraints": [
            models.UniqueConstraint(fields=["shelf"], condition=models.Q(lent=True), name="one_lent_book")
        ]
    },
)


@pytest.fixture
def laid():
    """The SQL of both tables, and the state that knows them; nothing is asked of the database."""
    editor, state = connection.schema_editor(collect_sql=True), ProjectState()
    editor.deferred_sql = []
    tables = Together(BOOK, SHELF)
    before = state.clone()
    tables.state_forwards("library", state)
    tables.database_forwards("library", editor, before, state)
    return editor, state


@pytest.mark.django_db
def test_what_follows_finds_their_indexes(laid):
    editor, _state = laid

    assert any("UNIQUE INDEX" in statement for statement in editor.collected_sql)
    assert not editor.deferred_sql


@pytest.mark.django_db
def test_they_are_removed_in_the_other_order(laid):
    editor, state = laid
    editor.collected_sql.clear()

    Together(BOOK, SHELF).database_backwards("library", editor, state, ProjectState())

    dropped = [statement.split('"')[1] for statement in editor.collected_sql if "DROP TABLE" in statement]
    assert dropped == ["library_shelf", "library_book"]


def test_models_are_not_made_anew_table_by_table():
    state = ProjectState()
    assert not list(state.apps.get_models())

    Together(BOOK, SHELF).state_forwards("library", state)

    assert "apps" not in vars(state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Book", "Shelf"}
