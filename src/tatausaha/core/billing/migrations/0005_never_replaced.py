"""Rows that are written once are not replaced either (SQLite)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_replaced


class Migration(migrations.Migration):

    dependencies = [("billing", "0004_allocation_prepaid")]

    operations = [
        never_replaced(
            "billing_invoice",
            "billing_invoiceline",
            "billing_allocation",
            "billing_creditnote",
            "billing_creditnoteline",
            "billing_holding",
            "billing_holdingentry",
        ),
    ]
