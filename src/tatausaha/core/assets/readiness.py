"""What is unfinished about assets in a month that somebody is about to close (rules/ledger 7)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.assets.queries import held_by
from tatausaha.core.assets.services.depreciation import owing
from tatausaha.core.kernel import words
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import months
from tatausaha.core.ledger.sealing import Open
from tatausaha.core.people.models import Unit


def unfinished(unit: Unit, ym: int) -> list[Open]:
    """Depreciation of the month, or of one before it, that is not in the books."""
    left = [one for one in owing(held_by(unit), ym) if one.amount]
    if not left:
        return []
    said = {
        "since": words.month(months.first_day(left[0].ym)),
        "count": len({one.asset.pk for one in left}),
        "amount": rupiah(sum(one.amount for one in left)),
    }
    sentence = _("Penyusutan belum dijalankan sejak %(since)s: %(count)d aset, %(amount)s.")
    return [Open(sentence % said, f"{reverse('depreciation')}?unit={unit.code}")]
