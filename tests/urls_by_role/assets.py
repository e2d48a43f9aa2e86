"""Assets: the register, the report, labels, depreciation, what stands in a room."""

from datetime import date

from tatausaha.core.assets import services
from tests.urls_by_role.cast import Cast


def asset(cast: Cast) -> str:
    """An asset that the unit owned before its books began."""
    made = services.record_opening(
        unit=cast.unit, name="Lemari", asset_class="light", cost=960_000, bought_on=date(2026, 1, 5), by=cast.owner,
        at=cast.at,
    )  # fmt: skip
    return made.number


THINGS = {"asset": asset}

_KEEPERS = "login 404 404 404 200 200 200"

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "aset/": [f"GET /aset/ {_KEEPERS}", f"GET /aset/?berkas=csv {_KEEPERS}"],
    "aset/baru/": [
        "GET /aset/baru/ login 404 404 404 404 404 200",
        "POST /aset/baru/ login 404 404 404 404 404 422",
    ],
    "aset/laporan/": [f"GET /aset/laporan/ {_KEEPERS}", f"GET /aset/laporan/?berkas=pdf {_KEEPERS}"],
    "aset/label.pdf": ["GET /aset/label.pdf?nomor={asset} login 404 404 404 200 404 200"],
    "aset/penyusutan/": [
        f"GET /aset/penyusutan/ {_KEEPERS}",
        "POST /aset/penyusutan/ login 404 404 404 404 404 404",
    ],
    "aset/tempat/<slug:kind>/<int:pk>/": ["GET /aset/tempat/entah/1/ login 404 404 404 404 404 404"],
}
