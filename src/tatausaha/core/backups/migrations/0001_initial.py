"""What was asked of backups, what became of them, and who keeps the key."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='BackupAsk',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('backup', 'cadangan'), ('drill', 'uji pulih')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'permintaan cadangan',
                },
            ),
            migrations.CreateModel(
                name='BackupRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('backup', 'cadangan'), ('drill', 'uji pulih')], max_length=10, verbose_name='jenis')),
                    ('place', models.CharField(max_length=300, verbose_name='tempat')),
                    ('began_at', models.DateTimeField(verbose_name='mulai')),
                    ('finished_at', models.DateTimeField(verbose_name='selesai')),
                    ('ok', models.BooleanField(verbose_name='berhasil')),
                    ('reason', models.TextField(blank=True, verbose_name='sebab gagal')),
                    ('backup', models.CharField(blank=True, max_length=60)),
                    ('digest', models.CharField(blank=True, max_length=64)),
                    ('size', models.BigIntegerField(default=0, verbose_name='ukuran')),
                    ('files', models.PositiveIntegerField(default=0, verbose_name='berkas')),
                    ('figures', models.JSONField(default=dict)),
                ],
                options={
                    'verbose_name': 'catatan cadangan',
                    'indexes': [
                        models.Index(fields=['kind', 'place', '-finished_at'], name='backup_newest'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(models.Q(('ok', True), ('reason', '')), models.Q(('ok', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='failed_backup_says_why'),
                        models.CheckConstraint(condition=models.Q(('finished_at__gte', models.F('began_at'))), name='backup_ends_after_it_began'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='KeyKept',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('mark', models.CharField(max_length=16)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'kunci pemulihan disimpan',
                },
            ),
        ),
    ]
