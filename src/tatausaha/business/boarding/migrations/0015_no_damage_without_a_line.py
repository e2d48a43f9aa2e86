"""Every damage points to a line: in a migration of its own, because PostgreSQL changes no table with pending rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("boarding", "0014_damage_on_a_line")]

    operations = [
        migrations.AlterField(
            model_name="damage",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="damages", to="boarding.conditionitem"
            ),
        ),
    ]
