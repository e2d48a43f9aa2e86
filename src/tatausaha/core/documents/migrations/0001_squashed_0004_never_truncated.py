"""Papers with their numbers and tokens, and what is counted for all web processes."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import OnTables, never_replaced, never_truncated
from tatausaha.core.kernel.together import Together
from tatausaha.core.documents.migrations import _seals


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('documents', '0001_papers'),
        ('documents', '0002_asked'),
        ('documents', '0003_never_replaced'),
        ('documents', '0004_never_truncated'),
    ]

    dependencies = [
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Paper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=30)),
                    ('number', models.CharField(max_length=80, verbose_name='nomor')),
                    ('token', models.CharField(max_length=26, unique=True)),
                    ('issued_on', models.DateField(verbose_name='tanggal')),
                    ('issued_at', models.DateTimeField()),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('facts', models.JSONField(default=dict)),
                    ('state', models.CharField(choices=[('genuine', 'asli'), ('void', 'batal')], default='genuine', max_length=10)),
                    ('voided_at', models.DateTimeField(null=True)),
                    ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='alasan batal')),
                    ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                    ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'surat',
                    'constraints': [
                        models.UniqueConstraint(fields=('kind', 'number'), name='one_paper_bears_a_number'),
                        models.CheckConstraint(condition=models.Q(models.Q(('state', 'genuine'), ('void_reason', ''), ('voided_at', None), ('voided_by', None)), models.Q(('state', 'void'), ('voided_at__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='void_papers_say_why'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Asked',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=120, unique=True)),
                    ('minute', models.DateTimeField(db_index=True)),
                    ('n', models.PositiveIntegerField()),
                ],
                options={
                    'verbose_name': 'hitungan permintaan',
                },
            ),
        ),
        OnTables(_seals.put_up, _seals.take_down),
        OnTables(_seals.keep_in_memory, migrations.RunPython.noop),
        never_replaced("documents_paper"),
        never_truncated("documents_paper"),
    ]
