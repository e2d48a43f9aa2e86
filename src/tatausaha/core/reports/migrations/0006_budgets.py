"""Budgets; only accounts of income and expense that are posted to have one (triggers)."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import OnTables

SAID = "budget:account"
WRONG = (
    "NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = NEW.account_id AND a.is_detail AND a.type IN ('R', 'X'))"
)
EVENTS = ("INSERT", "UPDATE")


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION budget_of_result() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {WRONG} THEN "
            f"RAISE EXCEPTION '{SAID}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER budget_of_result BEFORE INSERT OR UPDATE ON reports_budget "
            "FOR EACH ROW EXECUTE FUNCTION budget_of_result()",
            params=None,
        )
        return
    for event in EVENTS:
        schema_editor.execute(
            f"CREATE TRIGGER budget_of_result_{event.lower()} BEFORE {event} ON reports_budget BEGIN "
            f"SELECT RAISE(ABORT, '{SAID}') WHERE {WRONG}; END",
            params=None,
        )


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER budget_of_result ON reports_budget; DROP FUNCTION budget_of_result", params=None)
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER budget_of_result_{event.lower()}")


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_a_general_name'),
        ('people', '0008_sealed_tax_numbers'),
        ('reports', '0005_taxes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ym', models.PositiveIntegerField(verbose_name='bulan')),
                ('amount', models.BigIntegerField(verbose_name='jumlah')),
                ('set_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'verbose_name': 'anggaran',
                'constraints': [models.UniqueConstraint(fields=('unit', 'ym', 'account'), name='one_budget_a_month'), models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('amount__lte', 1000000000000000)), name='budget_in_range'), models.CheckConstraint(condition=models.Q(('ym__gte', 200001), ('ym__lte', 210012)), name='budget_is_of_a_month')],
            },
        ),
        OnTables(put_up, take_down),
    ]
