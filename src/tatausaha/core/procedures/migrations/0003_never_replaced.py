"""Rows that are written once are not replaced either (SQLite)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_replaced


class Migration(migrations.Migration):

    dependencies = [("procedures", "0002_files_of_messages")]

    operations = [
        never_replaced(
            "procedures_passage",
            "procedures_message",
            "procedures_attachment",
        ),
    ]
