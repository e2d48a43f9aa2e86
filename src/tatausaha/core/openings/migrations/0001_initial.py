"""When units moved in from paper, and what they brought along."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('imports', '0001_initial'),
        ('ledger', '0001_squashed_0004_manager_window'),
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='CutOver',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(verbose_name='tanggal pindah')),
                    ('set_at', models.DateTimeField()),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cut_over', to='people.unit')),
                ],
                options={
                    'verbose_name': 'tanggal pindah',
                },
            ),
            migrations.CreateModel(
                name='Opening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=80, unique=True)),
                    ('kind', models.CharField(choices=[('balance', 'saldo awal'), ('summary', 'ringkasan bulanan')], max_length=10)),
                    ('ym', models.PositiveIntegerField(default=0)),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('revision', models.PositiveIntegerField(default=0)),
                    ('number', models.PositiveIntegerField(verbose_name='baris data')),
                    ('at', models.DateTimeField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('journal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.importrun')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'angka dari buku kertas',
                    'indexes': [
                        models.Index(fields=['unit', 'kind', 'ym'], name='opening_by_unit'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='opening_says_something'),
                        models.CheckConstraint(condition=models.Q(models.Q(('kind', 'balance'), ('ym', 0)), models.Q(('kind', 'summary'), ('ym__gt', 0)), _connector='OR'), name='only_summaries_have_a_month'),
                    ],
                },
            ),
        ),
    ]
