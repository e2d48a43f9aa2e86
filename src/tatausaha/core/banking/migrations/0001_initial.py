"""Statements, their lines and what each is in the books; written once, held by triggers."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.banking.migrations._seals import match_agrees
from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated
from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_squashed_0004_manager_window'),
        ('payments', '0012_one_open_handover'),
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='nama berkas')),
                    ('file', models.CharField(editable=False, max_length=200)),
                    ('digest', models.CharField(editable=False, max_length=64)),
                    ('layout', models.CharField(max_length=20, verbose_name='bentuk')),
                    ('first_on', models.DateField(verbose_name='dari')),
                    ('last_on', models.DateField(verbose_name='sampai')),
                    ('opening', models.BigIntegerField(null=True)),
                    ('closing', models.BigIntegerField(null=True)),
                    ('rows', models.PositiveIntegerField(verbose_name='baris')),
                    ('pending', models.PositiveIntegerField(default=0, verbose_name='belum final')),
                    ('state', models.CharField(choices=[('previewed', 'dilihat, belum dimasukkan'), ('taken', 'dimasukkan'), ('dropped', 'dibatalkan')], default='previewed', max_length=10)),
                    ('fresh', models.PositiveIntegerField(null=True, verbose_name='baris baru')),
                    ('brought_at', models.DateTimeField()),
                    ('taken_at', models.DateTimeField(null=True)),
                    ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='payments.bankaccount')),
                    ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'mutasi rekening',
                    'indexes': [models.Index(fields=['bank_account', '-id'], name='statement_by_account')],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('first_on__lte', models.F('last_on'))), name='statement_days_in_order'),
                        models.CheckConstraint(condition=models.Q(models.Q(('fresh__isnull', False), ('state', 'taken'), ('taken_at__isnull', False)), models.Q(models.Q(('state', 'taken'), _negated=True), ('fresh__isnull', True), ('taken_at__isnull', True)), _connector='OR'), name='taken_statement_says_when'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='BankLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('row', models.PositiveIntegerField(verbose_name='baris berkas')),
                    ('on', models.DateField(db_column='on_day', verbose_name='tanggal')),
                    ('time', models.TimeField(null=True)),
                    ('sen', models.BigIntegerField()),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('balance', models.BigIntegerField(null=True)),
                    ('text', models.CharField(max_length=500, verbose_name='keterangan')),
                    ('reference', models.CharField(blank=True, max_length=80, verbose_name='referensi')),
                    ('raw', models.TextField()),
                    ('fingerprint', models.CharField(editable=False, max_length=32)),
                    ('turn', models.PositiveSmallIntegerField(default=1)),
                    ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.bankaccount')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='banking.statement')),
                ],
                options={
                    'verbose_name': 'baris mutasi',
                    'indexes': [models.Index(fields=['bank_account', 'on', 'id'], name='bank_line_by_day')],
                    'constraints': [
                        models.UniqueConstraint(fields=('bank_account', 'fingerprint', 'turn'), name='one_bank_line'),
                        models.CheckConstraint(condition=models.Q(('sen', 0), _negated=True), name='bank_line_moves_something'),
                        models.CheckConstraint(condition=models.Q(('sen__gte', models.F('amount') * 100 - 100), ('sen__lte', models.F('amount') * 100 + 100)), name='bank_line_is_rounded'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Match',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='catatan')),
                    ('why', models.CharField(blank=True, max_length=200, verbose_name='sebab')),
                    ('at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.bankaccount')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('journal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_matches', to='ledger.journal')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='banking.bankline')),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'pencocokan mutasi',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('line',), name='one_match_of_a_bank_line', violation_error_message='Baris ini sudah dicocokkan.'), models.UniqueConstraint(condition=models.Q(('journal__isnull', False), ('undone_at__isnull', True)), fields=('bank_account', 'journal'), name='one_bank_line_of_a_journal', violation_error_message='Catatan ini sudah dicocokkan dengan baris mutasi lain.'), models.CheckConstraint(condition=models.Q(('journal__isnull', False), models.Q(('note', ''), _negated=True), _connector='OR'), name='match_is_booked_or_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='undone_match_says_who')],
                },
            ),
        ),
        append_only('banking_statement', allowed=('state', 'fresh', 'taken_by_id', 'taken_at')),
        append_only('banking_bankline'),
        append_only('banking_match', allowed=('undone_at', 'undone_by_id')),
        match_agrees(),
        never_replaced('banking_statement', 'banking_bankline', 'banking_match'),
        never_truncated('banking_statement', 'banking_bankline', 'banking_match'),
    ]
