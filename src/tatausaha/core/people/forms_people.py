"""The shape of what people type about persons, units and papers."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.fields import DateField, UploadField
from tatausaha.core.people import businesses, identity, queries, roles
from tatausaha.core.people.fields import PhoneField
from tatausaha.core.people.models import Company, Language, Person, Unit, Zone
from tatausaha.core.people.taxnumbers import DOCUMENTS

_CLERK = forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"})


class ProfileForm(forms.Form):
    """What a person says about himself."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    phone = PhoneField(label=_("Nomor HP"), required=False)
    address = forms.CharField(label=_("Alamat"), required=False, widget=_CLERK)
    born_on = DateField(label=_("Tanggal lahir"), required=False)
    tax_number = forms.CharField(label="NPWP", required=False, max_length=30)
    language = forms.ChoiceField(label=_("Bahasa"), choices=Language.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        born_on = self.fields["born_on"]
        assert isinstance(born_on, DateField)
        born_on.latest = clock.day(at, Zone.WIB)

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        """What is known already, as people write it."""
        fields = ("name", "phone", "address", "born_on", "language", "email")
        return {field: getattr(person, field) for field in fields} | {
            "tax_number": identity.shown_npwp(person.tax_number) if person.tax_number else "",
        }


class PersonForm(ProfileForm):
    """What the owner writes down about somebody."""

    email = forms.CharField(label=_("Surel"), required=False, max_length=254)
    field_order: tuple[str, ...] = ("name", "phone", "email", "address", "born_on", "tax_number", "language")

    def __init__(self, *args: Any, legal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if legal:
            del self.fields["born_on"]
            self.fields["name"].label = _("Nama badan usaha")


class NewPersonForm(PersonForm):
    """Somebody new: a person or a body."""

    kind = forms.ChoiceField(
        label=_("Siapa"), choices=Person.Kind.choices, initial=Person.Kind.NATURAL, widget=forms.RadioSelect
    )
    field_order = ("kind", *PersonForm.field_order)


class PaperForm(forms.Form):
    """An identity paper."""

    kind = forms.ChoiceField(label=_("Jenis identitas"), choices=DOCUMENTS)
    number = forms.CharField(
        label=_("Nomor"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    valid_until = DateField(label=_("Berlaku sampai"), required=False)
    file = UploadField(label=_("Foto atau PDF identitas"), required=False)


class RevealForm(forms.Form):
    """Why a number or file is looked at."""

    reason = forms.CharField(
        label=_("Alasan melihat"),
        max_length=200,
        help_text=_("Tercatat bersama nama Anda dan waktunya. Pemilik identitas bisa membacanya."),
    )


class CompanyForm(forms.Form):
    """What the company says about itself."""

    name = forms.CharField(label=_("Nama perusahaan"), max_length=120)
    legal_form = forms.CharField(
        label=_("Bentuk hukum"), required=False, max_length=20, help_text=_("Misalnya CV, PT, PT Perorangan.")
    )
    address = forms.CharField(label=_("Alamat"), required=False, widget=_CLERK)
    phone = PhoneField(label=_("Nomor WhatsApp"), required=False)
    email = forms.CharField(label=_("Surel"), required=False, max_length=254)
    tax_number = forms.CharField(label="NPWP", required=False, max_length=30)
    zone = forms.ChoiceField(label=_("Zona waktu"), choices=Zone.choices)

    @staticmethod
    def initial_of(company: Company) -> dict[str, Any]:
        """What is known already."""
        known = {field: getattr(company, field) for field in CompanyForm.base_fields}
        return known | {"tax_number": identity.shown_npwp(company.tax_number) if company.tax_number else ""}


class UnitForm(forms.Form):
    """What may change in a unit."""

    name = forms.CharField(label=_("Nama unit"), max_length=120)
    address = forms.CharField(label=_("Alamat"), required=False, widget=_CLERK)
    phone = PhoneField(label=_("Nomor WhatsApp"), required=False)
    closed_on = DateField(label=_("Tutup sejak"), required=False)

    @staticmethod
    def initial_of(unit: Unit) -> dict[str, Any]:
        """What is known already."""
        return {field: getattr(unit, field) for field in UnitForm.base_fields}


class NewUnitForm(forms.Form):
    """A new unit."""

    business = forms.ChoiceField(label=_("Jenis usaha"))
    name = forms.CharField(label=_("Nama unit"), max_length=120)
    zone = forms.ChoiceField(
        label=_("Zona waktu"),
        choices=Zone.choices,
        help_text=_("Tidak bisa diganti: bulan buku mengikutinya."),
    )
    address = forms.CharField(label=_("Alamat"), required=False, widget=_CLERK)
    phone = PhoneField(label=_("Nomor WhatsApp"), required=False)
    opened_on = DateField(label=_("Mulai"), required=False, help_text=_("Kosong berarti hari ini."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        business = self.fields["business"]
        assert isinstance(business, forms.ChoiceField)
        business.choices = list(businesses.registry.items())


class RoleForm(forms.Form):
    """Which role, in which unit."""

    name = forms.ChoiceField(label=_("Peran"))
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("semua unit (pemilik)")
    )

    def __init__(self, *args: Any, owner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, unit = self.fields["name"], self.fields["unit"]
        assert isinstance(name, forms.ChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        name.choices = [(role.code, role.label) for role in roles.registry.values()]
        unit.queryset = queries.units_for(owner)


class MemberForm(forms.Form):
    """Who acts for an organisation, and as what."""

    contact = forms.CharField(
        label=_("Surel atau nomor HP orangnya"), max_length=254, help_text=_("Orangnya harus sudah tercatat.")
    )
    capacity = forms.CharField(label=_("Jabatan"), max_length=60)


class MergeForm(forms.Form):
    """Why two records are one person."""

    reason = forms.CharField(label=_("Alasan"), max_length=200)
