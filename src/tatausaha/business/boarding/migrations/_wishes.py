"""What people ask for: discounts, a place on the waiting list, the use of a deposit."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = (
    migrations.CreateModel(
        name='Discount',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
            ('headline', models.CharField(max_length=160, verbose_name='perihal')),
            ('since', models.DateTimeField(editable=False)),
            ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
            ('retry_at', models.DateTimeField(editable=False, null=True)),
            ('opened_at', models.DateTimeField(editable=False)),
            ('status', models.CharField(choices=[('asked', 'Menunggu pemilik'), ('granted', 'Disetujui, belum dipakai'), ('in_force', 'Berlaku'), ('refused', 'Ditolak'), ('withdrawn', 'Ditarik kembali'), ('lapsed', 'Kedaluwarsa'), ('ended', 'Dihentikan')], editable=False, max_length=30)),
            ('published', models.BigIntegerField(verbose_name='harga tertulis')),
            ('asked', models.BigIntegerField(verbose_name='sewa yang diminta')),
            ('from_period', models.PositiveIntegerField(default=0, verbose_name='mulai masa sewa')),
            ('periods', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='berapa masa sewa')),
            ('reason', models.CharField(max_length=300, verbose_name='alasan')),
            ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('booking', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='discounts', to='boarding.booking')),
            ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
            ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discounts', to='boarding.room', verbose_name='kamar')),
            ('stay', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='discounts', to='boarding.stay')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
        ],
        options={
            'verbose_name': 'potongan harga',
            'abstract': False,
            'indexes': [
                models.Index(fields=['unit', 'status', 'deadline_at'], name='boarding_discount_work'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('asked__gt', 0), ('asked__lt', models.F('published'))), name='discount_is_below_the_price', violation_error_message='Sewa yang diminta harus di bawah harga tertulis.'),
                models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='discount_says_why'),
                models.CheckConstraint(condition=models.Q(('periods__isnull', True), ('periods__gte', 1), _connector='OR'), name='discount_holds_some_periods'),
                models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_force'), _negated=True), ('booking__isnull', False), ('stay__isnull', False), _connector='OR'), name='discount_in_force_has_its_case'),
                models.UniqueConstraint(condition=models.Q(('status__in', ['asked', 'granted'])), fields=('room', 'customer'), name='one_open_discount_a_person', violation_error_message='Masih ada permintaan potongan untuk orang dan kamar ini.'),
            ],
        },
    ),
    migrations.CreateModel(
        name='DiscountGiven',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('amount', models.BigIntegerField(verbose_name='potongan')),
            ('discount', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='boarding.discount')),
            ('invoice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='discount_gives_something'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RoomOffer',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('since', models.DateTimeField()),
            ('until', models.DateTimeField(null=True)),
            ('from_on', models.DateField()),
            ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='boarding.room')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('room',), name='one_open_offer_a_room'),
                models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='offer_ends_after_it_began'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Wish',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='nomor')),
            ('headline', models.CharField(max_length=160, verbose_name='perihal')),
            ('since', models.DateTimeField(editable=False)),
            ('deadline_at', models.DateTimeField(db_index=True, editable=False, null=True)),
            ('retry_at', models.DateTimeField(editable=False, null=True)),
            ('opened_at', models.DateTimeField(editable=False)),
            ('status', models.CharField(choices=[('waiting', 'Menunggu'), ('booked', 'Sudah memesan'), ('withdrawn', 'Ditarik kembali'), ('lapsed', 'Kedaluwarsa')], editable=False, max_length=30)),
            ('occupant', models.CharField(choices=[('pria', 'Laki-laki'), ('wanita', 'Perempuan')], max_length=10, verbose_name='penghuni')),
            ('latest_on', models.DateField(verbose_name='masuk paling lambat')),
            ('budget', models.BigIntegerField(blank=True, null=True, verbose_name='sewa paling tinggi per 30 hari')),
            ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ('revision', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.soprevision')),
            ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='boarding.room')),
            ('room_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='boarding.roomtype')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
        ],
        options={
            'verbose_name': 'daftar tunggu',
            'abstract': False,
            'indexes': [
                models.Index(fields=['unit', 'status', 'deadline_at'], name='boarding_wish_work'),
            ],
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('customer', 'unit'), name='one_live_wish_a_person_and_house', violation_error_message='Anda sudah ada di daftar tunggu rumah ini.'),
                models.CheckConstraint(condition=models.Q(('budget__isnull', True), ('budget__gt', 0), _connector='OR'), name='wish_budget_is_positive'),
                models.CheckConstraint(condition=models.Q(('room__isnull', True), ('room_type__isnull', True), _connector='OR'), name='wish_for_a_room_or_a_type'),
            ],
        },
    ),
    migrations.CreateModel(
        name='WishTold',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('at', models.DateTimeField()),
            ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='boarding.roomoffer')),
            ('wish', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='boarding.wish')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('offer', 'wish'), name='told_once_an_offer'),
            ],
        },
    ),
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
            'indexes': [
                models.Index(fields=['unit', 'status', 'deadline_at'], name='boarding_deposituse_work'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('asked__gt', 0), ('used__gte', 0)), name='deposit_use_amounts'),
                models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='deposit_use_says_why'),
                models.CheckConstraint(condition=models.Q(('status', 'used'), ('used', 0), _connector='OR'), name='deposit_used_with_consent_alone'),
                models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('stay',), name='one_open_deposit_use', violation_error_message='Masih ada permintaan pemakaian deposit yang menunggu pemilik.'),
            ],
        },
    ),
)
