import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('people', '0004_append_only'),
        ('payments', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BankAccountChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('opened', 'dibuka'), ('closed', 'ditutup')], max_length=10)),
                ('at', models.DateTimeField()),
                ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='payments.bankaccount')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'perubahan rekening bank',
                'constraints': [models.UniqueConstraint(fields=('bank_account', 'what'), name='bank_account_opens_and_closes_once')],
            },
        ),
        migrations.RemoveConstraint(model_name='bankaccount', name='one_bank_account'),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('bank', 'number'), name='one_bank_account', violation_error_message='Rekening ini sudah terdaftar.'),
        ),
        migrations.AddField(
            model_name='suspense',
            name='key',
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='suspense',
            name='occurred_on',
            field=models.DateField(null=True, verbose_name='tanggal masuk'),
        ),
    ]
