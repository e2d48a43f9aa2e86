"""What is typed about assets: where they stand, what they are, how they leave, what was owned before."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tatausaha.core.assets import places, ways
from tatausaha.core.assets.classes import AssetClass
from tatausaha.core.assets.models import Asset, Exit
from tatausaha.core.kernel import words
from tatausaha.core.kernel.fields import PHOTOS, DateField, PaperField, RupiahField, WholeField
from tatausaha.core.ledger.months import first_day
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.people.queries import workers_in
from tatausaha.core.procedures.forms import StepForm

LONGEST_LIFE = 50
"""Years."""


class AssetPhotoField(PaperField):
    """A photo, made anew; no PDF."""

    kinds = PHOTOS
    taken = _("Foto JPG, PNG, atau WebP, paling besar %(most)s.")


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """One of the people who work in a unit."""

    def label_from_instance(self, obj: Any) -> str:
        """The name alone."""
        return str(obj.name)


def _place_choices(unit: Unit) -> list[Any]:
    kinds = places.of_unit(unit)
    return [
        ("", _("Tempat lain, ditulis di bawah")),
        *((str(kind.label), [(one.value, one.name) for one in found]) for kind, found in kinds),
    ]


class PlaceForm(StepForm):
    """Where an asset is put, and who answers for it."""

    place = forms.CharField(label=_("Tempat"), required=False, max_length=80)
    location = forms.CharField(
        label=_("Keterangan tempat"), max_length=120, required=False,
        help_text=_("Misalnya: lorong lantai 2, gudang belakang."),
    )  # fmt: skip
    custodian = PersonField(
        queryset=Person.objects.none(), label=_("Penanggung jawab"), required=False,
        empty_label=_("Belum ditentukan"),
    )  # fmt: skip
    note = forms.CharField(label=_("Keterangan"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not isinstance(self.subject, Asset):
            return
        asset = self.subject
        people: Any = self.fields["custodian"]
        people.queryset = workers_in(asset.unit)
        here = f"{asset.place_kind}:{asset.place_id}" if asset.place_kind else ""
        if len(choices := _place_choices(asset.unit)) > 1:
            self.fields["place"] = forms.ChoiceField(
                label=_("Tempat"), choices=choices, required=False, initial=here
            )
        else:
            self.fields["place"].widget = forms.HiddenInput()
        self.fields["location"].initial = asset.location
        people.initial = asset.custodian_id or (self.by.pk if self.by and not asset.place_kind else None)


class DescribeForm(StepForm):
    """What an asset is called; a better photo."""

    name = forms.CharField(label=_("Nama aset"), max_length=160)
    details = forms.CharField(label=_("Merek, tipe, nomor seri"), max_length=200, required=False)
    photo = AssetPhotoField(label=_("Foto aset"), required=False, camera=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Asset):
            self.fields["name"].initial = self.subject.name
            self.fields["details"].initial = self.subject.details


class LifeForm(StepForm):
    """A new estimate of an asset's life."""

    life_years = WholeField(
        label=_("Umur seluruhnya (tahun)"), min_value=1, max_value=LONGEST_LIFE,
        help_text=_("Dihitung sejak dibeli."),
    )  # fmt: skip
    residual = RupiahField(label=_("Nilai sisa"), least=0, required=False)
    note = forms.CharField(label=_("Alasan"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Asset):
            self.fields["life_years"].initial = self.subject.life_months // 12
            self.fields["residual"].initial = self.subject.residual


def _money_ways() -> list[tuple[str, Any]]:
    return [("", _("Tidak ada uang")), *((one.code, one.label) for one in ways.ways())]


def _endings() -> list[tuple[str, Any]]:
    kinds = [kind for kind in Exit.Kind if kind != Exit.Kind.UNDONE]
    return [("", _("Pilih salah satu")), *((kind.value, capfirst(str(kind.label))) for kind in kinds)]


class DisposeForm(forms.Form):
    """How an asset leaves."""

    kind = forms.ChoiceField(label=_("Apa yang terjadi"), choices=_endings)
    left_on = DateField(label=_("Tanggal"), required=False, help_text=_("Kosongkan bila hari ini."))
    proceeds = RupiahField(label=_("Laku dijual"), least=0, required=False, help_text=_("Hanya bila dijual."))
    into = forms.ChoiceField(label=_("Uangnya masuk ke"), required=False, choices=_money_ways)
    note = forms.CharField(label=_("Alasan"), max_length=200)
    photo = AssetPhotoField(label=_("Foto"), required=False, camera=True)


class ReasonForm(forms.Form):
    """Why."""

    note = forms.CharField(label=_("Alasan"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class OpeningForm(forms.Form):
    """An asset that was owned before the books began."""

    unit = forms.ChoiceField(label=_("Unit usaha"))
    name = forms.CharField(
        label=_("Nama aset"), max_length=160, help_text=_("Misalnya: Lemari pakaian dua pintu.")
    )
    asset_class = forms.ChoiceField(
        label=_("Golongan"), choices=[("", _("Pilih golongannya")), *AssetClass.choices]
    )
    cost = RupiahField(label=_("Harga waktu dibeli"))
    bought_on = DateField(label=_("Tanggal beli"))
    life_years = WholeField(
        label=_("Umur (tahun)"), min_value=1, max_value=LONGEST_LIFE, required=False,
        help_text=_("Kosongkan: menurut golongannya di SOP."),
    )  # fmt: skip
    residual = RupiahField(
        label=_("Nilai sisa"), least=0, required=False, help_text=_("Kosongkan: disusutkan sampai habis.")
    )
    accumulated = RupiahField(
        label=_("Sudah disusutkan"), least=0, required=False,
        help_text=_("Kosongkan: dihitung garis lurus sejak dibeli."),
    )  # fmt: skip
    details = forms.CharField(label=_("Merek, tipe, nomor seri"), max_length=200, required=False)
    location = forms.CharField(
        label=_("Di mana barangnya"), max_length=120, required=False,
        help_text=_("Kosongkan bila akan ditempatkan kemudian."),
    )  # fmt: skip
    photo = AssetPhotoField(label=_("Foto aset"), required=False, camera=True)
    as_of = DateField(
        label=_("Masuk buku per tanggal"), required=False, help_text=_("Kosongkan bila hari ini.")
    )
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, required=False,
        help_text=_("Wajib bila tanggal itu di bulan yang sudah lewat."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        field: Any = self.fields["unit"]
        field.choices = [(unit.code, unit.name) for unit in units]
        if len(units) == 1:
            field.widget = forms.HiddenInput()
            field.initial = units[0].code

    def values(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return {**data, "unit": self.units[data["unit"]], "residual": data["residual"] or 0}


class BringForm(forms.Form):
    """An asset that is brought to a place."""

    asset = forms.ChoiceField(label=_("Aset"))
    note = forms.CharField(label=_("Keterangan"), max_length=200, required=False)

    def __init__(self, *args: Any, assets: Sequence[Asset], where: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assets = {one.number: one for one in assets}
        choices = [
            (number, f"{one.name} · {where[one.pk] or _('belum ditempatkan')} · {number}")
            for number, one in self.assets.items()
        ]
        self.fields["asset"].choices = [("", _("Pilih asetnya")), *choices]  # type: ignore[attr-defined]

    def clean_asset(self) -> Asset:
        """The asset itself."""
        return self.assets[self.cleaned_data["asset"]]


class RunForm(forms.Form):
    """Booking the depreciation that is due."""

    unit = forms.ChoiceField(label=_("Unit usaha"))
    book_month = forms.ChoiceField(label=_("Dibukukan di"), required=False)
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, required=False,
        help_text=_("Wajib bila dibukukan di bulan yang sudah lewat."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[Unit], months: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]
        choices = [(str(ym), words.month(first_day(ym))) for ym in months]
        self.fields["book_month"].choices = [("", _("Bulan berjalan")), *choices]  # type: ignore[attr-defined]
        if not months:
            self.fields["book_month"].widget = forms.HiddenInput()
            self.fields["reason"].widget = forms.HiddenInput()

    def clean_unit(self) -> Unit:
        """The unit itself."""
        return self.units[self.cleaned_data["unit"]]

    def clean_book_month(self) -> int | None:
        """The month as a number; nothing for the running one."""
        typed = self.cleaned_data["book_month"]
        return int(typed) if typed else None
