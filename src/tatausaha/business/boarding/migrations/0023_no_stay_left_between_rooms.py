"""A stay between two rooms points to a stay that there is not: no transaction ends so."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("boarding", "0022_room_moves_sealed")]

    operations = [
        migrations.RemoveConstraint(model_name="stay", name="one_stay_a_room"),
        migrations.RemoveField(model_name="stay", name="between_rooms"),
        migrations.AddField(
            model_name="stay",
            name="between_rooms",
            field=models.ForeignKey(
                db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+", to="boarding.stay",
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("between_rooms__isnull", True), ("status__in", ["living", "noticed", "inspection"])),
                fields=("room",), name="one_stay_a_room",
                violation_error_message="Kamar ini masih dihuni atau diperiksa.",
            ),
        ),
    ]
