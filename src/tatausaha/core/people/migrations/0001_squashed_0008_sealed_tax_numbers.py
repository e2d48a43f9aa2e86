"""Persons, organisations, units, roles, identity papers and their history."""

import datetime
import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import OnTables, append_only, never_replaced, never_truncated
from tatausaha.core.kernel.together import Together
from tatausaha.core.people.migrations import _seals


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_numberseries'),
        ('people', '0003_papers_and_history'),
        ('people', '0004_append_only'),
        ('people', '0005_undo_and_reopen'),
        ('people', '0006_never_replaced'),
        ('people', '0007_never_truncated'),
        ('people', '0008_sealed_tax_numbers'),
    ]

    dependencies = [
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Unit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('business', models.CharField(max_length=30, verbose_name='jenis usaha')),
                    ('code', models.SlugField(max_length=40, unique=True, verbose_name='kode')),
                    ('name', models.CharField(max_length=120, verbose_name='nama')),
                    ('zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=20, verbose_name='zona waktu')),
                    ('address', models.TextField(blank=True, verbose_name='alamat')),
                    ('phone', models.CharField(blank=True, max_length=20, verbose_name='nomor WhatsApp')),
                    ('opened_on', models.DateField(verbose_name='mulai')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='tutup')),
                ],
                options={
                    'verbose_name': 'unit usaha',
                },
            ),
            migrations.CreateModel(
                name='Company',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='nama perusahaan')),
                    ('legal_form', models.CharField(blank=True, max_length=20, verbose_name='bentuk hukum')),
                    ('address', models.TextField(blank=True, verbose_name='alamat')),
                    ('phone', models.CharField(blank=True, max_length=20, verbose_name='nomor WhatsApp')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                    ('tax_number', models.CharField(blank=True, max_length=16, verbose_name='NPWP')),
                    ('zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=20, verbose_name='zona waktu')),
                    ('books_from', models.DateField(verbose_name='pembukuan mulai')),
                    ('is_demonstration', models.BooleanField(default=False, editable=False)),
                    ('clock_offset', models.DurationField(default=datetime.timedelta, editable=False)),
                ],
                options={
                    'verbose_name': 'perusahaan',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_company'),
                        models.CheckConstraint(condition=models.Q(('is_demonstration', True), ('clock_offset', datetime.timedelta(0)), _connector='OR'), name='time_machine_only_in_demonstrations'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('natural', 'perorangan'), ('legal', 'badan')], default='natural', max_length=10)),
                    ('name', models.CharField(max_length=120, verbose_name='nama')),
                    ('phone', models.CharField(blank=True, db_index=True, max_length=20, verbose_name='nomor HP')),
                    ('email', models.EmailField(blank=True, db_index=True, max_length=254, verbose_name='surel')),
                    ('address', models.TextField(blank=True, verbose_name='alamat')),
                    ('tax_number', models.CharField(blank=True, max_length=16, verbose_name='NPWP')),
                    ('language', models.CharField(choices=[('id', 'Bahasa Indonesia'), ('en', 'English')], default='id', max_length=5, verbose_name='bahasa')),
                    ('created_at', models.DateTimeField()),
                    ('anonymised_at', models.DateTimeField(blank=True, null=True)),
                    ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='people.person')),
                    ('born_on', models.DateField(blank=True, null=True, verbose_name='tanggal lahir')),
                ],
                options={
                    'verbose_name': 'orang',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='person_not_merged_into_itself'),
                        models.CheckConstraint(condition=models.Q(('phone', ''), ('phone__startswith', '+'), _connector='OR'), name='person_phone_is_e164'),
                        models.CheckConstraint(condition=models.Q(('kind', 'natural'), ('born_on__isnull', True), _connector='OR'), name='bodies_are_not_born'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('capacity', models.CharField(max_length=60, verbose_name='jabatan')),
                    ('since', models.DateField(verbose_name='sejak')),
                    ('until', models.DateField(blank=True, null=True, verbose_name='sampai')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.person')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person')),
                ],
                options={
                    'verbose_name': 'anggota',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('organisation', models.F('person')), _negated=True), name='nobody_is_a_member_of_themselves'),
                        models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('organisation', 'person', 'capacity'), name='one_running_membership', violation_error_message='Orang ini sudah menjadi anggota dengan jabatan itu.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Login',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='surel')),
                    ('phone', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='nomor HP')),
                    ('phone_verified', models.BooleanField(default=False)),
                    ('is_active', models.BooleanField(default=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='login', to='people.person')),
                ],
                options={
                    'verbose_name': 'akun masuk',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('email__isnull', False), ('phone__isnull', False), _connector='OR'), name='login_has_an_address'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Role',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=30)),
                    ('since', models.DateTimeField()),
                    ('until', models.DateTimeField(blank=True, null=True)),
                    ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.person')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.unit')),
                ],
                options={
                    'verbose_name': 'peran',
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'unit', 'name'), name='one_running_role_in_a_unit', violation_error_message='Orang ini sudah memegang peran itu di unit ini.'),
                        models.UniqueConstraint(condition=models.Q(('unit__isnull', True), ('until__isnull', True)), fields=('person', 'name'), name='one_running_role_over_all', violation_error_message='Orang ini sudah memegang peran itu.'),
                        models.CheckConstraint(condition=models.Q(('unit__isnull', False), ('name', 'owner'), _connector='OR'), name='only_owners_hold_all_units'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='NumberSeries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('series', models.CharField(max_length=40)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('last', models.PositiveIntegerField(default=0)),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'deret nomor',
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('unit', 'series', 'year'), name='one_series_in_a_unit'),
                        models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('series', 'year'), name='one_series_of_the_company'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('person_created', 'Orang dicatat'), ('person_changed', 'Data orang diubah'), ('signed_up', 'Mendaftar akun'), ('login_created', 'Akun dibuat'), ('login_ended', 'Akun ditutup'), ('login_reopened', 'Akun dibuka lagi'), ('password_renewed', 'Kata sandi diganti'), ('address_verified', 'Surel atau nomor HP terbukti miliknya'), ('member_added', 'Anggota ditambah'), ('member_ended', 'Keanggotaan diakhiri'), ('company_changed', 'Data perusahaan diubah'), ('unit_created', 'Unit usaha dibuat'), ('unit_changed', 'Unit usaha diubah'), ('role_given', 'Peran diberikan'), ('role_ended', 'Peran diakhiri'), ('paper_added', 'Identitas ditambah'), ('paper_erased', 'Identitas dihapus'), ('merged', 'Digabung'), ('unmerged', 'Penggabungan dibatalkan'), ('not_same', 'Dinyatakan bukan orang yang sama'), ('exported', 'Data diunduh'), ('anonymised', 'Data pribadi dihapus')], max_length=20)),
                    ('machine', models.CharField(blank=True, max_length=10)),
                    ('at', models.DateTimeField()),
                    ('details', models.JSONField(default=dict)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='people.person')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'kejadian',
                    'indexes': [
                        models.Index(fields=['person', 'at'], name='people_even_person__21854c_idx'),
                        models.Index(fields=['unit', 'at'], name='people_even_unit_id_dc67ed_idx'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='IdentityPaper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('ktp', 'KTP'), ('sim', 'SIM'), ('school', 'Kartu pelajar'), ('student', 'Kartu tanda mahasiswa'), ('passport', 'Paspor'), ('kitas', 'KITAS'), ('letter', 'Surat keterangan'), ('npwp', 'NPWP')], max_length=10, verbose_name='jenis')),
                    ('number_sealed', models.TextField(blank=True)),
                    ('number_masked', models.CharField(max_length=40, verbose_name='nomor')),
                    ('number_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                    ('file_name', models.CharField(blank=True, max_length=120)),
                    ('file_type', models.CharField(blank=True, max_length=40)),
                    ('added_at', models.DateTimeField()),
                    ('erased_at', models.DateTimeField(blank=True, null=True)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='people.person')),
                ],
                options={
                    'verbose_name': 'identitas',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('file_name', ''), ('number_hash', ''), ('number_sealed', '')), _connector='OR'), name='erased_paper_keeps_nothing'),
                        models.CheckConstraint(condition=models.Q(('erased_at__isnull', False), models.Q(('number_sealed', ''), _negated=True), _connector='OR'), name='kept_paper_has_a_number'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('machine', models.CharField(blank=True, max_length=10)),
                    ('at', models.DateTimeField()),
                    ('reason', models.CharField(max_length=200)),
                    ('moved', models.JSONField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('drop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('keep', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'penggabungan orang',
                },
            ),
            migrations.CreateModel(
                name='PaperView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('number', 'nomor'), ('file', 'berkas')], max_length=6)),
                    ('reason', models.CharField(max_length=200)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='views', to='people.identitypaper')),
                ],
                options={
                    'verbose_name': 'penglihatan identitas',
                },
            ),
            migrations.CreateModel(
                name='PersonChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('field', models.CharField(max_length=30)),
                    ('old', models.TextField(blank=True)),
                    ('new', models.TextField(blank=True)),
                    ('machine', models.CharField(blank=True, max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='people.person')),
                ],
                options={
                    'verbose_name': 'perubahan data orang',
                },
            ),
            migrations.CreateModel(
                name='Unmerge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('reason', models.CharField(max_length=200)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('merge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='people.merge')),
                ],
                options={
                    'verbose_name': 'pembatalan penggabungan',
                },
            ),
        ),
        OnTables(_seals.put_up, _seals.take_down),
        append_only("people_unmerge"),
        never_replaced(
            "people_event",
            "people_paperview",
            "people_merge",
            "people_unmerge",
            "people_personchange",
        ),
        never_truncated("people_unmerge"),
    ]
