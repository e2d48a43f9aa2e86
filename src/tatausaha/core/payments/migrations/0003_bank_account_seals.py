from django.db import migrations

from tatausaha.core.kernel.sealed import append_only


class Migration(migrations.Migration):
    """A bank account's number is never changed, only its closing is written; its history not at all."""

    dependencies = [('payments', '0002_bank_accounts')]

    operations = [
        append_only("payments_bankaccount", allowed=("closed_on",)),
        append_only("payments_bankaccountchange"),
    ]
