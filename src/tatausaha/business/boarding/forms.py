"""The shape of what managers and owners type about their houses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Cycle, ExtraService, Facility, Gender, House, Room, RoomType
from tatausaha.core.kernel import fields
from tatausaha.core.kernel.fields import WholeField
from tatausaha.core.people.models import Zone


class FacilitiesField(forms.CharField):
    """Names, one on each line or between commas; cleans to a list."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, help_text=_("Satu fasilitas setiap baris."), **kwargs)

    def clean(self, value: Any) -> Any:
        """Each name once."""
        typed = super().clean(value).replace(",", "\n").splitlines()
        return list(dict.fromkeys(" ".join(name.split()) for name in typed if name.strip()))


def _lines(facilities: Any, scope: str) -> str:
    return "\n".join(sorted(facility.name for facility in facilities if facility.scope == scope))


class NewHouseForm(forms.Form):
    """A house of its own: a new business unit."""

    name = forms.CharField(label=_("Nama rumah kos"), max_length=120)
    address = forms.CharField(label=_("Alamat"), required=False, widget=forms.Textarea)
    zone = forms.ChoiceField(label=_("Zona waktu"), choices=Zone.choices)
    gender = forms.ChoiceField(label=_("Untuk"), choices=Gender.choices, initial=Gender.MIXED)


class HouseForm(forms.Form):
    """What a house says of itself."""

    is_published = forms.BooleanField(label=_("Tampil untuk umum"), required=False)
    gender = forms.ChoiceField(label=_("Untuk"), choices=Gender.choices)
    cycle = forms.ChoiceField(
        label=_("Siklus tagihan"), widget=forms.RadioSelect,
        choices=[
            (
                Cycle.DAYS_30.value,
                _(
                    "Setiap 30 hari: 365 ÷ 30 = 12,17 tagihan setahun. Ada bulan yang berisi dua tagihan, dan tanggal "
                    "jatuh tempo mundur sekitar 5 hari setiap tahun."
                ),
            ),
            (
                Cycle.FIXED_DATE.value,
                _(
                    "Tanggal yang sama setiap bulan: 12 tagihan setahun. Yang masuk tanggal 29, 30 atau 31 jatuh tempo "
                    "pada hari terakhir di bulan yang lebih pendek. Harga kamar menjadi harga per bulan."
                ),
            ),
        ],
        help_text=_(
            "Berlaku untuk pesanan baru. Pesanan dan penghuni yang sudah ada tetap pada siklusnya; penghuni bisa "
            "pindah siklus mulai masa sewa berikutnya bila ia setuju: tawarkan di halaman huniannya."
        ),
    )  # fmt: skip
    description = forms.CharField(
        label=_("Keterangan"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Yang membuat calon penghuni memilih rumah ini, dan tata tertib yang perlu ia ketahui."),
    )
    city = forms.CharField(label=_("Kota atau kabupaten"), max_length=60, required=False)
    district = forms.CharField(label=_("Kecamatan"), max_length=60, required=False)
    latitude = forms.FloatField(
        label=_("Lintang"), required=False, localize=True, help_text=_("Misalnya -8,7983.")
    )
    longitude = forms.FloatField(
        label=_("Bujur"), required=False, localize=True, help_text=_("Misalnya 115,1702.")
    )
    built_year = WholeField(label=_("Tahun bangunan"), required=False, min_value=1900, max_value=2100)
    facilities = FacilitiesField(label=_("Fasilitas bersama"))

    def __init__(self, *args: Any, owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not owner:  # how often the rent falls due is the owner's to decide
            del self.fields["cycle"]

    @staticmethod
    def of(house: House) -> dict[str, Any]:
        """The form's first values."""
        names = (
            "is_published",
            "gender",
            "description",
            "city",
            "district",
            "latitude",
            "longitude",
            "cycle",
            "built_year",
        )
        values = {name: getattr(house, name) for name in names}
        return values | {"facilities": _lines(house.facilities.all(), Facility.Scope.COMMON)}


class RoomTypeForm(forms.Form):
    """Rooms of one kind."""

    name = forms.CharField(label=_("Nama tipe"), max_length=80)
    size = forms.CharField(label=_("Ukuran (m)"), max_length=30, required=False, help_text=_("Misalnya 3x4."))
    area_m2 = forms.DecimalField(
        label=_("Luas (m²)"), required=False, localize=True, min_value=1, max_digits=7, decimal_places=2
    )
    capacity = WholeField(label=_("Penghuni sekamar"), min_value=1, max_value=20, initial=1)
    description = forms.CharField(label=_("Keterangan"), required=False, widget=forms.Textarea)
    room_facilities = FacilitiesField(label=_("Fasilitas di kamar"))
    bathroom_facilities = FacilitiesField(label=_("Fasilitas kamar mandi"))

    @staticmethod
    def of(room_type: RoomType) -> dict[str, Any]:
        """The form's first values."""
        values = {
            name: getattr(room_type, name) for name in ("name", "size", "area_m2", "capacity", "description")
        }
        facilities = list(room_type.facilities.all())
        return values | {
            "room_facilities": _lines(facilities, Facility.Scope.ROOM),
            "bathroom_facilities": _lines(facilities, Facility.Scope.BATHROOM),
        }


class _OfHouse(forms.Form):
    """A form that offers the room types of one house."""

    room_type = forms.ModelChoiceField(
        label=_("Tipe kamar"), queryset=RoomType.objects.none(), empty_label=_("Pilih tipe kamar")
    )

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room_type"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = RoomType.objects.filter(house=house).order_by("name")


class AddRoomsForm(_OfHouse):
    """Many rooms at once."""

    numbers = forms.CharField(
        label=_("Nomor kamar"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Boleh berurutan dan beberapa sekaligus, misalnya 101-110, 201, A1-A4."),
    )
    floor = WholeField(label=_("Lantai"), required=False, min_value=-5, max_value=100)


class RoomForm(_OfHouse):
    """One room; its state follows from bookings and stays."""

    floor = WholeField(label=_("Lantai"), required=False, min_value=-5, max_value=100)
    out_of_service = forms.ChoiceField(
        label=_("Disewakan"),
        required=False,
        choices=[("", _("Ya, disewakan")), *Room.OutOfService.choices],
        widget=forms.RadioSelect,
    )
    out_reason = forms.CharField(label=_("Alasan tidak disewakan"), max_length=200, required=False)

    @staticmethod
    def of(room: Room) -> dict[str, Any]:
        """The form's first values."""
        names = ("room_type", "floor", "out_of_service", "out_reason")
        return {name: getattr(room, name) for name in names}


class PriceForm(forms.Form):
    """A price to be published."""

    amount = fields.RupiahField(label=_("Harga"))
    valid_from = fields.DateField(
        label=_("Berlaku mulai"),
        help_text=_("Harga yang sudah terbit tidak bisa diubah, hanya diganti harga baru dari tanggal lain."),
    )


class ServicePriceForm(PriceForm):
    """A price of a service; it may cost nothing."""

    amount = fields.RupiahField(label=_("Harga"), least=0)


class ServiceForm(forms.Form):
    """A service beside the rent."""

    name = forms.CharField(label=_("Nama layanan"), max_length=60)
    description = forms.CharField(label=_("Keterangan"), max_length=200, required=False)
    per_use = forms.BooleanField(label=_("Dihitung per pemakaian"), required=False)
    measure = forms.CharField(
        label=_("Satuan pemakaian"), max_length=20, required=False, help_text=_("Misalnya kg atau kali.")
    )
    of_room = forms.BooleanField(
        label=_("Melekat pada kamar"), required=False,
        help_text=_("Misalnya AC: berhenti bila penghuni pindah kamar. Yang lain ikut penghuninya."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Ditawarkan"), required=False, initial=True)

    @staticmethod
    def of(service: ExtraService) -> dict[str, Any]:
        """The form's first values."""
        names = ("name", "description", "per_use", "measure", "of_room", "is_active")
        return {name: getattr(service, name) for name in names}


class PhotoForm(forms.Form):
    """A photo of the house, or of one of its types."""

    photo = fields.PhotoField(label=_("Foto"))
    caption = forms.CharField(label=_("Keterangan foto"), max_length=120, required=False)
    room_type = forms.ModelChoiceField(
        label=_("Dari tipe kamar"), queryset=RoomType.objects.none(), required=False, empty_label=_("Rumah")
    )

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room_type"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = RoomType.objects.filter(house=house).order_by("name")
