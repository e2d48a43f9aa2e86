"""What became of a backup is written once."""

from typing import ClassVar

from django.db import migrations

from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated

TABLES = ("backups_backuprun", "backups_backupask", "backups_keykept")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("backups", "0001_initial")]
    operations: ClassVar = [
        *(append_only(table) for table in TABLES),
        never_replaced(*TABLES),
        never_truncated(*TABLES),
    ]
