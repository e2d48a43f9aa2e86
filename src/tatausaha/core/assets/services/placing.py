"""Where an asset stands and who answers for it: the row says it now, the moves say what was."""

from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.core.assets import places
from tatausaha.core.assets.models import Asset, AssetMove
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person


def put(
    asset: Asset, *, place: str, location: str, custodian: Person | None, by: Person, at: datetime, note: str = ""
) -> AssetMove:  # fmt: skip
    """Write down where an asset stands from now on. `place` is `kind:id` of a place of its unit, or empty.

    Raises `Refused` without any place, for a place of another unit, for a custodian who does
    not work in the unit, and when nothing would change.
    """
    found = places.place_of(asset.unit, place) if place else None
    if place and found is None:
        raise Refused(_("Tempat itu tidak ada di unit ini."), field="place")
    said = " ".join(location.split())[:120]
    if found is None and not said:
        raise Refused(_("Pilih tempatnya, atau tulis di mana barangnya berada."), field="place")
    if custodian is not None and not roles.level(custodian, asset.unit):
        raise Refused(_("%(name)s tidak bekerja di unit ini.") % {"name": custodian.name}, field="custodian")
    new = (
        found.kind if found else "",
        found.pk if found else None,
        said,
        custodian.pk if custodian else None,
    )
    if new == (asset.place_kind, asset.place_id, asset.location, asset.custodian_id):
        raise Refused(_("Asetnya sudah tercatat di sana."), field="place")
    asset.place_kind, asset.place_id, asset.location, asset.custodian_id = new
    asset.save(update_fields=["place_kind", "place_id", "location", "custodian"])
    return AssetMove.objects.create(
        asset=asset, unit=asset.unit, at=at, by=by, place_kind=asset.place_kind, place_id=asset.place_id,
        place_name=found.name[:120] if found else "", location=said, custodian=custodian, note=note[:200],
    )  # fmt: skip
