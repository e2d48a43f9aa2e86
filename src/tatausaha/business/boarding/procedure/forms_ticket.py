"""The shapes of what is said about something broken; shared by the pages and the API."""

from operator import attrgetter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import House, Ticket
from tatausaha.business.boarding.queries import tickets
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.fields import DateField, PaperField, PictureField, RupiahField
from tatausaha.core.payments import queries as payments
from tatausaha.core.payments.channels import channels
from tatausaha.core.procedures.forms import StepForm

UPKEEP = "61601"
"""The account of upkeep and repairs."""


class TicketForm(StepForm):
    """Where, what kind, what, and up to three photos."""

    place = forms.ChoiceField(label=_("Di mana"))
    kind = forms.ChoiceField(
        label=_("Jenis kerusakan"), choices=[("", _("Pilih jenisnya")), *Ticket.Kind.choices]
    )
    what = forms.CharField(
        label=_("Apa yang rusak"),
        max_length=100,
        help_text=_("Singkat saja, misalnya: keran kamar mandi bocor."),
    )
    detail = forms.CharField(
        label=_("Keterangan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sejak kapan, dan kapan Anda ada di tempat bila kamar perlu dimasuki."),
    )  # fmt: skip
    urgent = forms.BooleanField(
        label=_("Mendesak: air membanjir, korsleting, atau pintu tidak bisa dikunci"), required=False
    )
    photo = PictureField(label=_("Foto"), required=False)
    photo_2 = PictureField(label=_("Foto kedua"), required=False)
    photo_3 = PictureField(label=_("Foto ketiga"), required=False)

    def __init__(self, *args: Any, house: House | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spots = tickets.spots_for(self.by, house)
        self.fields["place"].choices = [(spot.key, spot.label) for spot in spots]  # type: ignore[attr-defined]


class PlanForm(StepForm):
    """Who repairs it, and on which day."""

    repairer = forms.CharField(
        label=_("Yang memperbaiki"), max_length=120, help_text=_("Nama tukang atau bengkel.")
    )
    on = DateField(label=_("Dikerjakan pada"))
    note = forms.CharField(
        label=_("Pesan untuk penghuni"), max_length=300, required=False,
        help_text=_("Misalnya jamnya, atau apa yang perlu dikosongkan."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Ticket) and self.at:
            self.fields["repairer"].initial = self.subject.repairer
            today = clock.day(self.at, self.subject.unit.zone)
            self.fields["on"].initial = self.subject.planned_on or today


class FinishForm(StepForm):
    """What was done, and a photo of it."""

    note = forms.CharField(
        label=_("Apa yang dikerjakan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    photo = PictureField(label=_("Foto hasilnya"))


class ReopenForm(StepForm):
    """What is still not well."""

    note = forms.CharField(
        label=_("Apa yang belum beres"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    photo = PictureField(label=_("Foto"), required=False)


def _ways_to_pay() -> list[tuple[str, Any]]:
    return [(one.code, one.label) for one in channels()]


class CostForm(StepForm):
    """What the repair cost, as an expense with its note. What it cost is the house's affair: the case keeps no copy."""

    secret = ("photo",)

    what = forms.CharField(label=_("Untuk apa"), max_length=200)
    category = forms.ModelChoiceField(
        label=_("Jenis pengeluaran"), queryset=payments.cost_account_rows().none(), empty_label=None
    )
    amount = RupiahField(label=_("Jumlah"), help_text=_("Seluruh nota."))
    occurred_on = DateField(label=_("Tanggal nota"))
    paid_from = forms.ChoiceField(label=_("Dibayar dari"), choices=_ways_to_pay)
    photo = PaperField(label=_("Foto nota"), required=False)
    no_note = forms.CharField(label=_("Tidak ada nota, karena"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = payments.cost_account_rows()  # type: ignore[attr-defined]
        self.fields["category"].label_from_instance = attrgetter("name")  # type: ignore[attr-defined]
        self.initial.setdefault("category", UPKEEP)
        if isinstance(self.subject, Ticket) and self.at:
            self.initial.setdefault("what", self.subject.headline)
            self.initial.setdefault("occurred_on", clock.day(self.at, self.subject.unit.zone))
