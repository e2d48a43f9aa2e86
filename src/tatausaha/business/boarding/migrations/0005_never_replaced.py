"""Rows that are written once are not replaced either (SQLite)."""

from django.db import migrations

from tatausaha.core.kernel.sealed import never_replaced


class Migration(migrations.Migration):

    dependencies = [("boarding", "0004_house_changes")]

    operations = [
        never_replaced(
            "boarding_roomprice",
            "boarding_serviceprice",
            "boarding_housechange",
        ),
    ]
