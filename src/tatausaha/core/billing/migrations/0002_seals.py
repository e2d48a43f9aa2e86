from django.db import migrations

from tatausaha.core.kernel.sealed import append_only


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [
        append_only(
            "billing_invoice",
            allowed=("settled", "credited", "recognised_on", "voided_at", "voided_by_id", "void_reason"),
        ),
        append_only("billing_invoiceline", allowed=("settled", "credited")),
        append_only("billing_allocation"),
        append_only("billing_creditnote"),
        append_only("billing_creditnoteline"),
        append_only("billing_holding", allowed=("balance", "moves")),
        append_only("billing_holdingentry"),
    ]
