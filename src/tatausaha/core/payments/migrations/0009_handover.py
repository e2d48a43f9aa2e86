import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_never_truncated'),
        ('ledger', '0003_a_general_name'),
        ('payments', '0008_payment_by_amount'),
        ('people', '0008_sealed_tax_numbers'),
        ('procedures', '0006_seal_of_programs'),
    ]

    operations = [
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
                'indexes': [models.Index(fields=['unit', 'status', 'deadline_at'], name='payments_handover_work'), models.Index(fields=['customer', 'unit', '-id'], name='handover_by_holder')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('amount__lte', models.F('counted')), ('counted__lte', 1000000000000000), ('expected__gte', 0), models.Q(('amount__gt', 0), models.Q(('counted', models.F('expected')), _negated=True), _connector='OR')), name='handover_is_of_what_was_counted'), models.CheckConstraint(condition=models.Q(('counted', models.F('expected')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='handover_difference_has_its_reason'), models.CheckConstraint(condition=models.Q(models.Q(('bank__isnull', False), ('way', 'bank')), models.Q(('bank__isnull', True), ('way', 'owner')), _connector='OR'), name='handover_goes_somewhere'), models.CheckConstraint(condition=models.Q(('customer__isnull', False), models.Q(models.Q(('journal__isnull', True), ('paper__isnull', True), ('received_by__isnull', True)), models.Q(('journal__isnull', False), ('paper__isnull', False), ('received_by__isnull', False)), _connector='OR')), name='booked_handover_was_received'), models.UniqueConstraint(condition=models.Q(('status', 'submitted')), fields=('unit', 'customer'), name='one_open_handover_of_a_holder', violation_error_message='Setoran sebelumnya masih menunggu diterima pemilik.')],
            },
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
