"""The use of a deposit while the tenant lives here: asked, consented to, and sealed but for what was taken."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only, never_truncated

_MOVES = ("status", "since", "deadline_at", "retry_at", "customer_id", "headline", "used")


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0007_allocations_by_day'),
        ('boarding', '0027_waiting_list'),
        ('people', '0008_sealed_tax_numbers'),
        ('procedures', '0006_seal_of_programs'),
    ]

    operations = [
        migrations.CreateModel(
            name='DepositUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
                ('headline', models.CharField(max_length=160, verbose_name='perihal')),
                ('since', models.DateTimeField(editable=False)),
                ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                ('retry_at', models.DateTimeField(editable=False, null=True)),
                ('opened_at', models.DateTimeField(editable=False)),
                ('status', models.CharField(choices=[('asked', 'Menunggu pemilik'), ('used', 'Dipakai'), ('refused', 'Ditolak'), ('withdrawn', 'Ditarik kembali'), ('lapsed', 'Kedaluwarsa')], editable=False, max_length=30)),
                ('asked', models.BigIntegerField(verbose_name='yang diminta')),
                ('used', models.BigIntegerField(default=0, verbose_name='yang dipakai')),
                ('reason', models.CharField(max_length=300, verbose_name='alasan')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice', verbose_name='tagihan')),
                ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deposit_uses', to='boarding.stay')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'verbose_name': 'pemakaian deposit',
                'abstract': False,
                'indexes': [models.Index(fields=['unit', 'status', 'deadline_at'], name='boarding_deposituse_work')],
                'constraints': [models.CheckConstraint(condition=models.Q(('asked__gt', 0), ('used__gte', 0)), name='deposit_use_amounts'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='deposit_use_says_why'), models.CheckConstraint(condition=models.Q(('status', 'used'), ('used', 0), _connector='OR'), name='deposit_used_with_consent_alone'), models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('stay',), name='one_open_deposit_use', violation_error_message='Masih ada permintaan pemakaian deposit yang menunggu pemilik.')],
            },
        ),
        append_only("boarding_deposituse", allowed=_MOVES),
        never_truncated("boarding_deposituse"),
    ]
