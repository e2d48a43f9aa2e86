"""Rows that are written once are not truncated away either (PostgreSQL)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_truncated


class Migration(migrations.Migration):

    dependencies = [("boarding", "0006_one_stay_until_inspected")]

    operations = [
        never_truncated(
            "boarding_roomprice",
            "boarding_serviceprice",
            "boarding_housechange",
        ),
    ]
