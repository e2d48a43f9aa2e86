"""Operations of a migration that go together: the models behind them are made once."""

from typing import Any

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Does operations of which none needs what another one did to the tables: new tables, or indexes.

    Django makes every model that is related to a changed one anew, operation by operation; here nearly
    all are related, through persons and units. So the state is told of all operations first, and its
    models are made once. New tables are laid in their final form, with constraints and indexes. Indexes
    are there when the operation ends: a seal that follows looks at them.
    """

    reversible = True

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations

    def state_forwards(self, app_label: Any, state: Any) -> None:
        """Tell the state of every operation; models that were made before are made again when needed."""
        vars(state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Do them, then what Django puts off to the end of a migration: keys between tables and indexes."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)
        put_off, schema_editor.deferred_sql = schema_editor.deferred_sql, []
        for statement in put_off:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Undo them, the last one first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `sqlmigrate` and a plan say of it."""
        return "; ".join(operation.describe() for operation in self.operations)
