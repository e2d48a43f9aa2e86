import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_sealed_tax_numbers'),
        ('reports', '0002_where_the_chain_ended'),
    ]

    operations = [
        migrations.CreateModel(
            name='Summary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('begins_at', models.DateTimeField()),
                ('upto', models.BigIntegerField(default=0)),
                ('said', models.JSONField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'ringkasan',
                'constraints': [models.UniqueConstraint(fields=('person', 'on'), name='one_summary_a_day')],
            },
        ),
        migrations.CreateModel(
            name='SummaryChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rhythm', models.CharField(choices=[('daily', 'setiap hari'), ('weekly', 'setiap minggu'), ('never', 'tidak dikirim')], max_length=10, verbose_name='dikirim')),
                ('hour', models.PositiveSmallIntegerField(verbose_name='pukul')),
                ('weekday', models.PositiveSmallIntegerField(default=0, verbose_name='hari')),
                ('changed_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'pilihan ringkasan',
                'constraints': [models.CheckConstraint(condition=models.Q(('hour__lte', 23)), name='summary_hour_is_on_the_clock'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='summary_weekday_is_in_the_week')],
            },
        ),
        append_only("reports_summary", allowed=("person_id",)),
        never_replaced("reports_summary"),
        never_truncated("reports_summary"),
    ]
