"""The seal of a handover knows that its holder has one open handover, too (SQLite)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import OnTables, never_replaced

_SEAL = never_replaced("payments_handover")


class Migration(migrations.Migration):

    dependencies = [("payments", "0011_work_by_state")]

    operations = [
        OnTables(_SEAL.reverse_code, _SEAL.code),
        never_replaced("payments_handover"),
    ]
