"""An export file is asked for and written down like a backup."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('backups', '0002_written_once'),
    ]

    operations = [
        migrations.AlterField(
            model_name='backupask',
            name='kind',
            field=models.CharField(choices=[('backup', 'cadangan'), ('drill', 'uji pulih'), ('export', 'berkas ekspor')], max_length=10),
        ),
        migrations.AlterField(
            model_name='backuprun',
            name='kind',
            field=models.CharField(choices=[('backup', 'cadangan'), ('drill', 'uji pulih'), ('export', 'berkas ekspor')], max_length=10, verbose_name='jenis'),
        ),
    ]
