"""The core's chart speaks of customers; a name that somebody gave to the account stays."""

from django.db import migrations

BALANCE, OLD, NEW = 24201, "Saldo penghuni", "Saldo pelanggan"


def _rename(apps, was, now):
    apps.get_model("ledger", "Account").objects.filter(pk=BALANCE, name=was).update(name=now)


def forward(apps, schema_editor):
    _rename(apps, OLD, NEW)


def backward(apps, schema_editor):
    _rename(apps, NEW, OLD)


class Migration(migrations.Migration):

    dependencies = [("ledger", "0002_seals")]

    operations = [migrations.RunPython(forward, backward)]
