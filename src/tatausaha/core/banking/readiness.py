"""Bank lines of a month that nobody has said anything about, when the month is to be closed (rules/ledger 7)."""

from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.banking import queries
from tatausaha.core.banking.models import BankLine
from tatausaha.core.ledger import months
from tatausaha.core.ledger.sealing import Open
from tatausaha.core.people.models import Unit


def unfinished(unit: Unit, ym: int) -> list[Open]:
    """One sentence for each of the unit's accounts with open lines in the month."""
    first, last = months.first_day(ym), months.first_day(months.after(ym)) - timedelta(days=1)
    lines = BankLine.objects.filter(bank_account__unit=unit, on__gte=first, on__lte=last)
    rows = queries.unmatched(lines).values("bank_account", "bank_account__bank", "bank_account__number")
    return [
        Open(
            _("%(lines)d baris mutasi %(bank)s %(number)s belum dicocokkan.")
            % {
                "lines": row["lines"],
                "bank": row["bank_account__bank"],
                "number": row["bank_account__number"],
            },
            f"{reverse('bank_month', args=[row['bank_account']])}?bulan={first:%Y-%m}",
        )
        for row in rows.annotate(lines=Count("pk")).order_by("bank_account")
    ]
