"""Checks of the books, passes, summaries, files of lines, taxes, budgets."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import OnTables, append_only, never_replaced, never_truncated
from tatausaha.core.kernel.together import Together
from tatausaha.core.reports.migrations import _seals


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('reports', '0001_requests_and_checks'),
        ('reports', '0002_where_the_chain_ended'),
        ('reports', '0003_summaries'),
        ('reports', '0004_files_of_lines'),
        ('reports', '0005_taxes'),
        ('reports', '0006_budgets'),
    ]

    dependencies = [
        ('ledger', '0001_squashed_0004_manager_window'),
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
        ('procedures', '0001_squashed_0006_seal_of_programs'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='BooksCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True)),
                    ('findings', models.PositiveIntegerField(default=0)),
                    ('first', models.TextField(blank=True)),
                    ('seq', models.BigIntegerField(default=0)),
                    ('head', models.CharField(blank=True, default='', max_length=64)),
                ],
                options={
                    'verbose_name': 'pemeriksaan buku',
                },
            ),
            migrations.CreateModel(
                name='PassRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
                    ('headline', models.CharField(max_length=160, verbose_name='perihal')),
                    ('since', models.DateTimeField(editable=False)),
                    ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                    ('retry_at', models.DateTimeField(editable=False, null=True)),
                    ('opened_at', models.DateTimeField(editable=False)),
                    ('status', models.CharField(choices=[('asked', 'menunggu pemilik'), ('given', 'izin diberikan'), ('declined', 'ditolak'), ('withdrawn', 'ditarik kembali'), ('lapsed', 'tidak dijawab')], editable=False, max_length=30)),
                    ('ym', models.PositiveIntegerField(verbose_name='bulan')),
                    ('reason', models.TextField(verbose_name='alasan')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('lock_pass', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='request', to='ledger.lockpass')),
                    ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'permintaan izin',
                    'abstract': False,
                    'indexes': [
                        models.Index(fields=['unit', 'status', 'deadline_at'], name='reports_passrequest_work'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('customer', 'unit', 'ym'), name='one_open_request_a_month', violation_error_message='Anda sudah meminta izin untuk bulan ini. Tunggu jawaban pemilik.'),
                        models.CheckConstraint(condition=models.Q(('status', 'given'), ('lock_pass__isnull', True), _connector='OR'), name='only_given_requests_have_a_pass'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Summary',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('begins_at', models.DateTimeField()),
                    ('upto', models.BigIntegerField(default=0)),
                    ('said', models.JSONField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'ringkasan',
                    'constraints': [
                        models.UniqueConstraint(fields=('person', 'on'), name='one_summary_a_day'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='SummaryChoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rhythm', models.CharField(choices=[('daily', 'setiap hari'), ('weekly', 'setiap minggu'), ('never', 'tidak dikirim')], max_length=10, verbose_name='dikirim')),
                    ('hour', models.PositiveSmallIntegerField(verbose_name='pukul')),
                    ('weekday', models.PositiveSmallIntegerField(default=0, verbose_name='hari')),
                    ('changed_at', models.DateTimeField()),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'pilihan ringkasan',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('hour__lte', 23)), name='summary_hour_is_on_the_clock'),
                        models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='summary_weekday_is_in_the_week'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='LineFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first_on', models.DateField(verbose_name='dari tanggal')),
                    ('last_on', models.DateField(verbose_name='sampai tanggal')),
                    ('status', models.CharField(choices=[('asked', 'menunggu giliran'), ('ready', 'siap')], default='asked', max_length=10)),
                    ('done', models.PositiveBigIntegerField(default=0)),
                    ('total', models.PositiveBigIntegerField(default=0)),
                    ('file', models.CharField(blank=True, max_length=200)),
                    ('asked_at', models.DateTimeField()),
                    ('ready_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'berkas baris jurnal',
                    'indexes': [
                        models.Index(fields=['status', 'id'], name='line_file_by_status'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='line_file_days_in_order'),
                        models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='line_file_done_within_total'),
                        models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('ready_at__isnull', True), ('status', 'asked')), models.Q(('ready_at__isnull', False), ('status', 'ready'), models.Q(('file', ''), _negated=True)), _connector='OR'), name='line_file_is_ready_with_its_file'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='TaxOutside',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ],
                options={
                    'verbose_name': 'akun di luar dasar pajak',
                },
            ),
            migrations.CreateModel(
                name='TaxRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tax', models.CharField(choices=[('final', 'PPh final'), ('vat', 'PPN')], max_length=10, verbose_name='pajak')),
                    ('legal_form', models.CharField(blank=True, choices=[('individual', 'Perorangan'), ('cv', 'CV'), ('firm', 'Firma'), ('cooperative', 'Koperasi'), ('pt_individual', 'PT perorangan'), ('pt', 'PT')], max_length=15, verbose_name='bentuk hukum')),
                    ('starts_on', models.DateField(verbose_name='mulai')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='sampai')),
                    ('rate', models.PositiveIntegerField(verbose_name='tarif')),
                    ('exempt', models.BigIntegerField(default=0, verbose_name='bagian bebas pajak setahun')),
                    ('cap', models.BigIntegerField(default=0, verbose_name='batas omzet setahun')),
                    ('years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='paling lama (tahun pajak)')),
                    ('base', models.CharField(choices=[('gross', 'omzet bruto'), ('gross_11_12', '11/12 dari omzet bruto')], default='gross', max_length=15, verbose_name='dasar')),
                    ('source', models.CharField(max_length=200, verbose_name='dasar hukum')),
                ],
                options={
                    'verbose_name': 'aturan pajak',
                    'constraints': [
                        models.UniqueConstraint(fields=('tax', 'legal_form', 'starts_on'), name='one_tax_rule_a_day', violation_error_message='Mulai tanggal itu sudah ada aturan untuk bentuk hukum ini.'),
                        models.CheckConstraint(condition=models.Q(('tax__in', ['final', 'vat'])), name='tax_is_known'),
                        models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='tax_rule_days_in_order'),
                        models.CheckConstraint(condition=models.Q(('rate__lte', 10000)), name='tax_rate_within_100_percent'),
                        models.CheckConstraint(condition=models.Q(('cap__gte', 0), ('exempt__gte', 0)), name='tax_amounts_not_negative'),
                        models.CheckConstraint(condition=models.Q(('exempt', 0), ('legal_form', 'individual'), _connector='OR'), name='only_individuals_have_an_exemption'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='LocalTaxRate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_ym', models.PositiveIntegerField(verbose_name='mulai bulan')),
                    ('rate', models.PositiveIntegerField(verbose_name='tarif')),
                    ('set_at', models.DateTimeField()),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'tarif pajak daerah',
                    'constraints': [
                        models.UniqueConstraint(fields=('unit', 'from_ym'), name='one_local_tax_rate_a_month'),
                        models.CheckConstraint(condition=models.Q(('rate__lte', 1000)), name='local_tax_rate_within_10_percent'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='TaxDeposit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ym', models.PositiveIntegerField(verbose_name='bulan')),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('paid_on', models.DateField(verbose_name='tanggal setor')),
                    ('ntpn', models.CharField(max_length=16, verbose_name='NTPN')),
                    ('at', models.DateTimeField()),
                    ('cancelled_at', models.DateTimeField(null=True)),
                    ('reason', models.CharField(blank=True, max_length=500, verbose_name='alasan')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'setoran pajak',
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('ntpn',), name='one_deposit_a_ntpn', violation_error_message='NTPN ini sudah dicatat.'),
                        models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='tax_deposit_moves_something'),
                        models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True), ('reason', '')), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='cancelled_tax_deposit_says_why'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='TaxProfile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_year', models.PositiveSmallIntegerField(unique=True, verbose_name='berlaku mulai tahun')),
                    ('legal_form', models.CharField(choices=[('individual', 'Perorangan'), ('cv', 'CV'), ('firm', 'Firma'), ('cooperative', 'Koperasi'), ('pt_individual', 'PT perorangan'), ('pt', 'PT')], max_length=15, verbose_name='bentuk hukum')),
                    ('scheme', models.CharField(choices=[('final', 'PPh final UMKM'), ('general', 'tarif umum, tidak dihitung di sini')], default='final', max_length=10, verbose_name='pajak penghasilan')),
                    ('first_year', models.PositiveSmallIntegerField(verbose_name='tahun pertama memakai PPh final')),
                    ('method', models.CharField(choices=[('accrual', 'menurut hak (saat jatuh tempo)'), ('cash', 'menurut kas (saat uang masuk)')], default='accrual', max_length=10, verbose_name='omzet dihitung')),
                    ('tracked_from', models.PositiveIntegerField(verbose_name='setoran dicatat di sini mulai bulan')),
                    ('is_vat', models.BooleanField(default=False, verbose_name='Pengusaha Kena Pajak (memungut PPN)')),
                    ('set_at', models.DateTimeField()),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'profil pajak',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('first_year__gte', 2000), ('from_year__gte', 2000), ('from_year__lte', 2100), ('first_year__lte', 2100)), name='tax_years_are_years'),
                        models.CheckConstraint(condition=models.Q(('tracked_from__gte', 200001), ('tracked_from__lte', 210012)), name='tax_tracked_from_is_a_month'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Budget',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ym', models.PositiveIntegerField(verbose_name='bulan')),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('set_at', models.DateTimeField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'anggaran',
                    'constraints': [
                        models.UniqueConstraint(fields=('unit', 'ym', 'account'), name='one_budget_a_month'),
                        models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('amount__lte', 1000000000000000)), name='budget_in_range'),
                        models.CheckConstraint(condition=models.Q(('ym__gte', 200001), ('ym__lte', 210012)), name='budget_is_of_a_month'),
                    ],
                },
            ),
        ),
        append_only("reports_summary", allowed=("person_id",)),
        never_replaced("reports_summary"),
        never_truncated("reports_summary"),
        OnTables(_seals.put_up, _seals.take_down),
        OnTables(_seals.put_up_budget, _seals.take_down_budget),
    ]
