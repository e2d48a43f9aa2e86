"""What is said of an asset is put right; a new estimate of its life counts from now on (rules/ledger 5 and 12)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.core.assets.models import Asset, Depreciation, first_of_next
from tatausaha.core.assets.schedule import distance, later
from tatausaha.core.assets.services import depreciation
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import months, store
from tatausaha.core.people.models import Person


def describe(asset: Asset, *, name: str, details: str) -> None:
    """Another name or serial number; figures stay."""
    asset.headline, asset.details = name[:160], details[:200]
    asset.save(update_fields=["headline", "details"])


def reestimate(asset: Asset, *, life_years: int, residual: int, by: Person, at: datetime) -> None:
    """Spread what is left over another life, from the first month on that is not booked.

    Months that are booked stay as they are, so nothing in a past month changes; months that
    were missed are caught up by the old estimate first. Raises `Refused` for land, for a life
    that is over already, and for a residual above the book value.
    """
    if not asset.life_months:
        raise Refused(_("Tanah tidak disusutkan."), field="life_years")
    here = months.of(clock.day(at, asset.unit.zone))
    store.lock_units([asset.unit_id])
    depreciation.book(asset.unit, depreciation.owing([asset], months.before(here)), by=by, at=at)
    done = depreciation.written_off(asset)
    if residual > asset.cost - done:
        raise Refused(_("Nilai sisa tidak boleh di atas nilai buku."), field="residual")
    last = Depreciation.objects.filter(asset=asset).order_by("-ym").values_list("ym", flat=True).first()
    first = max(later(last, 1) if last else 0, months.of(asset.depreciates_from), here)
    gone = distance(months.of(first_of_next(asset.bought_on)), months.before(first))
    rest = 12 * life_years - max(gone, 0)
    if rest <= 0:
        raise Refused(
            _("Umur itu sudah lewat. Lepas asetnya, atau tulis umur yang lebih panjang."), field="life_years"
        )
    asset.life_months, asset.residual, asset.plan_done = 12 * life_years, residual, done
    asset.depreciates_from = months.first_day(first)
    asset.plan_months = rest if asset.cost - residual - done else 0
    asset.save(update_fields=["life_months", "residual", "plan_done", "depreciates_from", "plan_months"])
