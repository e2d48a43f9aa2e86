"""The books: accounts, journals and their lines, months, seals, balances."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from tatausaha.core.kernel.sealed import OnTables
from tatausaha.core.kernel.together import Together
from tatausaha.core.ledger.migrations import _seals


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('ledger', '0001_initial'),
        ('ledger', '0002_seals'),
        ('ledger', '0003_a_general_name'),
        ('ledger', '0004_manager_window'),
    ]

    dependencies = [
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Unlinked',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('journal', models.BigIntegerField(null=True)),
                    ('event', models.BigIntegerField(null=True)),
                    ('hash', models.CharField(max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='Account',
                fields=[
                    ('id', models.PositiveIntegerField(primary_key=True, serialize=False)),
                    ('code', models.CharField(max_length=5, unique=True, verbose_name='kode')),
                    ('name', models.CharField(max_length=80, verbose_name='nama')),
                    ('type', models.CharField(choices=[('A', 'Aset'), ('L', 'Liabilitas'), ('Q', 'Ekuitas'), ('R', 'Pendapatan'), ('X', 'Beban')], max_length=1, verbose_name='jenis')),
                    ('is_detail', models.BooleanField(default=True)),
                    ('needs_party', models.BooleanField(default=False)),
                    ('never_negative', models.BooleanField(default=False)),
                    ('is_clearing', models.BooleanField(default=False)),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='ditutup')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='ledger.account')),
                ],
                options={
                    'verbose_name': 'akun',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('type__in', ['A', 'L', 'Q', 'R', 'X'])), name='account_type_is_known'),
                        models.CheckConstraint(condition=models.Q(('id__gte', 10000), ('id__lte', 99999)), name='account_has_five_digits'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('what', models.CharField(max_length=40)),
                    ('ref', models.CharField(max_length=80)),
                    ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                    ('after', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                    ('hash', models.CharField(max_length=64)),
                    ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
            ),
            migrations.CreateModel(
                name='Journal',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('key', models.CharField(db_column='idem_key', max_length=150, unique=True)),
                    ('body_hash', models.CharField(max_length=64)),
                    ('ym', models.PositiveIntegerField()),
                    ('book_on', models.DateField(verbose_name='tanggal buku')),
                    ('event_on', models.DateField(verbose_name='tanggal terjadi')),
                    ('recorded_at', models.DateTimeField(verbose_name='dicatat')),
                    ('kind', models.CharField(max_length=30, verbose_name='jenis')),
                    ('source_type', models.CharField(blank=True, max_length=60)),
                    ('source_id', models.BigIntegerField(blank=True, null=True)),
                    ('actor_kind', models.CharField(choices=[('person', 'orang'), ('clock', 'waktu'), ('money', 'uang masuk'), ('case', 'urusan lain')], max_length=6)),
                    ('actor_level', models.PositiveSmallIntegerField()),
                    ('reason', models.TextField(blank=True, verbose_name='alasan')),
                    ('tag', models.CharField(blank=True, max_length=30)),
                    ('memo', models.TextField(blank=True, verbose_name='keterangan')),
                    ('line_count', models.PositiveSmallIntegerField()),
                    ('total', models.BigIntegerField()),
                    ('hash', models.CharField(max_length=64)),
                    ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('replaces', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replacements', to='ledger.journal')),
                    ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='ledger.journal')),
                    ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='journals', to='people.unit')),
                    ('lock_pass', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='journals', to='ledger.lockpass')),
                ],
                options={
                    'verbose_name': 'jurnal',
                    'indexes': [
                        models.Index(fields=['unit', 'ym', 'id'], name='journal_by_unit_and_month'),
                        models.Index(fields=['source_type', 'source_id'], name='journal_by_source'),
                        models.Index(condition=models.Q(('lock_pass__isnull', False)), fields=['lock_pass'], name='journal_by_pass'),
                        models.Index(condition=models.Q(('replaces__isnull', False)), fields=['replaces'], name='journal_by_replaced'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('line_count__gte', 2), ('line_count__lte', 500)), name='journal_has_2_to_500_lines'),
                        models.CheckConstraint(condition=models.Q(('total__gt', 0)), name='journal_moves_something'),
                        models.CheckConstraint(condition=models.Q(('actor_level__in', [1, 2, 3])), name='journal_actor_level_is_known'),
                        models.CheckConstraint(condition=models.Q(models.Q(('actor__isnull', False), ('actor_kind', 'person')), models.Q(('actor__isnull', True), ('actor_kind__in', ['clock', 'money', 'case']), ('actor_level', 1)), _connector='OR'), name='journal_names_who_acted'),
                        models.CheckConstraint(condition=models.Q(('reverses__isnull', True), models.Q(('reverses', models.F('id')), _negated=True), _connector='OR'), name='journal_never_reverses_itself'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Link',
                fields=[
                    ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('prev', models.CharField(max_length=64)),
                    ('hash', models.CharField(max_length=64)),
                    ('event', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='link', to='ledger.event')),
                    ('journal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='link', to='ledger.journal')),
                ],
                options={
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', True), ('journal__isnull', False)), models.Q(('event__isnull', False), ('journal__isnull', True)), _connector='OR'), name='link_holds_one_thing'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='LockPass',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_ym', models.PositiveIntegerField()),
                    ('to_ym', models.PositiveIntegerField()),
                    ('reason', models.TextField(verbose_name='alasan')),
                    ('granted_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('max_journals', models.PositiveIntegerField()),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lock_passes', to='people.person')),
                    ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lock_passes', to='people.unit')),
                ],
                options={
                    'verbose_name': 'izin buka bulan',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('from_ym__lte', models.F('to_ym'))), name='pass_months_in_order'),
                        models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('granted_at'))), name='pass_ends_after_its_start'),
                        models.CheckConstraint(condition=models.Q(('max_journals__gte', 1)), name='pass_allows_a_journal'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='PartyTotal',
                fields=[
                    ('debit', models.BigIntegerField(default=0)),
                    ('credit', models.BigIntegerField(default=0)),
                    ('n', models.BigIntegerField(default=0)),
                    ('pk', models.CompositePrimaryKey('account_id', 'unit_id', 'party_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Period',
                fields=[
                    ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('ym', models.PositiveIntegerField()),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('min_level', models.PositiveSmallIntegerField()),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='people.unit')),
                ],
                options={
                    'constraints': [
                        models.UniqueConstraint(fields=('unit', 'ym'), name='one_period_a_month'),
                        models.CheckConstraint(condition=models.Q(('id', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('unit'), '*', models.Value(1000000)), '+', models.F('ym')))), name='period_id_names_unit_and_month'),
                        models.CheckConstraint(condition=models.Q(('min_level__in', [1, 2, 3, 9])), name='period_level_is_known'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('pk', models.CompositePrimaryKey('journal_id', 'line_no', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('line_no', models.PositiveSmallIntegerField()),
                    ('book_on', models.DateField()),
                    ('amount', models.BigIntegerField()),
                    ('tag', models.CharField(blank=True, max_length=30)),
                    ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('party', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                    ('journal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.journal')),
                    ('period', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.period')),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['account', 'unit', 'book_on'], name='entry_by_account'),
                        models.Index(condition=models.Q(('party__isnull', False)), fields=['party', 'account'], name='entry_by_party'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount__gte', -1000000000000000), ('amount__lte', 1000000000000000), models.Q(('amount', 0), _negated=True)), name='entry_amount_in_range'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Balance',
                fields=[
                    ('debit', models.BigIntegerField(default=0)),
                    ('credit', models.BigIntegerField(default=0)),
                    ('n', models.BigIntegerField(default=0)),
                    ('pk', models.CompositePrimaryKey('account_id', 'unit_id', 'period_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                    ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.period')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Seal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ym', models.PositiveIntegerField()),
                    ('version', models.PositiveIntegerField()),
                    ('head', models.CharField(max_length=64)),
                    ('report', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('difference', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('reason', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('digest', models.CharField(max_length=64)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='people.unit')),
                ],
                options={
                    'verbose_name': 'segel bulan',
                    'constraints': [
                        models.UniqueConstraint(fields=('unit', 'ym', 'version'), name='one_seal_a_version'),
                        models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='later_seal_has_a_reason'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Total',
                fields=[
                    ('debit', models.BigIntegerField(default=0)),
                    ('credit', models.BigIntegerField(default=0)),
                    ('n', models.BigIntegerField(default=0)),
                    ('pk', models.CompositePrimaryKey('account_id', 'unit_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Window',
                fields=[
                    ('scope', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('reach', models.CharField(choices=[('month', 'bulan berjalan'), ('year', 'tahun berjalan, bulan yang belum ditutup')], max_length=5, verbose_name='pengelola boleh menulis')),
                    ('set_at', models.DateTimeField()),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'jangkauan pengelola',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('reach__in', ['month', 'year'])), name='window_reach_is_known'),
                    ],
                },
            ),
        ),
        OnTables(_seals.put_up, _seals.take_down),
    ]
