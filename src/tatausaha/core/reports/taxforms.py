"""What is typed about taxes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.fields import DateField, ReasonField, RupiahField, SureField, WholeField
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger.models import Account
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar
from tatausaha.core.reports.forms import NO_MONTH, REASON
from tatausaha.core.reports.models import LegalForm, TaxProfile, TaxRule


class MonthField(forms.CharField):
    """A month typed as `Maret 2026`, `3/2026` or `2026-03`; cleans to 202603."""

    default_error_messages = {"invalid": NO_MONTH}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Bulan dan tahun, misalnya Maret 2026."))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        """The month as a number."""
        if (ym := calendar.typed(super().clean(value))) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return ym


class RateField(forms.DecimalField):
    """A percentage with up to two decimals; cleans to hundredths of a per cent."""

    def __init__(self, **kwargs: Any) -> None:
        said = {
            "invalid": _("Tulis persennya dengan angka, misalnya 0,5."),
            "max_value": _("Paling tinggi %(limit_value)s persen."),
            "min_value": _("Tidak bisa kurang dari 0 persen."),
        }
        super().__init__(
            min_value=0, decimal_places=2, max_digits=5, localize=True, error_messages=said, **kwargs
        )

    def clean(self, value: Any) -> Any:
        """50 for 0,5."""
        percent = super().clean(value)
        return None if percent is None else int(percent * 100)


class ProfileForm(forms.Form):
    """What the company is for its taxes."""

    from_year = WholeField(label=_("Berlaku mulai tahun"), min_value=2000, max_value=2100)
    legal_form = forms.ChoiceField(
        label=_("Bentuk hukum"), choices=[("", _("Pilih bentuk hukum")), *LegalForm.choices],
        help_text=_("Sesuai NPWP: perorangan bila NPWP atas nama Anda sendiri."),
    )  # fmt: skip
    scheme = forms.ChoiceField(
        label=_("Pajak penghasilan"), choices=TaxProfile.Scheme.choices, widget=forms.RadioSelect,
        initial=TaxProfile.Scheme.FINAL,
    )  # fmt: skip
    first_year = WholeField(
        label=_("Tahun pertama memakai PPh final"), min_value=2000, max_value=2100,
        help_text=_("Jangka waktunya dihitung dari tahun ini: perorangan 7, CV 4, PT 3 tahun pajak."),
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("Omzet dihitung"), choices=TaxProfile.Method.choices, widget=forms.RadioSelect,
        initial=TaxProfile.Method.ACCRUAL,
        help_text=_("Deposit dan uang muka yang belum menjadi hak tidak pernah dihitung."),
    )  # fmt: skip
    tracked_from = MonthField(
        label=_("Setoran dicatat di sini mulai bulan"),
        help_text=_("Bulan sebelumnya sudah disetor di luar sistem ini. Misalnya Maret 2026."),
    )
    is_vat = forms.BooleanField(
        label=_("Pengusaha Kena Pajak (memungut PPN)"), required=False,
        help_text=_("Biarkan kosong bila belum dikukuhkan sebagai PKP."),
    )  # fmt: skip


class OutsideForm(forms.Form):
    """Accounts outside the turnover."""

    accounts = forms.TypedMultipleChoiceField(
        label=_("Tidak termasuk omzet"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accounts"].choices = [(one.pk, str(one)) for one in accounts]  # type: ignore[attr-defined]


class LocalRateForm(forms.Form):
    """The local tax of a unit."""

    unit = forms.ChoiceField(label=_("Unit usaha"))
    from_ym = MonthField(label=_("Mulai bulan"))
    rate = RateField(
        label=_("Tarif (persen)"),
        max_value=10,
        help_text=_("Menurut perda; paling tinggi 10. Isi 0 untuk berhenti."),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(one.code, one.name) for one in units]  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """A new law."""

    tax = forms.ChoiceField(label=_("Pajak"), choices=TaxRule.Tax.choices)
    legal_form = forms.ChoiceField(
        label=_("Bentuk hukum"), required=False, choices=[("", _("Semua")), *LegalForm.choices]
    )
    starts_on = DateField(
        label=_("Mulai berlaku"), help_text=_("Aturan sebelumnya berakhir sehari sebelumnya.")
    )
    rate = RateField(label=_("Tarif (persen)"), max_value=100)
    exempt = RupiahField(label=_("Bagian bebas pajak setahun"), least=0, required=False)
    cap = RupiahField(
        label=_("Batas omzet setahun"), least=0, required=False, help_text=_("Kosongkan bila tidak ada.")
    )
    years = WholeField(
        label=_("Paling lama (tahun pajak)"), min_value=1, max_value=99, required=False,
        help_text=_("Kosongkan bila tanpa jangka waktu."),
    )  # fmt: skip
    base = forms.ChoiceField(label=_("Dasar"), choices=TaxRule.Base.choices)
    source = forms.CharField(
        label=_("Dasar hukum"), max_length=200, help_text=_("Nomor undang-undang atau peraturan.")
    )

    def clean(self) -> dict[str, Any]:
        """Only individuals have a part that is free of tax; what is left empty is nothing."""
        data = super().clean() or {}
        data["exempt"], data["cap"] = data.get("exempt") or 0, data.get("cap") or 0
        if data["exempt"] and data.get("legal_form") != LegalForm.INDIVIDUAL:
            self.add_error("exempt", _("Bagian bebas pajak hanya untuk perorangan."))
        return data


class DepositForm(forms.Form):
    """Tax that was paid to the state; more than is left to pay is asked about once, for a digit too many."""

    amount = RupiahField(label=_("Jumlah yang disetor"))
    paid_on = DateField(label=_("Tanggal setor"))
    ntpn = forms.RegexField(
        r"^[0-9A-Z]{16}$", label="NTPN", strip=True,
        help_text=_("16 huruf dan angka pada bukti penerimaan negara."),
        error_messages={"invalid": _("NTPN terdiri dari 16 huruf besar dan angka.")},
    )  # fmt: skip
    paid_from = forms.ChoiceField(label=_("Dibayar dari"))
    sure = SureField(label=_("Ya, sebanyak itu yang disetor"), required=False)

    def __init__(
        self, *args: Any, banks: Sequence[tuple[Unit, Account, int]], left: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._left = left
        self._banks = {f"{unit.code}-{account.pk}": (unit, account) for unit, account, _left in banks}
        choices: list[tuple[str, Any]] = [("", _("Pilih rekening"))]
        choices += [
            (f"{unit.code}-{account.pk}", f"{account.name}, {unit.name} ({rupiah(left)})")
            for unit, account, left in banks
        ]
        self.fields["paid_from"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Asks once where the amount is above what is left."""
        data = super().clean() or {}
        if not data.pop("sure", False) and (data.get("amount") or 0) > self._left:
            said = _("Yang belum disetor %(left)s. Periksa jumlahnya; bila memang benar, centang ini.")
            self.add_error("sure", said % {"left": rupiah(self._left)})
        return data

    def values(self) -> dict[str, Any]:
        """The deposit as the service takes it."""
        given = dict(self.cleaned_data)
        given["unit"], given["account"] = self._banks[given.pop("paid_from")]
        return given


class CancelForm(forms.Form):
    """Why a deposit is taken back."""

    reason = ReasonField(label=_("Alasan membatalkan"), min_length=3, max_length=500, widget=REASON)


def profile_as_typed(profile: TaxProfile | None, today: date) -> dict[str, Any]:
    """What the form shows at first: what counts now, or a proposal that asks for the legal form alone."""
    if profile is None:
        before = today.year * 100 + today.month - 1 if today.month > 1 else (today.year - 1) * 100 + 12
        return {"from_year": today.year, "first_year": today.year, "tracked_from": calendar.said(before)}
    kept = ("from_year", "legal_form", "scheme", "first_year", "method", "is_vat")
    return {name: getattr(profile, name) for name in kept} | {
        "tracked_from": calendar.said(profile.tracked_from)
    }
