"""Rows that are written once are not truncated away either (PostgreSQL)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_truncated


class Migration(migrations.Migration):

    dependencies = [("procedures", "0003_never_replaced")]

    operations = [
        never_truncated(
            "procedures_passage",
            "procedures_message",
            "procedures_attachment",
        ),
    ]
