"""Rows that are written once are not replaced either (SQLite)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_replaced


class Migration(migrations.Migration):

    dependencies = [("documents", "0002_asked")]

    operations = [
        never_replaced(
            "documents_paper",
        ),
    ]
