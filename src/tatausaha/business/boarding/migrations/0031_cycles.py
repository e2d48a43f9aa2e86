"""How often the rent of a booking and of a stay falls due; SQLite makes the tables anew, without their triggers."""

from django.db import migrations, models

from tatausaha.business.boarding.migrations._guards import RENTS_SQLITE
from tatausaha.core.kernel.sealed import OnTables

CYCLES = [("30 hari", "setiap 30 hari"), ("tanggal tetap", "tanggal yang sama setiap bulan")]

def nothing(apps, schema_editor):
    pass


def put_back(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for make, _drop in RENTS_SQLITE:
            schema_editor.execute(make.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1), params=None)


def _known(model):
    return migrations.AddConstraint(
        model_name=model,
        constraint=models.CheckConstraint(
            condition=models.Q(("cycle__in", ["30 hari", "tanggal tetap"])), name=f"{model}_cycle_is_known"
        ),
    )


class Migration(migrations.Migration):

    dependencies = [("boarding", "0030_work_by_state")]

    operations = [
        OnTables(nothing, put_back),
        migrations.AddField(
            model_name="booking",
            name="cycle",
            field=models.CharField(
                choices=CYCLES, default="30 hari", max_length=20, verbose_name="siklus tagihan"
            ),
        ),
        migrations.AddField(
            model_name="stay",
            name="cycle",
            field=models.CharField(
                choices=CYCLES, default="30 hari", editable=False, max_length=20, verbose_name="siklus tagihan"
            ),
        ),
        migrations.AddField(
            model_name="stay",
            name="switch_offered",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="stay",
            name="switch_period",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        _known("booking"),
        _known("house"),
        _known("stay"),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("switch_period__isnull", True),
                    models.Q(("switch_offered", False), ("switch_period__gt", 0)),
                    _connector="OR",
                ),
                name="stay_switches_once_after_its_first_period",
            ),
        ),
        OnTables(put_back, nothing),
    ]
