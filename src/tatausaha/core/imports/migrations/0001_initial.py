"""Runs of files that people bring along, and the rows that need a look."""

import django.core.serializers.json
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
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(db_index=True, max_length=40)),
                    ('options', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('name', models.CharField(max_length=200, verbose_name='nama berkas')),
                    ('file', models.CharField(editable=False, max_length=200)),
                    ('encoding', models.CharField(max_length=20, verbose_name='pengodean')),
                    ('delimiter', models.CharField(max_length=1, verbose_name='pemisah')),
                    ('columns', models.JSONField(default=list)),
                    ('state', models.CharField(choices=[('pratinjau', 'Menunggu persetujuan'), ('berjalan', 'Sedang dimasukkan'), ('selesai', 'Selesai'), ('dibatalkan', 'Dibatalkan')], default='pratinjau', max_length=12)),
                    ('total_rows', models.PositiveIntegerField(default=0)),
                    ('done_rows', models.PositiveIntegerField(default=0)),
                    ('created', models.PositiveIntegerField(default=0, verbose_name='baru')),
                    ('updated', models.PositiveIntegerField(default=0, verbose_name='diperbarui')),
                    ('unchanged', models.PositiveIntegerField(default=0, verbose_name='tidak berubah')),
                    ('refused', models.PositiveIntegerField(default=0, verbose_name='ditolak')),
                    ('started_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'impor berkas',
                },
            ),
            migrations.CreateModel(
                name='ImportRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='baris data')),
                    ('line', models.PositiveIntegerField(verbose_name='baris berkas')),
                    ('refused', models.BooleanField(default=True)),
                    ('reason', models.TextField(verbose_name='alasan')),
                    ('original', models.JSONField(default=dict)),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.importrun')),
                ],
                options={
                    'verbose_name': 'baris impor',
                    'constraints': [
                        models.UniqueConstraint(fields=('run', 'number'), name='one_answer_an_import_row'),
                    ],
                },
            ),
        ),
    ]
