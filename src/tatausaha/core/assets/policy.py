"""The numbers of the SOP of assets; each revision and each unit may have its own (rules/boarding 14)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.core.assets.classes import KEPT
from tatausaha.core.people.models import Unit
from tatausaha.core.procedures import policies, registry
from tatausaha.core.procedures.spec import policy

CODE = "assets.asset"


@dataclass(frozen=True)
class AssetPolicy:
    """What counts as an asset, how long each class lives, and who may let one go."""

    threshold: int = policy(
        100_000, label=_("Dicatat sebagai aset mulai harga"), unit=_("rupiah"), low=0,
        help_text=_("Per buah. Di bawahnya belanja biasa."),
    )  # fmt: skip
    longer_than: int = policy(
        12, label=_("Dicatat sebagai aset bila umurnya lebih dari"), unit=_("bulan"), low=0, high=240
    )
    group_1: int = policy(
        4, label=_("Umur kelompok 1 (perabot kayu, elektronik, motor)"), unit=_("tahun"), low=1, high=50
    )
    group_2: int = policy(
        8, label=_("Umur kelompok 2 (AC, pompa, perabot logam, mobil)"), unit=_("tahun"), low=1, high=50
    )
    group_3: int = policy(
        16, label=_("Umur kelompok 3 (mesin dan instalasi)"), unit=_("tahun"), low=1, high=50
    )
    group_4: int = policy(20, label=_("Umur bangunan"), unit=_("tahun"), low=1, high=50)
    run_day: int = policy(
        28, label=_("Penyusutan sebulan dibukukan mulai tanggal"), low=1, high=28,
        help_text=_("Sistem membukukannya sendiri pada tanggal itu."),
    )  # fmt: skip
    direct_limit: int = policy(
        500_000, label=_("Pengelola boleh melepas aset sebulan dengan nilai buku sampai"), unit=_("rupiah"), low=0,
        help_text=_("Dijumlah sebulan, per orang. Di atas itu pemilik yang melepas."),
    )  # fmt: skip

    def life_months(self, asset_class: str) -> int:
        """The default life of a class in months; 0 for what is never depreciated."""
        group = KEPT[asset_class].group
        return 12 * int(getattr(self, f"group_{group}")) if group else 0


def in_force(unit: Unit | None, *, at: datetime) -> AssetPolicy:
    """The numbers by which an asset that is bought now would run."""
    procedure = registry.by_code(CODE)
    assert procedure is not None, CODE
    numbers = policies.values_in_force(procedure, unit, at=at)
    assert isinstance(numbers, AssetPolicy)
    return numbers
