"""What is typed about money: proofs, confirmations, refunds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.fields import DateField, PaperField, RupiahField
from tatausaha.core.payments.models import Payment
from tatausaha.core.procedures.forms import StepForm


class ProofForm(forms.Form):
    """The payer says that the transfer was made."""

    proof = PaperField(label=_("Bukti transfer"), required=False)
    occurred_on = DateField(label=_("Tanggal transfer"), required=False)
    sender = forms.CharField(
        label=_("Rekening pengirim"), max_length=120, required=False,
        help_text=_("Bank, nomor, dan nama pemilik rekening: ke sana uang dikembalikan bila perlu."),
    )  # fmt: skip
    reference = forms.CharField(label=_("Nomor referensi"), max_length=80, required=False)


class ArrivalForm(StepForm):
    """A person has seen the money: what was expected stands there already."""

    amount = RupiahField(
        label=_("Jumlah yang diterima"), required=False,
        help_text=_("Kosongkan bila persis sejumlah yang ditunggu."),
    )  # fmt: skip
    occurred_on = DateField(
        label=_("Tanggal masuk"),
        required=False,
        help_text=_("Kosongkan bila hari ini atau seperti pada bukti."),
    )
    reference = forms.CharField(label=_("Nomor referensi"), max_length=80, required=False)
    sure = forms.BooleanField(label=_("Ya, ini sudah saya periksa"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Payment):
            self.fields["amount"].initial = self.subject.expected_amount or self.subject.amount
            self.fields["occurred_on"].initial = self.subject.occurred_on
            self.fields["reference"].initial = self.subject.reference


class ReasonForm(forms.Form):
    """Why."""

    note = forms.CharField(label=_("Alasan"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class SpentForm(forms.Form):
    """An approved expense was paid."""

    occurred_on = DateField(label=_("Tanggal nota"), required=False, help_text=_("Kosongkan bila hari ini."))
    photo = PaperField(label=_("Foto nota"), required=False)
