"""Forms of the pages of meters: hanging them, reading a whole house, token."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import figures
from tatausaha.business.boarding.models import ExtraService, House, Meter, Room
from tatausaha.business.boarding.procedure.forms_meters import figure
from tatausaha.business.boarding.queries.meters import Row
from tatausaha.business.boarding.services.meters import Read
from tatausaha.core.kernel import words
from tatausaha.core.kernel.fields import DateField, PaperField, RupiahField


class HangForm(forms.Form):
    """Meters of one kind, a line a room."""

    kind = forms.ChoiceField(label=_("Jenis meter"), choices=Meter.Kind)
    service = forms.ModelChoiceField(
        label=_("Ditagih sebagai"), queryset=ExtraService.objects.none(), required=False,
        empty_label=_("Hanya dicatat"), help_text=_("Layanan per pemakaian; harganya harga terbit layanan itu."),
    )  # fmt: skip
    on = DateField(label=_("Tanggal"))
    rows = forms.CharField(
        label=_("Kamar dan angka meter sekarang"), widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Satu kamar setiap baris: nomor kamar, spasi, angka meter. Contoh: 101 1240,5"),
    )  # fmt: skip

    def __init__(self, *args: Any, house: House, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.house = house
        self.initial.setdefault("on", on)
        self.fields["service"].queryset = house.services.filter(per_use=True, is_active=True).order_by("name")  # type: ignore[attr-defined]

    def clean_rows(self) -> list[tuple[Room, Decimal]]:
        """Rooms with their figures; each line that is not understood is named."""
        rooms = {room.number.lower(): room for room in self.house.rooms.select_related("house__unit")}
        found: list[tuple[Room, Decimal]] = []
        for number, line in enumerate(self.cleaned_data["rows"].splitlines(), 1):
            name, _space, typed = line.strip().rpartition(" ")
            if not line.strip():
                continue
            if self.data.get("kind") == Meter.Kind.TOKEN and line.strip().lower() in rooms:
                name, typed = line.strip(), "0"
            room, value = rooms.get(name.strip().lower()), figures.read(typed)
            if room is None or value is None:
                said = _("Baris %(number)d tidak terbaca: %(line)s. Tulis nomor kamar, spasi, angka meter.")
                self.add_error("rows", said % {"number": number, "line": line.strip()[:40]})
                continue
            found.append((room, value))
        if not found and not self.errors:
            self.add_error("rows", _("Isi paling sedikit satu kamar."))
        return found


class RowForm(forms.Form):
    """One meter of the reading list: the figure, and where it is needed more."""

    value = figure(_("Angka meter"), required=False)
    photo = PaperField(label=_("Foto meter"), required=False)
    old_value = figure(_("Angka terakhir meter lama"), required=False)
    sure = forms.BooleanField(label=_("Sudah dilihat lagi, angkanya benar"), required=False)

    def __init__(self, data: Any, files: Any, *, row: Row) -> None:
        super().__init__(data, files, prefix=f"m{row.meter.pk}")
        self.row = row
        self.saved = self.doubted = False
        last = row.last
        label = _("Kamar %(room)s, %(meter)s (%(measure)s)")
        self.fields["value"].label = label % {
            "room": row.meter.room.number, "meter": str(row.meter).lower(), "measure": row.meter.measure,
        }  # fmt: skip
        if last:
            said = _("terakhir %(value)s pada %(day)s")
            self.fields["value"].help_text = said % {
                "value": figures.shown(last.value),
                "day": words.short_date(last.on),
            }
        self.fields["value"].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        """A photo or an old figure without a figure is a line that was forgotten."""
        data = super().clean() or {}
        more = data.get("photo") or data.get("old_value") is not None
        if more and data.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Isi angka meternya."))
        return data

    @property
    def filled(self) -> bool:
        """Whether there is a figure to be written down."""
        return self.cleaned_data.get("value") is not None

    def read(self) -> Read:
        """What was read."""
        data = self.cleaned_data
        return Read(data["value"], old_value=data["old_value"], photo=data["photo"], sure=data["sure"])


class DayForm(forms.Form):
    """The day of the reading."""

    on = DateField(label=_("Tanggal pembacaan"))


class TokenForm(forms.Form):
    """Token that was bought."""

    on = DateField(label=_("Tanggal"))
    amount = RupiahField(label=_("Harga beli"))
    kwh = forms.DecimalField(
        label=_("kWh"), min_value=Decimal("0.01"), max_digits=9, decimal_places=2, localize=True
    )
    number = forms.CharField(
        label=_("Nomor token"),
        max_length=40,
        required=False,
        help_text=_("Hanya empat angka terakhir yang disimpan."),
    )


def row_forms(rows: Sequence[Row], data: Any = None, files: Any = None) -> list[RowForm]:
    """A form a row."""
    return [RowForm(data, files, row=row) for row in rows]
