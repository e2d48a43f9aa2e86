import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only


class Migration(migrations.Migration):
    dependencies = [
        ('people', '0004_append_only'),
        ('boarding', '0003_bookings'),
    ]

    operations = [
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
                'indexes': [models.Index(fields=['house', '-at'], name='house_changes_by_day')],
            },
        ),
        append_only("boarding_housechange"),
    ]
