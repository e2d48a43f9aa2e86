"""Rows that are written once are not truncated away either (PostgreSQL)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_truncated


class Migration(migrations.Migration):

    dependencies = [("billing", "0005_never_replaced")]

    operations = [
        never_truncated(
            "billing_invoice",
            "billing_invoiceline",
            "billing_allocation",
            "billing_creditnote",
            "billing_creditnoteline",
            "billing_holding",
            "billing_holdingentry",
        ),
    ]
