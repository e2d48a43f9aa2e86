from django.db import migrations

from tatausaha.core.kernel.sealed import append_only


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_bank_account_seals")]
    operations = [append_only("payments_receipt", allowed=("prints", "voided_at", "payer_id"))]
