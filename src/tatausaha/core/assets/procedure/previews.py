"""What a step will do to an asset's figures, before it is taken (components.md 3)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.core.assets import ways
from tatausaha.core.assets.models import Asset
from tatausaha.core.assets.services import depreciation, leaving
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.spec import Preview


def _value(asset: Asset, at: datetime) -> tuple[Sum, ...]:
    value = leaving.value_on(asset, clock.day(at, asset.unit.zone))
    return (
        Sum(_("Harga perolehan"), value.cost),
        Sum(_("Sudah disusutkan sampai bulan lalu"), -value.accumulated),
        Sum(_("Nilai buku bila dilepas hari ini"), value.left, total=True),
    )


def disposing(asset: Asset, _by: Actor, at: datetime) -> Preview:
    """What the asset is worth today: sold for more it is a gain, for less a loss."""
    left = leaving.value_on(asset, clock.day(at, asset.unit.zone)).left
    said = _("Dijual di atas %(left)s menjadi laba, di bawahnya rugi. Hilang atau dibuang: ruginya %(left)s.")
    return Preview(_value(asset, at), (said % {"left": rupiah(left)},))


def restoring(asset: Asset, _by: Actor, _at: datetime) -> Preview:
    """The money that came goes back; the asset counts again."""
    left = leaving.last_exit(asset)
    if left is None:
        return Preview()
    sums = [Sum(_("Kembali ke daftar aset"), left.cost - left.accumulated, total=True)]
    if left.proceeds:
        sums.insert(0, Sum(_("Keluar dari %(place)s") % {"place": ways.label_of(left.into)}, left.proceeds))
    return Preview(tuple(sums))


def reestimating(asset: Asset, _by: Actor, _at: datetime) -> Preview:
    """What is left to be spread; what was booked stays."""
    done = depreciation.written_off(asset)
    sums = (
        Sum(_("Harga perolehan"), asset.cost),
        Sum(_("Sudah disusutkan"), -done),
        Sum(_("Nilai buku yang disebar lagi"), asset.cost - done, total=True),
    )
    return Preview(sums, (_("Bulan yang sudah dibukukan tidak berubah."),))


def striking(asset: Asset, _by: Actor, _at: datetime) -> Preview:
    """Cost and depreciation are taken back."""
    booked = depreciation.written_off(asset) - asset.accumulated_before
    return Preview(
        (
            Sum(_("Harga perolehan yang dibalik"), asset.cost),
            Sum(_("Penyusutan yang dikembalikan"), booked),
        )
    )
