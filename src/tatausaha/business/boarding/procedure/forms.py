"""The shape of what people hand in with the steps of a booking and a stay; shared by pages and API."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Booking, Cause, Cycle, ExtraService, Occupant, Room
from tatausaha.business.boarding.procedure.forms_meters import ask_meters
from tatausaha.business.boarding.queries.houses import rooms_to_book
from tatausaha.business.boarding.queries.prices import priced_services
from tatausaha.business.boarding.queries.tenants import has_pictured_paper
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.fields import DateField, RupiahField, UploadField, WholeField
from tatausaha.core.people import roles
from tatausaha.core.people.fields import PhoneField
from tatausaha.core.people.taxnumbers import DOCUMENTS
from tatausaha.core.procedures.forms import StepForm

LONGEST_ID = 18
"""Digits of an id that a database can hold."""


class ReasonForm(StepForm):
    """Why."""

    note = forms.CharField(label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawForm(StepForm):
    """Why the house cannot keep its word: one of the causes, with what there is to say about it."""

    cause = forms.ChoiceField(label=_("Alasan"), choices=[("", _("Pilih alasannya")), *Cause.choices])
    note = forms.CharField(
        label=_("Penjelasan untuk calon penghuni"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class CancelForm(StepForm):
    """A prospect need not say why."""

    note = forms.CharField(
        label=_("Alasan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class OwnerCancelForm(ReasonForm):
    """The owner says what is kept."""

    keep = RupiahField(label=_("Uang yang hangus"), least=0, help_text=_("Sisanya dikembalikan."))


class ExtendForm(ReasonForm):
    """By how many days the hold goes on; how many a manager may add is the step's to say."""

    days = WholeField(label=_("Perpanjang berapa hari"), min_value=1, max_value=365)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Booking) and not roles.is_owner(self.by):
            self.fields["days"].help_text = _("Paling lama %(most)d hari; lebih lama oleh pemilik.") % {
                "most": self.subject.policy.extend_days
            }


class ServicesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """Services by their ids; a number beyond every id is unknown like any other."""

    def clean(self, value: Any) -> Any:
        """The services that are meant."""
        strange = [one for one in value or [] if len(str(one)) > LONGEST_ID]
        if strange:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": strange[0][:30]},
            )
        return super().clean(value)


class BookingForm(StepForm):
    """A room, from when, with which services, paid how."""

    room = forms.ModelChoiceField(label=_("Kamar"), queryset=Room.objects.none(), widget=forms.HiddenInput)
    move_in_on = DateField(label=_("Rencana masuk"))
    occupant = forms.ChoiceField(label=_("Yang akan tinggal"), choices=Occupant, widget=forms.RadioSelect)
    services = ServicesField(
        label=_("Layanan tambahan"), queryset=ExtraService.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    plan = forms.ChoiceField(
        label=_("Cara membayar"),
        choices=Booking.Plan,
        widget=forms.RadioSelect,
        initial=Booking.Plan.DOWN_PAYMENT,
    )
    for_name = forms.CharField(
        label=_("Nama calon penghuni"), max_length=120, required=False,
        help_text=_("Diisi pengelola yang memesankan untuk orang lain."),
    )  # fmt: skip
    for_phone = PhoneField(label=_("Nomor HP calon penghuni"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms_to_book(self.by)  # type: ignore[attr-defined]
        self.fields["services"].queryset = ExtraService.objects.filter(is_active=True)  # type: ignore[attr-defined]


class BookRoomForm(forms.Form):
    """The page's own form: the room is chosen already, and only its house's services are offered."""

    move_in_on = BookingForm.base_fields["move_in_on"]
    occupant = BookingForm.base_fields["occupant"]
    services = BookingForm.base_fields["services"]
    plan = BookingForm.base_fields["plan"]
    for_name = BookingForm.base_fields["for_name"]
    for_phone = BookingForm.base_fields["for_phone"]

    def __init__(self, *args: Any, room: Room, on: date, counter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if counter:
            self.order_fields(["for_name", "for_phone", *self.fields])
            self.fields["for_name"].required = True
            self.fields["for_name"].help_text = ""
        else:
            del self.fields["for_name"], self.fields["for_phone"]
        self.fields["move_in_on"].initial = on
        self.offered = priced_services(room.house, on)
        self.fields["services"].queryset = self.offered  # type: ignore[attr-defined]
        self.fields["services"].label_from_instance = with_price  # type: ignore[attr-defined]
        if not self.offered:
            del self.fields["services"]

    def chosen_services(self, asked: list[str]) -> list[ExtraService]:
        """The services that are ticked, in the form or in the address of the page."""
        ticked = self["services"].value() if self.is_bound and "services" in self.fields else asked
        return [one for one in self.offered if str(one.pk) in set(map(str, ticked or []))]


def with_price(service: ExtraService) -> str:
    """What a service costs, as it is offered."""
    price = money.rupiah(service.amount)  # type: ignore[attr-defined]
    if service.per_use:
        return _("%(name)s: %(price)s per %(measure)s, ditagih menurut pemakaian") % {
            "name": service.name, "price": price, "measure": service.measure,
        }  # fmt: skip
    return _("%(name)s: %(price)s %(per)s") % {
        "name": service.name, "price": price, "per": Cycle(service.cycle).per,  # type: ignore[attr-defined]
    }  # fmt: skip


class RegistrationForm(StepForm):
    """What a new tenant states (KOS-07)."""

    secret = ("paper_number",)

    origin = forms.CharField(label=_("Daerah asal"), max_length=120)
    purpose = forms.CharField(
        label=_("Maksud tinggal"), max_length=120, help_text=_("Misalnya: kuliah, bekerja.")
    )
    occupation = forms.CharField(label=_("Pekerjaan atau kampus"), max_length=120, required=False)
    emergency_name = forms.CharField(label=_("Kontak darurat"), max_length=120)
    emergency_phone = PhoneField(label=_("Nomor HP kontak darurat"))
    paper_kind = forms.ChoiceField(label=_("Jenis tanda pengenal"), choices=DOCUMENTS)
    paper_number = forms.CharField(label=_("Nomor tanda pengenal"), max_length=40, required=False)
    paper_file = UploadField(
        label=_("Foto tanda pengenal"), required=False,
        help_text=_("Foto atau PDF. Disimpan terenkripsi; setiap kali dibuka, tercatat siapa yang membukanya."),
    )  # fmt: skip
    waived_because = forms.CharField(
        label=_("Tanpa tanda pengenal karena (hanya pemilik)"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.by is not None and not roles.is_owner(self.by):
            self.fields["paper_number"].required = True
            self.fields["paper_number"].error_messages["required"] = _("Tulis juga nomor tanda pengenalnya.")
            self.fields["paper_file"].required = not self._picture_is_kept()
            del self.fields["waived_because"]
        if stated := getattr(self.subject, "registration", None):
            for name in ("origin", "purpose", "occupation", "emergency_name", "emergency_phone"):
                self.initial.setdefault(name, getattr(stated, name))

    def _picture_is_kept(self) -> bool:
        """Whether a picture of a paper lies here already: it need not be brought again."""
        return self.subject is not None and has_pictured_paper(self.subject.customer)


class TodayForm(StepForm):
    """A form whose day is today, in the house's zone, unless another is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject and self.at:
            self.initial.setdefault("on", clock.day(self.at, self.subject.unit.zone))


class MoveInForm(TodayForm):
    """The day on which the tenant first occupies the room."""

    on = DateField(label=_("Mulai menempati"))
    until = DateField(
        label=_("Kontrak sampai"), required=False,
        help_text=_("Hanya untuk kontrak berjangka. Kosongkan bila penghuni tinggal sampai memberi tahu."),
    )  # fmt: skip
    key = forms.CharField(label=_("Kunci yang diserahkan"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Booking):
            said = _("Jatuh tempo dihitung setiap 30 hari sejak tanggal ini.")
            if self.subject.cycle == Cycle.FIXED_DATE:
                said = _("Jatuh tempo pada tanggal yang sama setiap bulan.")
            self.fields["on"].help_text = said
        ask_meters(self, self.subject.room if isinstance(self.subject, Booking) else None, "open_")
