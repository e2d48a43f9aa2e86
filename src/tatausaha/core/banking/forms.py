"""What is typed about statements: a file or a paste, and what a line is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.models import Unit


class BringForm(forms.Form):
    """A file, or its text."""

    file = forms.FileField(
        label=_("Berkas mutasi dari bank"), required=False,
        help_text=_("CSV, XLS, XLSX atau MT940, seperti diunduh. Jangan diubah dulu."),
        widget=forms.FileInput({"accept": ".csv,.txt,.xls,.xlsx,.sta,.940,.mt940,text/csv,text/plain"}),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Atau tempel isinya di sini"), required=False, strip=False,
        help_text=_("Salin tabel mutasi dengan judul kolomnya."), widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not data.get("file") and not (data.get("pasted") or "").strip() and not self.errors:
            self.add_error("file", str(_("Pilih berkasnya, atau tempel isinya.")))
        return data

    def content(self) -> tuple[str, bytes]:
        """A name and the bytes of what was given; the file counts before the paste."""
        if (file := self.cleaned_data["file"]) is not None:
            return str(file.name or "mutasi"), bytes(file.read())
        return str(_("Tempelan")), str(self.cleaned_data["pasted"]).encode()


class NumberForm(forms.Form):
    """The number of what the line is."""

    number = forms.CharField(
        label=_("Nomor pembayaran, tagihan, pengeluaran, pengembalian, atau setoran"), max_length=80
    )


class _UnitForm(forms.Form):
    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].code

    def chosen(self) -> Unit:
        """The unit as itself."""
        return self.units[self.cleaned_data["unit"]]


class KeepForm(_UnitForm):
    """In which unit titipan is held."""


class EarnForm(_UnitForm):
    """Whose income it is."""


class SpendForm(_UnitForm):
    """An expense that the bank's line tells of."""

    category = forms.ChoiceField(label=_("Jenis pengeluaran"))
    what = forms.CharField(label=_("Untuk apa"), max_length=120, required=False)

    def __init__(self, *args: Any, accounts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("Pilih jenisnya")), *accounts.items()]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """Why a line is not booked here."""

    note = forms.CharField(
        label=_("Catatan"), max_length=200, help_text=_("Misalnya: dipindah ke rekening pribadi pemilik.")
    )
