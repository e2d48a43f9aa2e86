"""Listings of houses from files: what a row does, and the kind of import that they are (KOS-01)."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import listing_row
from tatausaha.business.boarding.listing_row import Listing
from tatausaha.business.boarding.models import ListingSource
from tatausaha.business.boarding.services import places
from tatausaha.business.boarding.services.listed_houses import Writer
from tatausaha.core.imports.kinds import Column, Job, Kind, Outcome
from tatausaha.core.kernel import clock, parts
from tatausaha.core.people.models import Zone


class ListingDesk:
    """Reads and writes the listings of one run."""

    def __init__(self, job: Job) -> None:
        self._job, self._on = job, clock.day(job.at, Zone.WIB)
        self._writer = Writer(by=job.by, at=job.at)

    def read(self, cells: Mapping[str, str]) -> Listing:
        """Understand a row. Raises `Refused`."""
        return listing_row.read(cells, on=self._on)

    def foresee(self, items: Sequence[Listing]) -> list[Outcome]:
        """New, changed or the same, by what the house came from."""
        known = dict(
            ListingSource.objects.filter(key__in=[one.key for one in items]).values_list("key", "digest")
        )
        return [self._outcome(one, known.get(one.key)) for one in items]

    def _outcome(self, listing: Listing, digest: str | None) -> Outcome:
        if digest is None:
            return Outcome.CREATED
        return Outcome.UNCHANGED if digest == listing.digest else Outcome.UPDATED

    def write(self, item: Listing, number: int) -> Outcome:
        """Bring one house in. Raises `Refused`."""
        return Outcome(self._writer.write(item, self._job.run, number))


LISTINGS = Kind(
    code="kos",
    title=_("Impor daftar kos"),
    lead=_(
        "Satu rumah setiap baris, seperti di situs pencarian kos: harga, fasilitas, letak dan kamar kosong."
    ),
    columns=(
        Column("nama_kos", _("nama rumah kos"), "Kos Melati Tipe A", required=True),
        Column("kota", _("kota atau kabupaten"), "Badung"),
        Column("kecamatan", _("kecamatan"), "Kuta Selatan"),
        Column("lintang", _("lintang dalam derajat"), "-8.7985"),
        Column("bujur", _("bujur dalam derajat"), "115.1712"),
        Column("khusus", _("Putra, Putri atau Campur"), "Putri"),
        Column("sewa_bulanan", _("sewa per 30 hari dalam rupiah"), "1500000", required=True),
        Column("ukuran_kamar_m", _("panjang x lebar dalam meter"), "3x4"),
        Column("kamar_kosong", _("berapa kamar yang kosong"), "3"),
        Column("tahun_bangunan", _("tahun dibangun"), "2015"),
        Column("uang_muka_persen", _("uang muka dalam persen; kosong berarti 10"), "10"),
        Column("fasilitas_kamar", _("dipisah titik koma"), "AC; Kasur"),
        Column("fasilitas_kamar_mandi", _("dipisah titik koma"), "Shower"),
        Column("fasilitas_umum", _("dipisah titik koma"), "WiFi; Dapur"),
        Column("tempat_terdekat", _("nama dan jaraknya, dipisah titik koma"), "Kampus Bukit (1,2 km)"),
    ),
    help="memasukkan daftar rumah kos dari berkas CSV atau XLSX",
    subject="nama_kos",
    created=_("rumah baru"),
    shown=(
        parts.Column(_("Nama"), rank=1),
        parts.Column(_("Daerah")),
        parts.Column(_("Sewa per 30 hari"), parts.Kind.MONEY, rank=2),
        parts.Column(_("Kamar kosong"), parts.Kind.NUMBER),
        parts.Column(_("Uang muka")),
    ),
    open=ListingDesk,
    done=lambda _at: places.locate_all(),
    after=(_("Lihat rumah kos"), "boarding:houses"),
    sheet_name=_("Kos"),
)
