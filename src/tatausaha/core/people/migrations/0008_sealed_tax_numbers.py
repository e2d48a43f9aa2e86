"""An NPWP that is a NIK is sealed like the identity paper that it is; history keeps the masked form."""

from django.db import migrations, models
from django.utils import timezone

from tatausaha.core.people import taxnumbers

TABLE = "people_personchange"


def seal(apps, schema_editor):
    """Persons row by row, for each number is sealed by itself; their changes in two statements."""
    taxnumbers.seal_all(
        apps.get_model("people", "Person"), apps.get_model("people", "IdentityPaper"), at=timezone.now()
    )
    with schema_editor.connection.cursor() as cursor:
        triggers = []
        if schema_editor.connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        for column in ("old", "new"):
            cursor.execute(
                f"UPDATE {TABLE} SET {column} = substr({column}, 1, 4) || '••••••••' || substr({column}, 13) "
                f"WHERE field = 'tax_number' AND length({column}) = 16 AND {column} NOT LIKE '0%%'",
                [],
            )
        for _name, sql in triggers:
            cursor.execute(sql)
        if schema_editor.connection.vendor != "sqlite":
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_never_truncated'),
    ]

    operations = [
        migrations.AlterField(
            model_name='identitypaper',
            name='kind',
            field=models.CharField(choices=[('ktp', 'KTP'), ('sim', 'SIM'), ('school', 'Kartu pelajar'), ('student', 'Kartu tanda mahasiswa'), ('passport', 'Paspor'), ('kitas', 'KITAS'), ('letter', 'Surat keterangan'), ('npwp', 'NPWP')], max_length=10, verbose_name='jenis'),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
