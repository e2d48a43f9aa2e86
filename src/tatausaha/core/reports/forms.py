"""What is typed about months and books."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.fields import DateField, ReasonField, RupiahField, WholeField
from tatausaha.core.ledger.models import Account, Window
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.forms import StepForm
from tatausaha.core.reports import queries
from tatausaha.core.reports.models import SummaryChoice
from tatausaha.core.reports.prioryears import How

REASON = forms.Textarea(attrs={"rows": 2})
NO_MONTH = _("Bulan itu tidak terbaca. Tulis misalnya Maret 2026 atau 2026-03.")
LARGEST_COUNT = 100


class AskPassForm(forms.Form):
    """Which month of which unit is to be opened, and why."""

    unit = forms.SlugField(label=_("Kode unit usaha"), max_length=40)
    month = forms.RegexField(
        r"^20\d\d-(0[1-9]|1[0-2])$",
        label=_("Bulan"),
        help_text=_("Tahun dan bulan, misalnya 2026-03."),
        error_messages={"invalid": _("Tulis tahun dan bulan, misalnya 2026-03.")},
    )
    reason = ReasonField(
        label=_("Alasan"), min_length=10, max_length=500, widget=REASON,
        help_text=_("Apa yang tertinggal, dan dari mana ketahuan. Pemilik membaca ini sebelum menjawab."),
    )  # fmt: skip


class GivePassForm(StepForm):
    """How long and for how much."""

    hours = forms.TypedChoiceField(
        label=_("Berlaku"), coerce=int, initial=24,
        choices=[(4, _("4 jam")), (24, _("24 jam")), (72, _("72 jam"))],
    )  # fmt: skip
    max_journals = WholeField(
        label=_("Paling banyak berapa jurnal"), min_value=1, max_value=LARGEST_COUNT, initial=5
    )


class DeclineForm(forms.Form):
    """Why not."""

    note = forms.CharField(label=_("Alasan menolak"), max_length=200, widget=REASON)


class ReasonForm(forms.Form):
    """Why a past month is changed."""

    reason = ReasonField(label=_("Alasan"), min_length=3, max_length=500, widget=REASON)


class MoveForm(ReasonForm):
    """To which day a journal is booked."""

    book_on = DateField(label=_("Tanggal buku yang baru"))
    field_order = ("book_on", "reason")


class CorrectionForm(forms.Form):
    """A correcting entry of two lines."""

    on = DateField(label=_("Tanggal"))
    amount = RupiahField(label=_("Jumlah"))
    debit = forms.ChoiceField(label=_("Debit (bertambah: aset, beban)"))
    debit_party = forms.ChoiceField(label=_("Atas nama (debit)"), required=False)
    credit = forms.ChoiceField(label=_("Kredit (bertambah: pendapatan, utang)"))
    credit_party = forms.ChoiceField(label=_("Atas nama (kredit)"), required=False)
    memo = forms.CharField(label=_("Keterangan"), max_length=200)
    reason = ReasonField(label=_("Alasan koreksi"), min_length=3, max_length=500, widget=REASON)

    def __init__(
        self,
        *args: Any,
        chart: Mapping[int, Account],
        people: Sequence[Person],
        past_year: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if past_year:
            said = {"year": past_year}
            self.fields["how"] = forms.ChoiceField(
                label=_("Tahun itu sudah lewat. Dibukukan di mana?"), widget=forms.RadioSelect,
                choices=[
                    (How.RESTATE, _("Nyatakan ulang: angka tahun %(year)s berubah") % said),
                    (How.CURRENT, _("Tahun berjalan, baris tahun lalu: angka tahun %(year)s tetap") % said),
                ],
            )  # fmt: skip
        self._chart, self._people = chart, {str(one.pk): one for one in people}
        open_ones = sorted(
            (
                one
                for one in chart.values()
                if one.is_detail and one.closed_on is None and one.pk not in queries.CASES_ONLY
            ),
            key=lambda one: one.code,
        )
        accounts: list[tuple[str, Any]] = [("", _("Pilih akun"))]
        accounts += [(str(one.pk), str(one)) for one in open_ones]
        names: list[tuple[str, Any]] = [("", _("Tidak perlu"))]
        names += [(str(one.pk), one.name) for one in people]
        needed = _(
            "Diisi untuk akun yang perlu nama orang, misalnya kas di tangan. Piutang, uang muka, deposit, saldo"
            " dan titipan tidak dikoreksi di sini, tetapi lewat tagihan dan pembayarannya."
        )
        for side in ("debit", "credit"):
            self.fields[side].choices = accounts  # type: ignore[attr-defined]
            self.fields[f"{side}_party"].choices = names  # type: ignore[attr-defined]
            self.fields[f"{side}_party"].help_text = needed

    def clean_amount(self) -> int:
        """More than nothing; the two accounts say the direction."""
        amount: int = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(_("Tulis jumlah di atas nol."))
        return amount

    def values(self) -> dict[str, Any]:
        """The entry as the service takes it: accounts and persons instead of their numbers."""
        given = dict(self.cleaned_data)
        for side in ("debit", "credit"):
            given[side] = self._chart[int(given[side])]
            given[f"{side}_party"] = self._people.get(given[f"{side}_party"])
        return given


class ChatForm(forms.Form):
    """To whom the summary goes by WhatsApp; cleans to an owner, or to nothing: chosen in WhatsApp."""

    untuk = forms.ChoiceField(label=_("Untuk"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        choices = [("", _("Pilih di WhatsApp")), *((pk, one.name) for pk, one in self.people.items())]
        self.fields["untuk"].choices = choices  # type: ignore[attr-defined]

    def clean_untuk(self) -> Person | None:
        """The owner."""
        return self.people.get(self.cleaned_data["untuk"])


class SummaryForm(forms.Form):
    """How often the summary comes, and at which hour."""

    rhythm = forms.ChoiceField(
        label=_("Dikirim"), choices=SummaryChoice.Rhythm.choices, widget=forms.RadioSelect
    )
    hour = forms.TypedChoiceField(
        label=_("Pukul"), coerce=int, choices=[(hour, f"{hour:02d}.00") for hour in range(24)],
        help_text=_("Jam di kota perusahaan."),
    )  # fmt: skip
    weekday = forms.TypedChoiceField(
        label=_("Hari"), coerce=int,
        choices=[
            (0, _("Senin")), (1, _("Selasa")), (2, _("Rabu")), (3, _("Kamis")), (4, _("Jumat")), (5, _("Sabtu")),
            (6, _("Minggu")),
        ],
        help_text=_("Hanya untuk ringkasan mingguan."),
    )  # fmt: skip


class LineFileForm(forms.Form):
    """Which lines of the journals: of which unit, from when until when."""

    unit = forms.ChoiceField(label=_("Unit usaha"), required=False)
    first_on = DateField(label=_("Dari tanggal"))
    last_on = DateField(label=_("Sampai tanggal"))

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {one.code: one for one in units}
        every: list[tuple[str, Any]] = [("", _("Semua unit usaha"))] if len(units) > 1 else []
        choices = every + [(one.code, one.name) for one in units]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What is asked for, as the service takes it."""
        return self.cleaned_data | {"unit": self._units.get(self.cleaned_data["unit"])}


class WindowForm(forms.Form):
    """How far back managers may write: the company's word, and that of units that differ."""

    company = forms.ChoiceField(
        label=_("Pengelola boleh menulis"), choices=Window.Reach.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: Sequence[Unit], said: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = units
        self.fields["company"].initial = said.get(Window.COMPANY, Window.Reach.MONTH)
        for unit in units:
            self.fields[f"unit_{unit.pk}"] = forms.ChoiceField(
                label=unit.name, required=False, initial=said.get(unit.pk, ""),
                choices=[("", _("ikut perusahaan")), *Window.Reach.choices],
            )  # fmt: skip

    def values(self) -> list[tuple[Unit | None, str]]:
        """The company's word, then each unit's; empty follows the company."""
        data = self.cleaned_data
        return [(None, data["company"]), *((unit, data[f"unit_{unit.pk}"]) for unit in self._units)]
