"""Taxes: rules of the law, what the owner says, deposits; what was written stays written (triggers)."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import OnTables

# -- triggers -----------------------------------------------------------------------------

OVERLAP = (
    "SELECT 1 FROM reports_taxrule r WHERE r.id IS DISTINCT FROM NEW.id AND r.tax = NEW.tax AND r.legal_form = NEW.legal_form"
    " AND r.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(r.ends_on, '9999-12-31') >= NEW.starts_on"
)
RULE = ("tax", "legal_form", "starts_on", "rate", "exempt", "cap", "years", "base", "source")
DEPOSIT = ("id", "ym", "amount", "paid_on", "ntpn", "unit_id", "account_id", "by_id", "at")


def same(columns):
    """SQL that says whether these columns stay as they are."""
    return " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in columns)


def sqlite(text):
    """The same comparisons in SQLite's words."""
    return text.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")


def rules():
    """Table, name, when, what is forbidden, message."""
    return [
        ("reports_taxrule", "tax_rule_overlap_new", "INSERT", f"EXISTS ({OVERLAP})", "tax:overlap"),
        ("reports_taxrule", "tax_rule_overlap_old", "UPDATE", f"EXISTS ({OVERLAP})", "tax:overlap"),
        ("reports_taxrule", "tax_rule_kept", "UPDATE", f"OLD.ends_on IS NOT NULL OR NOT ({same(('id', *RULE))})", "tax:kept"),
        ("reports_taxrule", "tax_rule_never_deleted", "DELETE", "1 = 1", "tax:kept"),
        (
            "reports_taxdeposit", "tax_deposit_kept", "UPDATE",
            f"OLD.cancelled_at IS NOT NULL OR NEW.cancelled_at IS NULL OR NOT ({same(DEPOSIT)})", "tax:kept",
        ),
        ("reports_taxdeposit", "tax_deposit_never_deleted", "DELETE", "1 = 1", "tax:kept"),
    ]


def put_up(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, name, when, forbidden, said in rules():
        if postgres:
            body = forbidden.replace("'9999-12-31'", "date '9999-12-31'")
            given = "OLD" if when == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {body} THEN "
                f"RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; RETURN {given}; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()", params=None
            )
            continue
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{said}') WHERE {sqlite(forbidden)}; END",
            params=None,
        )


def take_down(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, name, *_rest in rules():
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}" if postgres else f"DROP TRIGGER {name}")
        if postgres:
            schema_editor.execute(f"DROP FUNCTION {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_a_general_name'),
        ('people', '0008_sealed_tax_numbers'),
        ('reports', '0004_files_of_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='TaxOutside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
            ],
            options={
                'verbose_name': 'akun di luar dasar pajak',
            },
        ),
        migrations.CreateModel(
            name='TaxRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tax', models.CharField(choices=[('final', 'PPh final'), ('vat', 'PPN')], max_length=10, verbose_name='pajak')),
                ('legal_form', models.CharField(blank=True, choices=[('individual', 'Perorangan'), ('cv', 'CV'), ('firm', 'Firma'), ('cooperative', 'Koperasi'), ('pt_individual', 'PT perorangan'), ('pt', 'PT')], max_length=15, verbose_name='bentuk hukum')),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('rate', models.PositiveIntegerField(verbose_name='tarif')),
                ('exempt', models.BigIntegerField(default=0, verbose_name='bagian bebas pajak setahun')),
                ('cap', models.BigIntegerField(default=0, verbose_name='batas omzet setahun')),
                ('years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='paling lama (tahun pajak)')),
                ('base', models.CharField(choices=[('gross', 'omzet bruto'), ('gross_11_12', '11/12 dari omzet bruto')], default='gross', max_length=15, verbose_name='dasar')),
                ('source', models.CharField(max_length=200, verbose_name='dasar hukum')),
            ],
            options={
                'verbose_name': 'aturan pajak',
                'constraints': [models.UniqueConstraint(fields=('tax', 'legal_form', 'starts_on'), name='one_tax_rule_a_day', violation_error_message='Mulai tanggal itu sudah ada aturan untuk bentuk hukum ini.'), models.CheckConstraint(condition=models.Q(('tax__in', ['final', 'vat'])), name='tax_is_known'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='tax_rule_days_in_order'), models.CheckConstraint(condition=models.Q(('rate__lte', 10000)), name='tax_rate_within_100_percent'), models.CheckConstraint(condition=models.Q(('cap__gte', 0), ('exempt__gte', 0)), name='tax_amounts_not_negative'), models.CheckConstraint(condition=models.Q(('exempt', 0), ('legal_form', 'individual'), _connector='OR'), name='only_individuals_have_an_exemption')],
            },
        ),
        migrations.CreateModel(
            name='LocalTaxRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_ym', models.PositiveIntegerField(verbose_name='mulai bulan')),
                ('rate', models.PositiveIntegerField(verbose_name='tarif')),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'verbose_name': 'tarif pajak daerah',
                'constraints': [models.UniqueConstraint(fields=('unit', 'from_ym'), name='one_local_tax_rate_a_month'), models.CheckConstraint(condition=models.Q(('rate__lte', 1000)), name='local_tax_rate_within_10_percent')],
            },
        ),
        migrations.CreateModel(
            name='TaxDeposit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ym', models.PositiveIntegerField(verbose_name='bulan')),
                ('amount', models.BigIntegerField(verbose_name='jumlah')),
                ('paid_on', models.DateField(verbose_name='tanggal setor')),
                ('ntpn', models.CharField(max_length=16, verbose_name='NTPN')),
                ('at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='alasan')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'verbose_name': 'setoran pajak',
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('ntpn',), name='one_deposit_a_ntpn', violation_error_message='NTPN ini sudah dicatat.'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='tax_deposit_moves_something'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True), ('reason', '')), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='cancelled_tax_deposit_says_why')],
            },
        ),
        migrations.CreateModel(
            name='TaxProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_year', models.PositiveSmallIntegerField(unique=True, verbose_name='berlaku mulai tahun')),
                ('legal_form', models.CharField(choices=[('individual', 'Perorangan'), ('cv', 'CV'), ('firm', 'Firma'), ('cooperative', 'Koperasi'), ('pt_individual', 'PT perorangan'), ('pt', 'PT')], max_length=15, verbose_name='bentuk hukum')),
                ('scheme', models.CharField(choices=[('final', 'PPh final UMKM'), ('general', 'tarif umum, tidak dihitung di sini')], default='final', max_length=10, verbose_name='pajak penghasilan')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='tahun pertama memakai PPh final')),
                ('method', models.CharField(choices=[('accrual', 'menurut hak (saat jatuh tempo)'), ('cash', 'menurut kas (saat uang masuk)')], default='accrual', max_length=10, verbose_name='omzet dihitung')),
                ('tracked_from', models.PositiveIntegerField(verbose_name='setoran dicatat di sini mulai bulan')),
                ('is_vat', models.BooleanField(default=False, verbose_name='Pengusaha Kena Pajak (memungut PPN)')),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'profil pajak',
                'constraints': [models.CheckConstraint(condition=models.Q(('first_year__gte', 2000), ('from_year__gte', 2000), ('from_year__lte', 2100), ('first_year__lte', 2100)), name='tax_years_are_years'), models.CheckConstraint(condition=models.Q(('tracked_from__gte', 200001), ('tracked_from__lte', 210012)), name='tax_tracked_from_is_a_month')],
            },
        ),
        OnTables(put_up, take_down),
    ]
