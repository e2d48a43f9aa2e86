"""Rows that are written once are not replaced either (SQLite)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_replaced


class Migration(migrations.Migration):

    dependencies = [("payments", "0005_titipan_undone")]

    operations = [
        never_replaced(
            "payments_receipt",
            "payments_bankaccount",
            "payments_bankaccountchange",
        ),
    ]
