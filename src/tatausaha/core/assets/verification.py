"""Whether the register and the books say the same of every unit (rules/ledger 12)."""

from collections.abc import Iterator

from django.db.models import F

from tatausaha.core.assets import queries
from tatausaha.core.assets.models import Asset, Depreciation, Exit
from tatausaha.core.kernel.verifications import Finding
from tatausaha.core.people.models import Unit


def verify() -> Iterator[Finding]:
    """Cost and accumulated depreciation per unit against the ledger; and every exit with its asset."""
    for unit in Unit.objects.filter(pk__in=Asset.objects.values("unit")).order_by("pk"):
        for account, register, books in queries.drift(unit):
            yield Finding(
                "assets", f"account {account}: the register says {register}, the books {books}", unit.code
            )
    for number in Asset.objects.filter(journal=None).values_list("number", flat=True):
        yield Finding("assets", "an asset without the journal that brought it", number)
    left = Exit.objects.filter(undone=None)
    for number in Asset.objects.filter(status__in=Asset.HELD, pk__in=left.values("asset")).values_list(
        "number", flat=True
    ):
        yield Finding("assets", "it has left and is still held", number)
    gone = Asset.objects.exclude(status__in=Asset.HELD).exclude(pk__in=left.values("asset"))
    for number in gone.values_list("number", flat=True):
        yield Finding("assets", "it is gone and nothing says how", number)
    strange = Depreciation.objects.exclude(unit=F("asset__unit"))
    for number in strange.values_list("asset__number", flat=True).distinct():
        yield Finding("assets", "depreciation of another unit", number)
