"""The register of assets, where each stands, its months and its exit."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_squashed_0004_manager_window'),
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
        ('procedures', '0001_squashed_0006_seal_of_programs'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Asset',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
                    ('headline', models.CharField(max_length=160, verbose_name='perihal')),
                    ('since', models.DateTimeField(editable=False)),
                    ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                    ('retry_at', models.DateTimeField(editable=False, null=True)),
                    ('opened_at', models.DateTimeField(editable=False)),
                    ('status', models.CharField(choices=[('bought', 'dibeli, belum ditempatkan'), ('in_use', 'dipakai'), ('disposed', 'dilepas'), ('cancelled', 'pencatatan dibatalkan')], editable=False, max_length=30)),
                    ('asset_class', models.CharField(choices=[('light', 'Perabot kayu, elektronik, komputer'), ('durable', 'AC, pompa air, perabot logam'), ('machine', 'Mesin dan instalasi'), ('motorcycle', 'Sepeda motor'), ('car', 'Mobil'), ('building', 'Bangunan'), ('land', 'Tanah')], max_length=12, verbose_name='golongan')),
                    ('details', models.CharField(blank=True, max_length=200, verbose_name='merek, tipe, nomor seri')),
                    ('cost', models.BigIntegerField(verbose_name='harga perolehan')),
                    ('residual', models.BigIntegerField(default=0, verbose_name='nilai sisa')),
                    ('bought_on', models.DateField(verbose_name='tanggal beli')),
                    ('life_months', models.PositiveSmallIntegerField(verbose_name='umur (bulan)')),
                    ('accumulated_before', models.BigIntegerField(default=0)),
                    ('plan_done', models.BigIntegerField(default=0)),
                    ('depreciates_from', models.DateField()),
                    ('plan_months', models.PositiveSmallIntegerField()),
                    ('place_kind', models.CharField(blank=True, max_length=40)),
                    ('place_id', models.BigIntegerField(null=True)),
                    ('location', models.CharField(blank=True, max_length=120, verbose_name='tempat')),
                    ('source_procedure', models.CharField(blank=True, max_length=60)),
                    ('source_id', models.BigIntegerField(null=True)),
                    ('piece', models.PositiveSmallIntegerField(default=1)),
                    ('key', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                    ('custodian', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='penanggung jawab')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('journal', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'aset',
                    'abstract': False,
                    'indexes': [
                        models.Index(fields=['unit', 'status', 'deadline_at'], name='assets_asset_work'),
                        models.Index(fields=['place_kind', 'place_id'], name='asset_by_place'),
                        models.Index(fields=['source_procedure', 'source_id'], name='asset_by_source'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('cost__gt', 0), ('cost__lte', 1000000000000000)), name='asset_cost_something'),
                        models.CheckConstraint(condition=models.Q(('accumulated_before__gte', 0), ('plan_done__gte', models.F('accumulated_before')), ('residual__gte', 0), ('cost__gte', django.db.models.expressions.CombinedExpression(models.F('residual'), '+', models.F('plan_done')))), name='asset_keeps_its_residual', violation_error_message='Nilai sisa dan penyusutan tidak boleh melebihi harga perolehan.'),
                        models.CheckConstraint(condition=models.Q(models.Q(('accumulated_before', 0), ('asset_class', 'land'), ('life_months', 0), ('plan_months', 0)), models.Q(models.Q(('asset_class', 'land'), _negated=True), ('life_months__gt', 0)), _connector='OR'), name='land_is_never_depreciated'),
                        models.CheckConstraint(condition=models.Q(models.Q(('place_id__isnull', True), ('place_kind', '')), models.Q(models.Q(('place_kind', ''), _negated=True), ('place_id__isnull', False)), _connector='OR'), name='asset_place_is_whole'),
                        models.UniqueConstraint(condition=models.Q(('source_id__isnull', False)), fields=('source_procedure', 'source_id', 'piece'), name='one_asset_a_piece'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='AssetMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('place_kind', models.CharField(blank=True, max_length=40)),
                    ('place_id', models.BigIntegerField(null=True)),
                    ('place_name', models.CharField(blank=True, max_length=120)),
                    ('location', models.CharField(blank=True, max_length=120)),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                    ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='assets.asset')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('custodian', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'perpindahan aset',
                    'indexes': [
                        models.Index(fields=['asset', '-id'], name='move_of_asset'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Depreciation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ym', models.PositiveIntegerField()),
                    ('amount', models.BigIntegerField()),
                    ('caught_up', models.BooleanField(default=False)),
                    ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='depreciation', to='assets.asset')),
                    ('journal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'penyusutan',
                    'indexes': [
                        models.Index(fields=['unit', 'ym'], name='depreciation_of_month'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('asset', 'ym'), name='one_depreciation_a_month'),
                        models.CheckConstraint(condition=models.Q(models.Q(('amount', 0), ('journal__isnull', True)), models.Q(('amount__gt', 0), ('journal__isnull', False)), _connector='OR'), name='depreciation_is_booked'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Exit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('sold', 'dijual'), ('lost', 'hilang'), ('scrapped', 'dibuang karena rusak'), ('undone', 'pencatatan dibatalkan')], max_length=10)),
                    ('left_on', models.DateField(verbose_name='tanggal')),
                    ('cost', models.BigIntegerField()),
                    ('accumulated', models.BigIntegerField()),
                    ('returned', models.BigIntegerField(default=0)),
                    ('proceeds', models.BigIntegerField(default=0, verbose_name='hasil penjualan')),
                    ('into', models.CharField(blank=True, max_length=20, verbose_name='uangnya ke')),
                    ('result', models.BigIntegerField()),
                    ('at', models.DateTimeField()),
                    ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exits', to='assets.asset')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('journal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('undone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.journal')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'pelepasan aset',
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('undone__isnull', True)), fields=('asset',), name='an_asset_leaves_once', violation_error_message='Aset ini sudah dilepas.'),
                        models.CheckConstraint(condition=models.Q(models.Q(('into', ''), ('proceeds', 0)), models.Q(('kind', 'sold'), ('proceeds__gt', 0), models.Q(('into', ''), _negated=True)), _connector='OR'), name='only_a_sale_brings_money'),
                        models.CheckConstraint(condition=models.Q(models.Q(('kind', 'undone'), ('result', 0)), ('result', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('proceeds'), '+', models.F('accumulated')), '-', models.F('cost'))), _connector='OR'), name='exit_result_adds_up'),
                    ],
                },
            ),
        ),
    ]
