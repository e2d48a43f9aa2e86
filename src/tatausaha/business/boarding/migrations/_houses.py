"""Houses, rooms, rents, services and where a listing came from."""

import django.db.models.deletion
import tatausaha.core.kernel.ids
from django.db import migrations, models

TABLES = (
    migrations.CreateModel(
        name='Facility',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('scope', models.CharField(choices=[('kamar', 'Kamar'), ('mandi', 'Kamar mandi'), ('umum', 'Bersama')], max_length=10, verbose_name='letak')),
            ('key', models.SlugField(max_length=60)),
            ('name', models.CharField(max_length=60, verbose_name='fasilitas')),
        ],
        options={
            'verbose_name': 'fasilitas',
            'indexes': [
                models.Index(fields=['key'], name='facility_by_key'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('scope', 'key'), name='one_facility_a_scope', violation_error_message='Fasilitas ini sudah ada.'),
            ],
        },
    ),
    migrations.CreateModel(
        name='House',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('gender', models.CharField(choices=[('putra', 'Putra'), ('putri', 'Putri'), ('campur', 'Campur'), ('tanya', 'Belum disebutkan')], default='campur', max_length=10, verbose_name='untuk')),
            ('description', models.TextField(blank=True, verbose_name='keterangan')),
            ('city', models.CharField(blank=True, max_length=60, verbose_name='kota/kabupaten')),
            ('district', models.CharField(blank=True, max_length=60, verbose_name='kecamatan')),
            ('latitude', models.FloatField(blank=True, null=True, verbose_name='lintang')),
            ('longitude', models.FloatField(blank=True, null=True, verbose_name='bujur')),
            ('built_year', models.SmallIntegerField(blank=True, null=True, verbose_name='tahun bangunan')),
            ('cycle', models.CharField(choices=[('30 hari', 'setiap 30 hari'), ('tanggal tetap', 'tanggal yang sama setiap bulan')], default='30 hari', max_length=20, verbose_name='siklus tagihan')),
            ('is_published', models.BooleanField(default=False, verbose_name='tampil untuk umum')),
            ('created_at', models.DateTimeField()),
            ('facilities', models.ManyToManyField(blank=True, related_name='houses', to='boarding.facility')),
            ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='house', to='people.unit')),
            ('places', models.ManyToManyField(related_name='houses', through='boarding.NearbyPlace', to='boarding.place')),
        ],
        options={
            'verbose_name': 'rumah kos',
            'indexes': [
                models.Index(fields=['is_published', 'latitude', 'longitude'], name='house_by_position'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__gte', -11.5), ('latitude__lte', 6.5), ('longitude__gte', 94.5), ('longitude__lte', 141.5)), _connector='OR'), name='house_inside_indonesia', violation_error_message='Letak ini di luar Indonesia. Periksa lintang dan bujur.'),
                models.CheckConstraint(condition=models.Q(('built_year__isnull', True), models.Q(('built_year__gte', 1900), ('built_year__lte', 2100)), _connector='OR'), name='house_built_in_our_age', violation_error_message='Tahun bangunan harus antara 1900 dan 2100.'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ExtraService',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('name', models.CharField(max_length=60, verbose_name='layanan')),
            ('description', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
            ('per_use', models.BooleanField(default=False, verbose_name='dihitung per pemakaian')),
            ('measure', models.CharField(blank=True, max_length=20, verbose_name='satuan')),
            ('is_active', models.BooleanField(default=True, verbose_name='ditawarkan')),
            ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='boarding.house')),
            ('of_room', models.BooleanField(default=False, verbose_name='melekat pada kamar')),
        ],
        options={
            'verbose_name': 'layanan',
            'constraints': [
                models.UniqueConstraint(fields=('house', 'name'), name='one_service_name_a_house', violation_error_message='Layanan dengan nama ini sudah ada.'),
                models.CheckConstraint(condition=models.Q(('per_use', False), models.Q(('measure', ''), _negated=True), _connector='OR'), name='per_use_has_a_measure', violation_error_message='Tulis satuan pemakaian, misalnya kg.'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ListingSource',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('key', models.CharField(max_length=200, unique=True)),
            ('digest', models.CharField(max_length=64)),
            ('number', models.PositiveIntegerField()),
            ('down_payment_percent', models.PositiveSmallIntegerField(null=True)),
            ('house', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='source', to='boarding.house')),
            ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.importrun')),
        ],
        options={
            'verbose_name': 'asal daftar',
        },
    ),
    migrations.CreateModel(
        name='Place',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('key', models.CharField(max_length=120, unique=True)),
            ('name', models.CharField(max_length=120, verbose_name='nama tempat')),
            ('kind', models.CharField(choices=[('kampus', 'Kampus'), ('rumah-sakit', 'Rumah sakit'), ('klinik', 'Klinik'), ('belanja', 'Belanja'), ('angkutan', 'Angkutan umum'), ('lain', 'Lainnya')], default='lain', max_length=12, verbose_name='jenis')),
            ('latitude', models.FloatField(blank=True, null=True, verbose_name='lintang')),
            ('longitude', models.FloatField(blank=True, null=True, verbose_name='bujur')),
            ('is_estimated', models.BooleanField(default=False)),
        ],
        options={
            'verbose_name': 'tempat',
            'constraints': [
                models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__gte', -11.5), ('latitude__lte', 6.5), ('longitude__gte', 94.5), ('longitude__lte', 141.5)), _connector='OR'), name='place_inside_indonesia'),
            ],
        },
    ),
    migrations.CreateModel(
        name='NearbyPlace',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('distance_m', models.PositiveIntegerField(verbose_name='jarak (meter)')),
            ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nearby', to='boarding.house')),
            ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nearby', to='boarding.place')),
        ],
        options={
            'verbose_name': 'tempat terdekat',
            'constraints': [
                models.UniqueConstraint(fields=('house', 'place'), name='one_distance_to_a_place'),
                models.CheckConstraint(condition=models.Q(('distance_m__lte', 500000)), name='near_is_within_500_km'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RoomType',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('name', models.CharField(max_length=80, verbose_name='nama tipe')),
            ('size', models.CharField(blank=True, max_length=30, verbose_name='ukuran (m)')),
            ('area_m2', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='luas (m²)')),
            ('description', models.TextField(blank=True, verbose_name='keterangan')),
            ('capacity', models.PositiveSmallIntegerField(default=1, verbose_name='penghuni sekamar')),
            ('facilities', models.ManyToManyField(blank=True, related_name='room_types', to='boarding.facility')),
            ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='room_types', to='boarding.house')),
        ],
        options={
            'verbose_name': 'tipe kamar',
            'constraints': [
                models.UniqueConstraint(fields=('house', 'name'), name='one_type_name_a_house', violation_error_message='Tipe kamar dengan nama ini sudah ada.'),
                models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 20)), name='type_sleeps_1_to_20'),
                models.CheckConstraint(condition=models.Q(('area_m2__isnull', True), ('area_m2__gt', 0), _connector='OR'), name='type_area_is_positive'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Room',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('number', models.CharField(max_length=20, verbose_name='nomor kamar')),
            ('floor', models.SmallIntegerField(blank=True, null=True, verbose_name='lantai')),
            ('out_of_service', models.CharField(blank=True, choices=[('perbaikan', 'Perbaikan'), ('nonaktif', 'Nonaktif')], max_length=10, verbose_name='tidak disewakan')),
            ('out_reason', models.CharField(blank=True, max_length=200, verbose_name='alasan')),
            ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='boarding.house')),
            ('room_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='boarding.roomtype', verbose_name='tipe')),
        ],
        options={
            'verbose_name': 'kamar',
            'indexes': [
                models.Index(fields=['room_type', 'out_of_service'], name='room_by_type'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('house', 'number'), name='one_room_number_a_house', violation_error_message='Nomor kamar ini sudah ada di rumah ini.'),
                models.CheckConstraint(condition=models.Q(models.Q(('out_of_service', ''), ('out_reason', '')), models.Q(models.Q(('out_of_service', ''), _negated=True), models.Q(('out_reason', ''), _negated=True)), _connector='OR'), name='out_of_service_with_its_reason', violation_error_message='Tulis alasan kamar tidak disewakan.'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RoomClaim',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('kind', models.CharField(choices=[('ditahan', 'Ditahan'), ('dipesan', 'Dipesan'), ('terisi', 'Terisi'), ('periksa', 'Diperiksa')], max_length=10)),
            ('from_on', models.DateField()),
            ('until_on', models.DateField(null=True)),
            ('holder', models.CharField(db_index=True, max_length=40)),
            ('live', models.BooleanField(default=True)),
            ('expires_at', models.DateTimeField(null=True)),
            ('claimed_at', models.DateTimeField()),
            ('released_at', models.DateTimeField(null=True)),
            ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='boarding.room')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
        ],
        options={
            'verbose_name': 'klaim kamar',
            'indexes': [
                models.Index(condition=models.Q(('live', True)), fields=['room', 'from_on'], name='live_claims_of_a_room'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='claim_lasts_a_day'),
                models.CheckConstraint(condition=models.Q(models.Q(('live', True), ('released_at__isnull', True)), models.Q(('live', False), ('released_at__isnull', False)), _connector='OR'), name='claim_live_or_released'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RoomPrice',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('amount', models.BigIntegerField(verbose_name='harga per 30 hari')),
            ('valid_from', models.DateField(verbose_name='berlaku mulai')),
            ('published_at', models.DateTimeField()),
            ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('room_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='boarding.roomtype')),
        ],
        options={
            'verbose_name': 'harga sewa terbit',
            'constraints': [
                models.UniqueConstraint(fields=('room_type', 'valid_from'), name='one_rent_a_day', violation_error_message='Harga yang berlaku mulai tanggal itu sudah diterbitkan. Pilih tanggal lain.'),
                models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('amount__lte', 1000000000000000)), name='rent_is_positive'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Photo',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('token', models.CharField(default=tatausaha.core.kernel.ids.token, editable=False, max_length=26, unique=True)),
            ('caption', models.CharField(blank=True, max_length=120, verbose_name='keterangan foto')),
            ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
            ('edges', models.JSONField(default=list, editable=False)),
            ('width', models.PositiveIntegerField(editable=False)),
            ('height', models.PositiveIntegerField(editable=False)),
            ('digest', models.CharField(editable=False, max_length=64)),
            ('added_at', models.DateTimeField()),
            ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='boarding.house')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='boarding.room')),
            ('room_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='boarding.roomtype')),
        ],
        options={
            'verbose_name': 'foto',
            'indexes': [
                models.Index(fields=['house', 'position'], name='photos_in_order'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('house', 'digest'), name='one_photo_once_a_house', violation_error_message='Foto ini sudah ada di rumah ini.'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ServicePrice',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('amount', models.BigIntegerField(verbose_name='harga')),
            ('valid_from', models.DateField(verbose_name='berlaku mulai')),
            ('published_at', models.DateTimeField()),
            ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='boarding.extraservice')),
        ],
        options={
            'verbose_name': 'harga layanan terbit',
            'constraints': [
                models.UniqueConstraint(fields=('service', 'valid_from'), name='one_service_price_a_day', violation_error_message='Harga yang berlaku mulai tanggal itu sudah diterbitkan. Pilih tanggal lain.'),
                models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('amount__lte', 1000000000000000)), name='service_price_not_negative'),
            ],
        },
    ),
    migrations.CreateModel(
        name='HouseChange',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('thing', models.CharField(max_length=120, verbose_name='apa')),
            ('field', models.CharField(max_length=60, verbose_name='bagian')),
            ('old', models.TextField(blank=True)),
            ('new', models.TextField(blank=True)),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='boarding.house')),
        ],
        options={
            'verbose_name': 'perubahan rumah kos',
            'indexes': [
                models.Index(fields=['house', '-at'], name='house_changes_by_day'),
            ],
        },
    ),
)
