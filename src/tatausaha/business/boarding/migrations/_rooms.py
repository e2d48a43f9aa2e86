"""What is looked at in a room: condition sheets, meters, repairs."""

import django.db.models.deletion
import tatausaha.business.boarding.models.meter
from django.db import migrations, models

TABLES = (
    migrations.CreateModel(
        name='ConditionSheet',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('kind', models.CharField(choices=[('in', 'masuk'), ('out', 'keluar')], max_length=4)),
            ('number', models.CharField(blank=True, max_length=80, verbose_name='nomor')),
            ('made_at', models.DateTimeField()),
            ('handed_at', models.DateTimeField(null=True)),
            ('objection', models.CharField(blank=True, max_length=500, verbose_name='keberatan penghuni')),
            ('agreed_at', models.DateTimeField(null=True)),
            ('on_paper', models.BooleanField(default=False, verbose_name='disetujui di kertas')),
            ('sealed_at', models.DateTimeField(null=True)),
            ('fingerprint', models.CharField(blank=True, max_length=64)),
            ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('handed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='boarding.room')),
            ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='boarding.stay')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
        ],
        options={
            'verbose_name': 'lembar kondisi',
            'constraints': [
                models.UniqueConstraint(fields=('stay', 'room', 'kind'), name='one_condition_sheet_each_way', violation_error_message='Lembar kondisi ini sudah dibuat.'),
                models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='one_condition_sheet_a_number'),
                models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('handed_at__isnull', True), ('sealed_at__isnull', True)), models.Q(('handed_at__isnull', False), models.Q(('number', ''), _negated=True)), _connector='OR'), name='condition_sheet_is_handed_over_first'),
                models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', True)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False), ('sealed_at__isnull', False)), _connector='OR'), name='condition_sheet_agreed_is_sealed'),
                models.CheckConstraint(condition=models.Q(models.Q(('fingerprint', ''), ('sealed_at__isnull', True)), models.Q(('sealed_at__isnull', False), models.Q(('fingerprint', ''), _negated=True)), _connector='OR'), name='condition_sheet_sealed_with_fingerprint'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ConditionItem',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('position', models.PositiveSmallIntegerField()),
            ('name', models.CharField(max_length=80, verbose_name='barang')),
            ('state', models.CharField(blank=True, choices=[('', 'belum diperiksa'), ('good', 'baik'), ('worn', 'aus wajar'), ('broken', 'rusak'), ('missing', 'tidak ada')], max_length=10, verbose_name='keadaan')),
            ('note', models.CharField(blank=True, max_length=200, verbose_name='catatan')),
            ('photo', models.CharField(blank=True, max_length=26)),
            ('photo_edges', models.JSONField(default=list)),
            ('photo_digest', models.CharField(blank=True, max_length=64)),
            ('pair', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='after', to='boarding.conditionitem')),
            ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='boarding.conditionsheet')),
        ],
        options={
            'verbose_name': 'baris lembar kondisi',
            'constraints': [
                models.UniqueConstraint(fields=('sheet', 'name'), name='one_thing_once_a_sheet', violation_error_message='Barang dengan nama ini sudah ada di lembar.'),
                models.UniqueConstraint(condition=models.Q(('photo', ''), _negated=True), fields=('photo',), name='one_condition_photo_a_line'),
                models.CheckConstraint(condition=models.Q(models.Q(('photo', ''), ('photo_digest', '')), models.Q(models.Q(('photo', ''), _negated=True), models.Q(('photo_digest', ''), _negated=True)), _connector='OR'), name='condition_photo_with_its_digest'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ChecklistItem',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('position', models.PositiveSmallIntegerField()),
            ('name', models.CharField(max_length=80, verbose_name='barang')),
            ('room_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklist', to='boarding.roomtype')),
        ],
        options={
            'verbose_name': 'daftar periksa',
            'constraints': [
                models.UniqueConstraint(fields=('room_type', 'name'), name='one_line_once_a_checklist'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Meter',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('kind', models.CharField(choices=[('listrik', 'Listrik'), ('air', 'Air'), ('token', 'Listrik token')], max_length=10, verbose_name='jenis')),
            ('number', models.CharField(blank=True, max_length=40, verbose_name='nomor meter')),
            ('since', models.DateField(verbose_name='dipasang')),
            ('until', models.DateField(null=True, verbose_name='dilepas')),
            ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meters', to='boarding.room', verbose_name='kamar')),
            ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='boarding.extraservice', verbose_name='layanan')),
        ],
        options={
            'verbose_name': 'meter',
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('room', 'kind'), name='one_meter_of_a_kind_a_room', violation_error_message='Kamar ini sudah punya meter seperti itu.'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Reading',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('on', models.DateField(verbose_name='tanggal')),
            ('value', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='angka meter')),
            ('old_value', models.DecimalField(decimal_places=2, max_digits=9, null=True, verbose_name='angka akhir meter lama')),
            ('why', models.CharField(choices=[('read', 'dibaca'), ('opening', 'angka awal'), ('closing', 'angka akhir'), ('estimate', 'taksiran')], default='read', max_length=10)),
            ('photo', models.FileField(blank=True, storage=tatausaha.business.boarding.models.meter._private, upload_to='meters/%Y/%m')),
            ('noted_at', models.DateTimeField()),
            ('credited', models.DecimalField(decimal_places=2, default=0, max_digits=9)),
            ('taken_back_at', models.DateTimeField(null=True)),
            ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('meter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='boarding.meter')),
            ('stay', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='boarding.stay')),
            ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('use', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reading', to='boarding.serviceuse')),
        ],
        options={
            'verbose_name': 'pembacaan meter',
            'indexes': [
                models.Index(fields=['meter', '-on', '-id'], name='reading_of_meter'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('credited__gte', 0), ('value__gte', 0)), name='reading_is_not_below_zero'),
                models.CheckConstraint(condition=models.Q(('old_value__isnull', True), models.Q(('old_value__gte', 0), models.Q(('photo', ''), _negated=True)), _connector='OR'), name='replaced_meter_with_photo', violation_error_message='Meter diganti: lampirkan fotonya.'),
                models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True), ('why__in', ['read', 'estimate'])), fields=('meter', 'on', 'why'), name='one_reading_a_day', violation_error_message='Meter ini sudah dibaca pada tanggal itu.'),
            ],
        },
    ),
    migrations.CreateModel(
        name='TokenPurchase',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('on', models.DateField(verbose_name='tanggal')),
            ('amount', models.BigIntegerField(verbose_name='harga beli')),
            ('kwh', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='kWh')),
            ('number_masked', models.CharField(blank=True, max_length=40, verbose_name='nomor token')),
            ('noted_at', models.DateTimeField()),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('meter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='boarding.meter')),
            ('use', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='token', to='boarding.serviceuse')),
        ],
        options={
            'verbose_name': 'pembelian token',
            'constraints': [
                models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('kwh__gt', 0)), name='token_is_something'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Ticket',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
            ('headline', models.CharField(max_length=160, verbose_name='perihal')),
            ('since', models.DateTimeField(editable=False)),
            ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
            ('retry_at', models.DateTimeField(editable=False, null=True)),
            ('opened_at', models.DateTimeField(editable=False)),
            ('status', models.CharField(choices=[('reported', 'Belum diambil'), ('overdue', 'Terlambat diambil'), ('taken', 'Ditangani'), ('scheduled', 'Dijadwalkan'), ('done', 'Menunggu penghuni'), ('closed', 'Ditutup'), ('withdrawn', 'Ditarik kembali'), ('declined', 'Tidak diperbaiki')], editable=False, max_length=30)),
            ('kind', models.CharField(choices=[('air', 'Air dan saluran'), ('listrik', 'Listrik dan lampu'), ('ac', 'AC dan kipas'), ('pintu', 'Pintu, jendela, kunci'), ('perabot', 'Perabot'), ('bangunan', 'Atap, dinding, lantai'), ('internet', 'Internet'), ('lain', 'Lainnya')], max_length=10, verbose_name='jenis')),
            ('what', models.CharField(max_length=100, verbose_name='apa yang rusak')),
            ('detail', models.CharField(blank=True, max_length=500, verbose_name='keterangan')),
            ('urgent', models.BooleanField(default=False, verbose_name='mendesak')),
            ('repairer', models.CharField(blank=True, max_length=120, verbose_name='yang memperbaiki')),
            ('planned_on', models.DateField(blank=True, null=True, verbose_name='dikerjakan pada')),
            ('closed_room', models.BooleanField(default=False, editable=False)),
            ('reopened', models.PositiveSmallIntegerField(default=0, editable=False)),
            ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('handler', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
            ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='boarding.room', verbose_name='kamar')),
            ('stay', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='boarding.stay')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
        ],
        options={
            'verbose_name': 'perbaikan',
            'abstract': False,
            'indexes': [
                models.Index(fields=['unit', 'status', 'deadline_at'], name='boarding_ticket_work'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='ticket_says_what'),
                models.CheckConstraint(condition=models.Q(models.Q(('planned_on__isnull', True), ('repairer', '')), models.Q(('planned_on__isnull', False), models.Q(('repairer', ''), _negated=True)), _connector='OR'), name='ticket_names_repairer_and_day_together'),
                models.CheckConstraint(condition=models.Q(('closed_room', False), ('room__isnull', False), _connector='OR'), name='ticket_closes_its_own_room'),
                models.CheckConstraint(condition=models.Q(('stay__isnull', True), ('customer__isnull', False), _connector='OR'), name='ticket_of_a_stay_has_its_tenant'),
            ],
        },
    ),
    migrations.CreateModel(
        name='TicketCost',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('expense', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.expense')),
            ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='costs', to='boarding.ticket')),
        ],
    ),
)
