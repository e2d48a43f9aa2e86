"""The runs of listing files stand in the room of imports alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boarding', '0008_imports_are_shared'),
        ('imports', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='listingsource',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.importrun'),
        ),
        migrations.DeleteModel(
            name='ImportRow',
        ),
        migrations.DeleteModel(
            name='ImportRun',
        ),
    ]
