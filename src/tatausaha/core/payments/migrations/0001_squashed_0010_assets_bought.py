"""Payments, receipts, refunds, expenses, titipan, bank accounts, cash handed over."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated
from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('payments', '0001_initial'),
        ('payments', '0002_bank_accounts'),
        ('payments', '0003_bank_account_seals'),
        ('payments', '0004_receipt_seals'),
        ('payments', '0005_titipan_undone'),
        ('payments', '0006_never_replaced'),
        ('payments', '0007_never_truncated'),
        ('payments', '0008_payment_by_amount'),
        ('payments', '0009_handover'),
        ('payments', '0010_assets_bought'),
    ]

    dependencies = [
        ('billing', '0001_squashed_0007_allocations_by_day'),
        ('documents', '0001_squashed_0004_never_truncated'),
        ('ledger', '0001_squashed_0004_manager_window'),
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
        ('procedures', '0001_squashed_0006_seal_of_programs'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='BankAccount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('bank', models.CharField(max_length=40, verbose_name='bank')),
                    ('number', models.CharField(max_length=30, verbose_name='nomor rekening')),
                    ('holder', models.CharField(max_length=120, verbose_name='atas nama')),
                    ('account', models.CharField(default='11201', max_length=5, verbose_name='akun')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='ditutup')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='people.unit')),
                ],
                options={
                    'verbose_name': 'rekening bank',
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('bank', 'number'), name='one_bank_account', violation_error_message='Rekening ini sudah terdaftar.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Expense',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
                    ('headline', models.CharField(max_length=160, verbose_name='perihal')),
                    ('since', models.DateTimeField(editable=False)),
                    ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                    ('retry_at', models.DateTimeField(editable=False, null=True)),
                    ('opened_at', models.DateTimeField(editable=False)),
                    ('status', models.CharField(choices=[('requested', 'menunggu persetujuan'), ('approved', 'disetujui, belum dibayar'), ('posted', 'dibukukan'), ('rejected', 'ditolak'), ('reversed', 'dibatalkan')], editable=False, max_length=30)),
                    ('category', models.CharField(max_length=5, verbose_name='jenis pengeluaran')),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('paid_from', models.CharField(max_length=20, verbose_name='dibayar dari')),
                    ('occurred_on', models.DateField(verbose_name='tanggal')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                    ('key', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                    ('bank', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.bankaccount')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('journal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
                    ('spent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                    ('asset_class', models.CharField(blank=True, max_length=12, verbose_name='golongan aset')),
                    ('pieces', models.PositiveSmallIntegerField(default=1, verbose_name='berapa buah')),
                ],
                options={
                    'verbose_name': 'pengeluaran',
                    'abstract': False,
                    'indexes': [
                        models.Index(fields=['unit', 'status', 'deadline_at'], name='payments_expense_work'),
                        models.Index(fields=['unit', '-occurred_on'], name='expense_by_day'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='expense_is_of_something'),
                        models.CheckConstraint(condition=models.Q(('pieces__gte', 1)), name='expense_is_of_a_piece'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Payment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
                    ('headline', models.CharField(max_length=160, verbose_name='perihal')),
                    ('since', models.DateTimeField(editable=False)),
                    ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                    ('retry_at', models.DateTimeField(editable=False, null=True)),
                    ('opened_at', models.DateTimeField(editable=False)),
                    ('status', models.CharField(choices=[('expected', 'menunggu transfer'), ('submitted', 'menunggu konfirmasi'), ('escalated', 'menunggu konfirmasi, pemilik diberi tahu'), ('confirmed', 'dikonfirmasi'), ('rejected', 'ditolak'), ('lapsed', 'tidak jadi ditransfer'), ('reversed', 'dibatalkan')], editable=False, max_length=30)),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('expected_amount', models.BigIntegerField(null=True, verbose_name='jumlah yang ditransfer')),
                    ('method', models.CharField(max_length=20, verbose_name='cara bayar')),
                    ('occurred_on', models.DateField(null=True, verbose_name='tanggal terjadi')),
                    ('reference', models.CharField(blank=True, max_length=80, verbose_name='nomor referensi')),
                    ('sender', models.CharField(blank=True, max_length=120, verbose_name='rekening pengirim')),
                    ('key', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('across_months', models.BooleanField(default=False, verbose_name='lintas bulan')),
                    ('bank', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='payments.bankaccount')),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('invoices', models.ManyToManyField(related_name='payments', to='billing.invoice')),
                    ('journal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'pembayaran',
                    'abstract': False,
                    'indexes': [
                        models.Index(fields=['unit', 'status', 'deadline_at'], name='payments_payment_work'),
                        models.Index(fields=['customer', '-id'], name='payment_by_payer'),
                        models.Index(fields=['bank', 'expected_amount'], name='payment_by_amount'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('amount__lte', 1000000000000000)), name='payment_is_of_something'),
                        models.CheckConstraint(condition=models.Q(('expected_amount__isnull', True), ('expected_amount__gte', models.F('amount')), models.Q(('status', 'expected'), _negated=True), _connector='OR'), name='payment_code_is_added'),
                        models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('journal__isnull', True)), models.Q(('confirmed_at__isnull', False), ('journal__isnull', False), ('occurred_on__isnull', False)), _connector='OR'), name='confirmed_payment_is_booked'),
                        models.UniqueConstraint(condition=models.Q(('status__in', ['expected', 'submitted', 'escalated'])), fields=('bank', 'expected_amount'), name='one_live_transfer_of_an_amount', violation_error_message='Ada transfer lain dengan jumlah yang sama. Buka halaman bayar sekali lagi.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Receipt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=80, unique=True, verbose_name='nomor')),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('issued_at', models.DateTimeField()),
                    ('said', models.JSONField(default=dict)),
                    ('prints', models.PositiveIntegerField(default=0)),
                    ('voided_at', models.DateTimeField(null=True)),
                    ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper')),
                    ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='people.person')),
                    ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='payments.payment')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'kuitansi',
                    'indexes': [
                        models.Index(fields=['payer', '-id'], name='receipt_by_payer'),
                        models.Index(fields=['unit', '-id'], name='receipt_by_unit'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Refund',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
                    ('headline', models.CharField(max_length=160, verbose_name='perihal')),
                    ('since', models.DateTimeField(editable=False)),
                    ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                    ('retry_at', models.DateTimeField(editable=False, null=True)),
                    ('opened_at', models.DateTimeField(editable=False)),
                    ('status', models.CharField(choices=[('due', 'harus dikembalikan'), ('paid', 'sudah dikembalikan'), ('cancelled', 'dibatalkan')], editable=False, max_length=30)),
                    ('kind', models.CharField(choices=[('advance', 'uang muka'), ('prepaid', 'dibayar di muka'), ('deposit', 'deposit'), ('balance', 'saldo'), ('unidentified', 'titipan')], max_length=20)),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('reason', models.CharField(max_length=200, verbose_name='alasan')),
                    ('subject_procedure', models.CharField(blank=True, max_length=60)),
                    ('subject_id', models.BigIntegerField(default=0)),
                    ('subject_number', models.CharField(blank=True, max_length=30)),
                    ('due_on', models.DateField(verbose_name='paling lambat')),
                    ('due_at', models.DateTimeField()),
                    ('destination', models.CharField(blank=True, max_length=160, verbose_name='rekening tujuan')),
                    ('method', models.CharField(blank=True, max_length=20, verbose_name='cara')),
                    ('occurred_on', models.DateField(null=True, verbose_name='tanggal')),
                    ('reference', models.CharField(blank=True, max_length=80, verbose_name='nomor referensi')),
                    ('bank', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.bankaccount')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('journal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('paid_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'pengembalian dana',
                    'abstract': False,
                    'indexes': [
                        models.Index(fields=['unit', 'status', 'deadline_at'], name='payments_refund_work'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_is_of_something'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Suspense',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
                    ('headline', models.CharField(max_length=160, verbose_name='perihal')),
                    ('since', models.DateTimeField(editable=False)),
                    ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                    ('retry_at', models.DateTimeField(editable=False, null=True)),
                    ('opened_at', models.DateTimeField(editable=False)),
                    ('status', models.CharField(choices=[('held', 'menunggu keputusan'), ('used', 'dipakai'), ('returned', 'dikembalikan'), ('undone', 'dibatalkan')], editable=False, max_length=30)),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('sender', models.CharField(blank=True, max_length=120, verbose_name='pengirim')),
                    ('reason', models.CharField(max_length=200, verbose_name='sebab')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('origin', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suspense', to='payments.payment')),
                    ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                    ('key', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                    ('occurred_on', models.DateField(null=True, verbose_name='tanggal masuk')),
                ],
                options={
                    'verbose_name': 'titipan',
                    'abstract': False,
                    'indexes': [
                        models.Index(fields=['unit', 'status', 'deadline_at'], name='payments_suspense_work'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='BankAccountChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('opened', 'dibuka'), ('closed', 'ditutup')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='payments.bankaccount')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'perubahan rekening bank',
                    'constraints': [
                        models.UniqueConstraint(fields=('bank_account', 'what'), name='bank_account_opens_and_closes_once'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Handover',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
                    ('headline', models.CharField(max_length=160, verbose_name='perihal')),
                    ('since', models.DateTimeField(editable=False)),
                    ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                    ('retry_at', models.DateTimeField(editable=False, null=True)),
                    ('opened_at', models.DateTimeField(editable=False)),
                    ('status', models.CharField(choices=[('submitted', 'menunggu diterima pemilik'), ('booked', 'diterima dan dibukukan'), ('rejected', 'ditolak'), ('withdrawn', 'ditarik kembali'), ('reversed', 'dibatalkan')], editable=False, max_length=30)),
                    ('expected', models.BigIntegerField(verbose_name='menurut catatan')),
                    ('counted', models.BigIntegerField(verbose_name='hasil hitungan')),
                    ('amount', models.BigIntegerField(verbose_name='disetorkan')),
                    ('reason', models.CharField(blank=True, max_length=200, verbose_name='sebab selisih')),
                    ('way', models.CharField(choices=[('owner', 'diserahkan kepada pemilik'), ('bank', 'disetor ke rekening bank')], max_length=10, verbose_name='cara setor')),
                    ('occurred_on', models.DateField(verbose_name='tanggal setor')),
                    ('key', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                    ('said', models.JSONField(default=dict)),
                    ('bank', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.bankaccount')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('journal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('paper', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper')),
                    ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'setoran',
                    'abstract': False,
                    'indexes': [
                        models.Index(fields=['unit', 'status', 'deadline_at'], name='payments_handover_work'),
                        models.Index(fields=['customer', 'unit', '-id'], name='handover_by_holder'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('amount__lte', models.F('counted')), ('counted__lte', 1000000000000000), ('expected__gte', 0), models.Q(('amount__gt', 0), models.Q(('counted', models.F('expected')), _negated=True), _connector='OR')), name='handover_is_of_what_was_counted'),
                        models.CheckConstraint(condition=models.Q(('counted', models.F('expected')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='handover_difference_has_its_reason'),
                        models.CheckConstraint(condition=models.Q(models.Q(('bank__isnull', False), ('way', 'bank')), models.Q(('bank__isnull', True), ('way', 'owner')), _connector='OR'), name='handover_goes_somewhere'),
                        models.CheckConstraint(condition=models.Q(('customer__isnull', False), models.Q(models.Q(('journal__isnull', True), ('paper__isnull', True), ('received_by__isnull', True)), models.Q(('journal__isnull', False), ('paper__isnull', False), ('received_by__isnull', False)), _connector='OR')), name='booked_handover_was_received'),
                        models.UniqueConstraint(condition=models.Q(('status', 'submitted')), fields=('unit', 'customer'), name='one_open_handover_of_a_holder', violation_error_message='Setoran sebelumnya masih menunggu diterima pemilik.'),
                    ],
                },
            ),
        ),
        append_only("payments_bankaccount", allowed=("closed_on",)),
        append_only("payments_bankaccountchange"),
        append_only("payments_receipt", allowed=("prints", "voided_at", "payer_id")),
        never_replaced(
            "payments_receipt",
            "payments_bankaccount",
            "payments_bankaccountchange",
        ),
        never_truncated(
            "payments_receipt",
            "payments_bankaccount",
            "payments_bankaccountchange",
        ),
        append_only(
            "payments_handover",
            allowed=(
                "status", "since", "deadline_at", "retry_at", "customer_id", "received_by_id", "journal_id",
                "paper_id", "said",
            ),
        ),  # fmt: skip
        never_replaced("payments_handover"),
        never_truncated("payments_handover"),
    ]
