"""Who was asked to leave by the owner does not take that back without the owner."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("boarding", "0023_no_stay_left_between_rooms")]

    operations = [
        migrations.AddField(
            model_name="stay",
            name="asked_to_leave",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
