"""Rows that are written once are not replaced either (SQLite)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_replaced


class Migration(migrations.Migration):

    dependencies = [("people", "0005_undo_and_reopen")]

    operations = [
        never_replaced(
            "people_event",
            "people_paperview",
            "people_merge",
            "people_unmerge",
            "people_personchange",
        ),
    ]
