"""The life of an asset (AST): bought, in use, disposed of. KOS-14, rules/boarding 14, rules/ledger 12."""

from django.utils.translation import gettext_lazy as _

from tatausaha.core.assets import policy
from tatausaha.core.assets.forms import DescribeForm, DisposeForm, LifeForm, PlaceForm, ReasonForm
from tatausaha.core.assets.models import Asset
from tatausaha.core.assets.procedure import previews
from tatausaha.core.assets.services import depreciation, leaving, placing, revising
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Machine, person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.spec import Act, Procedure, Sop, State, Step, machine, role, says

S = Asset.Status


def _person(act: Act) -> Person:
    person = person_or_none(act.by)
    assert person is not None, "people take this step"
    return person


@says(_("Nilai bukunya, dengan yang sudah dilepas orang itu bulan ini, dalam batas pengelola."))
def within_limit(asset: Asset, act: Act) -> None:
    on = act.data.get("left_on") or clock.day(act.at, asset.unit.zone)
    leaving.check_limit(asset, on, by=_person(act), at=act.at)


@says(_("Aset ini sudah dilepas dan belum dikembalikan."))
def has_left(asset: Asset, _act: Act) -> None:
    if leaving.last_exit(asset) is None:
        raise Refused(_("Aset ini tidak sedang dilepas."))


@says(_("Aset disusutkan; tanah tidak."))
def depreciates(asset: Asset, _act: Act) -> None:
    if not asset.life_months:
        raise Refused(_("Tanah tidak disusutkan."))


@says(_("Pembeliannya sudah dibatalkan."))
def purchase_taken_back(asset: Asset, _act: Act) -> None:
    if depreciation.standing(asset):
        raise Refused(_("Pembeliannya masih berlaku."))


@says(_("Aset ini dicatat sebagai milik lama; pembelian baru dibatalkan lewat pengeluarannya."))
def was_opened(asset: Asset, _act: Act) -> None:
    if asset.source_procedure:
        raise Refused(_("Batalkan pengeluarannya; asetnya ikut dibatalkan."))


@says(_("Tempat dan penanggung jawab dicatat; tempat yang lama tetap terbaca."))
def put(asset: Asset, act: Act) -> None:
    placing.put(
        asset, place=str(act.data.get("place") or ""), location=str(act.data.get("location") or ""),
        custodian=act.data.get("custodian"), note=str(act.data.get("note") or ""), by=_person(act), at=act.at,
    )  # fmt: skip


@says(_("Nama, keterangan, atau foto diganti."))
def describe(asset: Asset, act: Act) -> None:
    revising.describe(asset, name=str(act.data["name"]), details=str(act.data.get("details") or ""))


@says(_("Sisa nilai disebar atas umur yang baru, mulai bulan yang belum dibukukan."))
def reestimate(asset: Asset, act: Act) -> None:
    revising.reestimate(
        asset, life_years=int(act.data["life_years"]), residual=int(act.data.get("residual") or 0),
        by=_person(act), at=act.at,
    )  # fmt: skip


@says(
    _(
        "Penyusutan dibukukan sampai bulan sebelumnya; nilai buku dan uangnya menjadi laba atau rugi pelepasan."
    )
)
def dispose(asset: Asset, act: Act) -> None:
    leaving.dispose(
        asset, kind=str(act.data.get("kind") or ""), left_on=act.data.get("left_on"),
        proceeds=int(act.data.get("proceeds") or 0), into=str(act.data.get("into") or ""),
        reason=str(act.data.get("note") or ""), by=_person(act), at=act.at,
    )  # fmt: skip


@says(_("Jurnal pelepasan dibalik; bulan yang terlewat disusul."))
def restore(asset: Asset, act: Act) -> None:
    leaving.restore(asset, reason=str(act.data.get("note") or ""), by=_person(act), at=act.at)


@says(_("Harga perolehan dan penyusutannya dikembalikan."))
def strike(asset: Asset, act: Act) -> None:
    leaving.strike(asset, reason=str(act.data.get("note") or ""), by=act.by, at=act.at)


MANAGER, OWNER = role(_("Pengelola"), "manager"), role(_("Pemilik"), "owner")
PURCHASE = machine(_("Pembatalan pengeluarannya"), Machine.CASE)

ASSET = Procedure(
    code=policy.CODE,
    prefix="AST",
    title=_("Aset"),
    model=Asset,
    initial=S.BOUGHT,
    states=(
        State(S.BOUGHT, awaits=_("Menunggu pengelola menempatkan asetnya.")),
        State(S.IN_USE, awaits=_("Dipakai. Bila pindah, rusak, hilang, atau dijual, catat di sini.")),
        State(S.DISPOSED), State(S.CANCELLED),
    ),
    steps=(
        Step("place", _("Tempatkan"), S.BOUGHT, S.IN_USE, MANAGER, effects=(put,), form=PlaceForm,
             done=_("Tempatnya dicatat.")),
        Step("move", _("Pindahkan"), S.IN_USE, None, MANAGER, effects=(put,), form=PlaceForm, quiet=True,
             done=_("Tempat yang baru dicatat; yang lama tetap terbaca di riwayat.")),
        Step("describe", _("Perbaiki nama atau foto"), (S.BOUGHT, S.IN_USE), None, MANAGER, effects=(describe,),
             form=DescribeForm, quiet=True, evidence=_("Foto aset")),
        Step("reestimate", _("Ubah umur"), (S.BOUGHT, S.IN_USE), None, OWNER, guards=(depreciates,),
             effects=(reestimate,), form=LifeForm, quiet=True, preview=previews.reestimating,
             done=_("Umur yang baru berlaku mulai bulan yang belum dibukukan.")),
        Step("dispose", _("Lepas aset"), (S.BOUGHT, S.IN_USE), S.DISPOSED, MANAGER, guards=(within_limit,),
             effects=(dispose,), form=DisposeForm, quiet=True, danger=True, preview=previews.disposing,
             evidence=_("Alasan, dan foto bila ada"), done=_("Aset keluar dari daftar; hasilnya dibukukan.")),
        Step("restore", _("Batalkan pelepasan"), S.DISPOSED, S.IN_USE, OWNER, guards=(has_left,), effects=(restore,),
             form=ReasonForm, quiet=True, danger=True, preview=previews.restoring,
             done=_("Aset kembali ke daftar.")),
        Step("strike", _("Batalkan pencatatan"), (S.BOUGHT, S.IN_USE), S.CANCELLED, OWNER, guards=(was_opened,),
             effects=(strike,), form=ReasonForm, quiet=True, danger=True, preview=previews.striking,
             done=_("Jurnalnya dibalik.")),
        Step("cancel", _("Pembelian dibatalkan"), (S.BOUGHT, S.IN_USE), S.CANCELLED, PURCHASE,
             guards=(purchase_taken_back,), effects=(strike,), quiet=True),
    ),
    sop=Sop(
        number="SOP-KEU-07",
        purpose=_(
            "Setiap barang yang dipakai lebih dari setahun tercatat: harganya, tempatnya, siapa yang menjaga, "
            "dan nilainya tiap bulan."
        ),
        responsible=_("Pengelola"),
        documents=_("Nota pembelian, foto aset, daftar aset"),
    ),
    policy=policy.AssetPolicy,
    parties=frozenset(),
)  # fmt: skip
