"""What is typed about money: proofs, confirmations, refunds."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.assets.classes import AssetClass
from tatausaha.core.assets.services.register import MOST_PIECES
from tatausaha.core.kernel.fields import DateField, PaperField, RupiahField, SureField, WholeField
from tatausaha.core.payments.channels import channels
from tatausaha.core.payments.models import BankAccount, Payment
from tatausaha.core.people.models import Unit
from tatausaha.core.procedures.forms import StepForm

AS_ASSET = "aset-"
"""Begins a kind of spending that becomes an asset; the class follows."""


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
    sure = SureField(label=_("Ya, ini sudah saya periksa"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Payment):
            self.fields["amount"].initial = self.subject.asked
            self.fields["occurred_on"].initial = self.subject.occurred_on
            self.fields["reference"].initial = self.subject.reference


class ReasonForm(forms.Form):
    """Why."""

    note = forms.CharField(label=_("Alasan"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class SpentForm(forms.Form):
    """An approved expense was paid."""

    occurred_on = DateField(label=_("Tanggal nota"), required=False, help_text=_("Kosongkan bila hari ini."))
    photo = PaperField(label=_("Foto nota"), required=False)


class CashForm(forms.Form):
    """Cash on the desk."""

    amount = RupiahField(label=_("Jumlah yang diterima"))
    occurred_on = DateField(
        label=_("Tanggal diterima"), required=False, help_text=_("Kosongkan bila hari ini.")
    )
    reference = forms.CharField(label=_("Nomor kuitansi lama"), max_length=80, required=False)
    sure = SureField(label=_("Ya, ini sudah saya periksa"), required=False)


class ExpenseForm(forms.Form):
    """An expense with its note."""

    unit = forms.ChoiceField(label=_("Unit"))
    note = forms.CharField(label=_("Untuk apa"), max_length=200)
    category = forms.ChoiceField(
        label=_("Jenis pengeluaran"),
        help_text=_("Barang yang dipakai lebih dari setahun: pilih di bawah “Menjadi aset”."),
    )
    amount = RupiahField(label=_("Jumlah"), help_text=_("Seluruh nota."))
    occurred_on = DateField(label=_("Tanggal nota"))
    paid_from = forms.ChoiceField(label=_("Dibayar dari"))
    photo = PaperField(label=_("Foto nota"), required=False)
    no_note = forms.CharField(label=_("Tidak ada nota, karena"), max_length=120, required=False)
    pieces = WholeField(
        label=_("Berapa buah"), min_value=1, max_value=MOST_PIECES, required=False,
        help_text=_("Hanya untuk aset; tiap buah dicatat sendiri. Kosongkan bila satu."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[Unit], accounts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]
        assets = [(f"{AS_ASSET}{code}", label) for code, label in AssetClass.choices]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", _("Pilih jenisnya")), (_("Biaya"), list(accounts.items())), (_("Menjadi aset"), assets),
        ]  # fmt: skip
        self.fields["paid_from"].choices = [(one.code, one.label) for one in channels()]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].code

    def values(self) -> dict[str, Any]:
        """What was typed, the unit as itself; a cost, or the class of an asset with its pieces."""
        data = {**self.cleaned_data, "unit": self.units[self.cleaned_data["unit"]]}
        asset_class = data["category"].removeprefix(AS_ASSET) if data["category"].startswith(AS_ASSET) else ""
        return {**data, "asset_class": asset_class, "pieces": data["pieces"] or 1}

    def clean(self) -> dict[str, Any]:
        """Pieces are asked of assets alone."""
        data = super().clean() or {}
        if (data.get("pieces") or 1) > 1 and not str(data.get("category") or AS_ASSET).startswith(AS_ASSET):
            self.add_error(
                "pieces",
                _("Jumlah buah hanya untuk aset. Kosongkan, atau pilih jenis di bawah “Menjadi aset”."),
            )
        return data


class BankAccountForm(forms.Form):
    """An account to which customers transfer."""

    unit = forms.ChoiceField(
        label=_("Untuk"),
        required=False,
        help_text=_("Rekening unit sendiri didahulukan dari rekening perusahaan."),
    )
    bank = forms.CharField(label=_("Bank"), max_length=40, help_text=_("Misalnya: BCA."))
    number = forms.CharField(label=_("Nomor rekening"), max_length=40)
    again = forms.CharField(
        label=_("Nomor rekening sekali lagi"), max_length=40,
        help_text=_("Ketik ulang dari buku tabungan: uang pelanggan pergi ke nomor ini."),
    )  # fmt: skip
    holder = forms.CharField(label=_("Atas nama"), max_length=120)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        choices = [("", _("Seluruh perusahaan")), *((unit.code, unit.name) for unit in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both numbers are the same."""
        data = super().clean() or {}
        if "number" in data and "again" in data and _digits(data["number"]) != _digits(data["again"]):
            self.add_error("again", _("Nomornya berbeda dari yang di atas. Periksa keduanya."))
        return data

    def values(self) -> dict[str, Any]:
        """What was typed, the unit as itself."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "again"}
        return {**data, "unit": self.units.get(data["unit"])}


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isalnum())


class TitipanForm(forms.Form):
    """Money on the bank statement that nobody is known to have sent."""

    account = forms.ChoiceField(label=_("Masuk ke"))
    amount = RupiahField(label=_("Jumlah"))
    occurred_on = DateField(label=_("Tanggal masuk"))
    sender = forms.CharField(
        label=_("Yang tertulis di mutasi"), max_length=120, required=False,
        help_text=_("Nama, rekening, atau berita: itu yang kelak menunjukkan pengirimnya."),
    )  # fmt: skip
    sure = SureField(label=_("Ya, ini sudah saya periksa"), required=False)

    def __init__(self, *args: Any, ways: Sequence[tuple[Unit, BankAccount]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = {f"{unit.pk}-{account.pk}": (unit, account) for unit, account in ways}
        choices = [(code, f"{unit.name}: {account}") for code, (unit, account) in self.ways.items()]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What was typed, with the unit and the account that were chosen."""
        data = dict(self.cleaned_data)
        unit, account = self.ways[data.pop("account")]
        return {**data, "unit": unit, "bank": account}


class HandoverForm(forms.Form):
    """Cash that was counted: how much, what of it is handed over, and where it went."""

    counted = RupiahField(
        label=_("Hasil hitungan uang tunai"), least=0, help_text=_("Hitung semua uang tunai di kas ini.")
    )
    amount = RupiahField(
        label=_("Yang disetorkan"), least=0, required=False,
        help_text=_("Kosongkan bila semuanya disetorkan."),
    )  # fmt: skip
    to = forms.ChoiceField(label=_("Disetorkan ke"), widget=forms.RadioSelect)
    occurred_on = DateField(label=_("Tanggal setor"), required=False, help_text=_("Kosongkan bila hari ini."))
    slip = PaperField(
        label=_("Foto slip setoran"), required=False, help_text=_("Wajib bila disetorkan ke rekening bank.")
    )
    reason = forms.CharField(
        label=_("Sebab selisih"), max_length=200, required=False,
        help_text=_("Hanya bila hitungan berbeda dari catatan: satu kalimat, misalnya “salah memberi kembalian”."),
    )  # fmt: skip
    seen = WholeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, banks: Sequence[BankAccount], to_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.banks = {str(bank.pk): bank for bank in banks}
        owner = [("owner", _("Diserahkan kepada pemilik"))] if to_owner else []
        choices = [*owner, *((code, str(bank)) for code, bank in self.banks.items())]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["to"].initial = choices[0][0]

    def see(self, balance: int) -> None:
        """The page shows this figure of the books now, beside what was typed before."""
        self.data = {**self.data.dict(), "seen": str(balance)}  # type: ignore[attr-defined]

    def values(self, today: date) -> dict[str, Any]:
        """What was typed: all of it where no part was named, today where no day was."""
        data = dict(self.cleaned_data)
        amount = data["counted"] if data["amount"] is None else data["amount"]
        bank = self.banks.get(data.pop("to"))
        return {**data, "amount": amount, "occurred_on": data["occurred_on"] or today, "bank": bank}
