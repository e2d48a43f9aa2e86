"""Each allocation says whether its money was held as paid in advance: not the payment, not the case."""

from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only

_SEAL = append_only("billing_allocation")
# Ids of journals rise strictly, so an older one than the bill's own came before the bill was booked.
_FILL = """
UPDATE billing_allocation SET prepaid = true WHERE id IN (
    SELECT a.id FROM billing_allocation a
      JOIN billing_invoiceline l ON l.id = a.line_id
      JOIN billing_invoice i ON i.id = a.invoice_id
      LEFT JOIN ledger_journal j ON j.idem_key = i.unit_id || '|invoice|' || i.id || '|recognise|0'
     WHERE l.account NOT IN ('22101', '23101')
       AND (i.recognised_on IS NULL OR a.journal_id < j.id
            OR (a.journal_id IS NULL AND a.at <= j.recorded_at)))
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_invoice_by_case"), ("ledger", "0003_a_general_name")]

    operations = [
        migrations.RunPython(_SEAL.reverse_code, _SEAL.code),
        migrations.AddField("allocation", "prepaid", models.BooleanField(default=False)),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        append_only("billing_allocation"),
    ]
