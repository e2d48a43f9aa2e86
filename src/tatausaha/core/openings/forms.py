"""What is asked on the way from paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.imports.kinds import ImportForm
from tatausaha.core.kernel.fields import DateField, ReasonField
from tatausaha.core.ledger import chart


class OpeningForm(ImportForm):
    """A file from paper; the day of moving in for units that have none yet."""

    per = DateField(
        label=_("Tanggal pindah"), required=False,
        help_text=_("Hanya untuk unit yang tanggal pindahnya belum ditetapkan; kosongkan bila sudah."),
    )  # fmt: skip


class SummaryForm(OpeningForm):
    """Figures of months that have passed: the books ask why."""

    reason = ReasonField(
        label=_("Alasan"), min_length=3, max_length=200, initial=_("Pindah dari buku kertas"),
        help_text=_("Bulan yang sudah lewat hanya ditulis pemilik, dengan alasan yang tercatat di setiap jurnal."),
    )  # fmt: skip


class CutOverForm(forms.Form):
    """From which day, for which units."""

    on = DateField(
        label=_("Tanggal pindah"),
        help_text=_(
            "Mulai hari ini semua uang dicatat di Tatausaha. Saldo awal adalah saldo pada pagi hari itu."
        ),
    )
    units = forms.MultipleChoiceField(label=_("Untuk"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = units


class RestForm(forms.Form):
    """Where the rest of the opening equity belongs."""

    account = forms.ChoiceField(
        label=_("Pindahkan ke"),
        choices=[
            (chart.CAPITAL, _("Modal pemilik")),
            (chart.DRAWINGS, _("Prive (sudah diambil pemilik)")),
            (chart.RETAINED_EARNINGS, _("Laba ditahan")),
        ],
    )
