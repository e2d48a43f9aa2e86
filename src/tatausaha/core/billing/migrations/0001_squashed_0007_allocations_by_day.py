"""Invoices, allocations, credit notes, and the money that is held for somebody."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated
from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('billing', '0001_initial'),
        ('billing', '0002_seals'),
        ('billing', '0003_invoice_by_case'),
        ('billing', '0004_allocation_prepaid'),
        ('billing', '0005_never_replaced'),
        ('billing', '0006_never_truncated'),
        ('billing', '0007_allocations_by_day'),
    ]

    dependencies = [
        ('ledger', '0001_squashed_0004_manager_window'),
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Holding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('advance', 'uang muka'), ('prepaid', 'dibayar di muka'), ('deposit', 'deposit'), ('balance', 'saldo'), ('unidentified', 'titipan')], max_length=20)),
                    ('procedure', models.CharField(blank=True, max_length=60)),
                    ('subject_id', models.BigIntegerField(default=0)),
                    ('case_number', models.CharField(blank=True, max_length=30)),
                    ('balance', models.BigIntegerField(default=0)),
                    ('moves', models.PositiveIntegerField(default=0)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'uang yang dipegang',
                    'indexes': [
                        models.Index(fields=['person', 'unit', 'kind'], name='holding_by_person'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('procedure', 'subject_id', 'kind', 'person', 'unit'), name='one_holding_of_a_kind'),
                        models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='holding_not_below_zero', violation_error_message='Uang yang dipegang tidak cukup untuk ini.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='HoldingEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seq', models.PositiveIntegerField()),
                    ('move', models.CharField(choices=[('received', 'terima'), ('applied', 'pakai'), ('deducted', 'potong'), ('returned', 'kembali'), ('forfeited', 'hangus'), ('moved', 'pindah'), ('undone', 'dibatalkan')], max_length=10)),
                    ('amount', models.BigIntegerField()),
                    ('balance_after', models.BigIntegerField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='billing.holding')),
                    ('journal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                ],
                options={
                    'constraints': [
                        models.UniqueConstraint(fields=('holding', 'seq'), name='holding_entries_in_order'),
                        models.CheckConstraint(condition=models.Q(('balance_after__gte', 0)), name='holding_entry_not_below_zero'),
                        models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='holding_entry_moves_something'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Invoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=80, unique=True, verbose_name='nomor')),
                    ('procedure', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('case_number', models.CharField(max_length=30)),
                    ('purpose', models.CharField(max_length=40)),
                    ('issued_at', models.DateTimeField(verbose_name='diterbitkan')),
                    ('due_on', models.DateField(verbose_name='jatuh tempo')),
                    ('period_start', models.DateField(null=True)),
                    ('period_end', models.DateField(null=True)),
                    ('total', models.BigIntegerField(verbose_name='jumlah')),
                    ('income', models.BigIntegerField()),
                    ('settled', models.BigIntegerField(default=0)),
                    ('credited', models.BigIntegerField(default=0)),
                    ('recognised_on', models.DateField(null=True)),
                    ('voided_at', models.DateTimeField(null=True)),
                    ('void_reason', models.CharField(blank=True, max_length=200)),
                    ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                    ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'tagihan',
                    'indexes': [
                        models.Index(fields=['unit', 'due_on', 'id'], name='invoice_by_unit'),
                        models.Index(fields=['payer', 'due_on', 'id'], name='invoice_by_payer'),
                        models.Index(condition=models.Q(('income__gt', 0), ('recognised_on__isnull', True), ('voided_at__isnull', True)), fields=['due_on'], name='invoice_to_recognise'),
                        models.Index(condition=models.Q(('total__gt', django.db.models.expressions.CombinedExpression(models.F('settled'), '+', models.F('credited'))), ('voided_at__isnull', True)), fields=['unit', 'due_on'], name='invoice_open'),
                        models.Index(fields=['procedure', 'subject_id'], name='invoice_by_case'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('period_start__isnull', False), ('voided_at__isnull', True)), fields=('procedure', 'subject_id', 'purpose', 'period_start'), name='one_invoice_a_period'),
                        models.UniqueConstraint(condition=models.Q(('period_start__isnull', True), ('voided_at__isnull', True)), fields=('procedure', 'subject_id', 'purpose'), name='one_invoice_a_purpose'),
                        models.CheckConstraint(condition=models.Q(('total__gt', 0), ('total__lte', 1000000000000000)), name='invoice_asks_for_something'),
                        models.CheckConstraint(condition=models.Q(('income__gte', 0), ('income__lte', models.F('total'))), name='invoice_income_in_total'),
                        models.CheckConstraint(condition=models.Q(('credited__gte', 0), ('settled__gte', 0), ('total__gte', django.db.models.expressions.CombinedExpression(models.F('settled'), '+', models.F('credited')))), name='invoice_settled_within_total'),
                        models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at__isnull', True)), models.Q(('voided_at__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='void_invoice_says_why'),
                        models.CheckConstraint(condition=models.Q(models.Q(('period_end__isnull', True), ('period_start__isnull', True)), ('period_end__gte', models.F('period_start')), _connector='OR'), name='invoice_period_in_order'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='CreditNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=80, unique=True, verbose_name='nomor')),
                    ('kind', models.CharField(choices=[('credit', 'nota kredit'), ('write_off', 'penghapusan piutang')], max_length=10)),
                    ('amount', models.BigIntegerField(verbose_name='jumlah')),
                    ('to_balance', models.BigIntegerField(default=0)),
                    ('reason', models.CharField(max_length=200, verbose_name='alasan')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('journal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credit_notes', to='billing.invoice')),
                ],
                options={
                    'verbose_name': 'nota kredit',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('to_balance__gte', 0), ('to_balance__lte', models.F('amount'))), name='credit_note_amounts'),
                        models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='credit_note_says_why'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='InvoiceLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('kind', models.CharField(max_length=30)),
                    ('account', models.CharField(max_length=5)),
                    ('description', models.CharField(max_length=200)),
                    ('amount', models.BigIntegerField()),
                    ('settled', models.BigIntegerField(default=0)),
                    ('credited', models.BigIntegerField(default=0)),
                    ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='billing.invoice')),
                ],
                options={
                    'constraints': [
                        models.UniqueConstraint(fields=('invoice', 'position'), name='invoice_lines_in_order'),
                        models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='invoice_line_asks_for_something'),
                        models.CheckConstraint(condition=models.Q(('amount__gte', django.db.models.expressions.CombinedExpression(models.F('settled'), '+', models.F('credited'))), ('credited__gte', 0), ('settled__gte', 0)), name='invoice_line_settled_within_amount'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='CreditNoteLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('amount', models.BigIntegerField()),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='billing.creditnote')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='billing.invoiceline')),
                ],
                options={
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='credit_note_line_amount'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Allocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(choices=[('payment', 'pembayaran'), ('advance', 'uang muka'), ('deposit', 'deposit'), ('balance', 'saldo'), ('unidentified', 'titipan'), ('credit', 'nota kredit'), ('release', 'tagihan dibatalkan')], max_length=20)),
                    ('payment_id', models.BigIntegerField(null=True)),
                    ('amount', models.BigIntegerField()),
                    ('booked_on', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('journal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='billing.allocation')),
                    ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='billing.invoice')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='billing.invoiceline')),
                    ('prepaid', models.BooleanField(default=False)),
                ],
                options={
                    'indexes': [
                        models.Index(condition=models.Q(('payment_id__isnull', False)), fields=['payment_id'], name='allocation_by_payment'),
                        models.Index(fields=['booked_on'], name='allocation_by_day'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='allocation_moves_something'),
                        models.CheckConstraint(condition=models.Q(models.Q(('source', 'payment'), _negated=True), ('payment_id__isnull', False), _connector='OR'), name='allocation_names_its_payment'),
                    ],
                },
            ),
        ),
        append_only(
            "billing_invoice",
            allowed=("settled", "credited", "recognised_on", "voided_at", "voided_by_id", "void_reason"),
        ),
        append_only("billing_invoiceline", allowed=("settled", "credited")),
        append_only("billing_allocation"),
        append_only("billing_creditnote"),
        append_only("billing_creditnoteline"),
        append_only("billing_holding", allowed=("balance", "moves")),
        append_only("billing_holdingentry"),
        never_replaced(
            "billing_invoice",
            "billing_invoiceline",
            "billing_allocation",
            "billing_creditnote",
            "billing_creditnoteline",
            "billing_holding",
            "billing_holdingentry",
        ),
        never_truncated(
            "billing_invoice",
            "billing_invoiceline",
            "billing_allocation",
            "billing_creditnote",
            "billing_creditnoteline",
            "billing_holding",
            "billing_holdingentry",
        ),
    ]
