"""Rows that are written once are not truncated away either (PostgreSQL)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_truncated


class Migration(migrations.Migration):

    dependencies = [("documents", "0003_never_replaced")]

    operations = [
        never_truncated(
            "documents_paper",
        ),
    ]
