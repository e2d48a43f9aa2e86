"""Stays that go on where the paper stopped."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boarding', '0016_stay_papers'),
        ('imports', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='stay',
            name='billed_on_paper_to',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='stay',
            name='deposit_never_collected',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.CreateModel(
            name='PaperTenant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.importrun')),
                ('stay', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='from_paper', to='boarding.stay')),
            ],
            options={
                'verbose_name': 'penghuni dari buku kertas',
            },
        ),
    ]
