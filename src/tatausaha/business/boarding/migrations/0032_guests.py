"""Guests who stay overnight, as lines of the letter to the RT or kelurahan."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('boarding', '0031_cycles'),
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.AlterField(
                model_name='residentmove',
                name='kind',
                field=models.CharField(choices=[('in', 'masuk'), ('out', 'pindah'), ('room', 'pindah kamar'), ('guest', 'tamu menginap')], max_length=5),
            ),
            migrations.CreateModel(
                name='Guest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='nama tamu')),
                    ('origin', models.CharField(max_length=120, verbose_name='asal atau hubungan')),
                    ('purpose', models.CharField(max_length=120, verbose_name='keperluan')),
                    ('identity_kind', models.CharField(blank=True, choices=[('ktp', 'KTP'), ('sim', 'SIM'), ('school', 'Kartu pelajar'), ('student', 'Kartu tanda mahasiswa'), ('passport', 'Paspor'), ('kitas', 'KITAS'), ('letter', 'Surat keterangan'), ('npwp', 'NPWP')], max_length=12, verbose_name='jenis tanda pengenal')),
                    ('from_on', models.DateField(verbose_name='mulai menginap')),
                    ('until_on', models.DateField(verbose_name='pergi pada')),
                    ('noted_at', models.DateTimeField()),
                    ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='boarding.room')),
                    ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='boarding.stay')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'tamu menginap',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on'))), name='guest_leaves_after_arriving'),
                        models.UniqueConstraint(fields=('stay', 'name', 'from_on'), name='one_guest_a_name_and_day', violation_error_message='Tamu ini sudah dicatat mulai tanggal itu.'),
                    ],
                },
            ),
        ),
        migrations.AddField(
            model_name='residentmove',
            name='guest',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resident_move', to='boarding.guest'),
        ),
        migrations.AddConstraint(
            model_name='residentmove',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guest__isnull', False), ('kind', 'guest')), models.Q(models.Q(('kind', 'guest'), _negated=True), ('guest__isnull', True)), _connector='OR'), name='resident_move_names_its_guest'),
        ),
    ]
