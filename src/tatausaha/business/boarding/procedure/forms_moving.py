"""What people hand in to move a tenant to another room; shared by pages and API."""

from functools import partial
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import ExtraService, Room, Stay
from tatausaha.business.boarding.procedure.forms import ServicesField, TodayForm, with_price
from tatausaha.business.boarding.procedure.forms_meters import ask_meters
from tatausaha.business.boarding.queries import cycles, moving
from tatausaha.business.boarding.queries.meters import rooms_read
from tatausaha.business.boarding.queries.prices import priced_services
from tatausaha.core.kernel.fields import DateField, PaperField, RupiahField
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.people import roles
from tatausaha.core.procedures.forms import StepForm

NO_METERS = _("Kamar bermeter tidak ditukar langsung: pindahkan satu per satu lewat kamar kosong.")


class MoveRoomForm(TodayForm):
    """To which free room, on which day; the owner may set another rent than the published one."""

    room = forms.ModelChoiceField(
        label=_("Kamar baru"), queryset=Room.objects.none(), empty_label=_("Pilih kamar")
    )
    on = DateField(label=_("Pindah pada"), help_text=_("Hari pindah dihitung sebagai hari di kamar baru."))
    services = ServicesField(
        label=_("Layanan di kamar baru"), queryset=ExtraService.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Layanan yang melekat pada kamar lama berhenti hari itu."),
    )  # fmt: skip
    rent = RupiahField(
        label=_("Sewa lain (hanya pemilik)"), required=False,
        help_text=_("Kosongkan untuk harga yang diterbitkan."),
    )  # fmt: skip
    note = forms.CharField(label=_("Alasan harga lain"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.by is not None and not roles.is_owner(self.by):
            del self.fields["rent"], self.fields["note"]
        if isinstance(self.subject, Stay) and self.at:
            on = moving.today_of(self.subject, self.at)
            rooms = moving.rooms_to_move_to(self.subject, at=self.at, on=on)
            self.fields["room"].queryset = rooms  # type: ignore[attr-defined]
            said = partial(_with_rent, per=cycles.to_come(self.subject).per)
            self.fields["room"].label_from_instance = said  # type: ignore[attr-defined]
            if not rooms:
                self.fields["room"].help_text = _("Tidak ada kamar kosong di rumah ini.")
            offered = priced_services(self.subject.room.house, on).filter(of_room=True, per_use=False)
            self.fields["services"].queryset = offered  # type: ignore[attr-defined]
            self.fields["services"].label_from_instance = with_price  # type: ignore[attr-defined]
            if not offered:
                del self.fields["services"]
            ask_meters(self, self.subject.room, "close_")
            chosen = str(self.data.get("room", "")) if self.is_bound else ""
            ask_meters(self, next((one for one in rooms if str(one.pk) == chosen), None), "open_")


def _with_rent(room: Room, *, per: Promise) -> str:
    rent = rupiah(room.amount)  # type: ignore[attr-defined]
    return _("%(number)s, %(type)s: %(rent)s %(per)s") % {
        "number": room.number, "type": room.room_type, "rent": rent, "per": per,
    }  # fmt: skip


class MoveDamageForm(StepForm):
    """What is broken in the room that was left, with its photo."""

    description = forms.CharField(label=_("Apa yang rusak"), max_length=160)
    amount = RupiahField(label=_("Biaya perbaikan"))
    reason = forms.CharField(
        label=_("Mengapa menjadi tanggungan penghuni"), max_length=200,
        help_text=_("Keausan wajar tidak ditagih."),
    )  # fmt: skip
    photo = PaperField(label=_("Foto kerusakan"))


class SwapForm(TodayForm):
    """With whom the tenant changes rooms."""

    other = forms.ModelChoiceField(
        label=_("Bertukar dengan"), queryset=Stay.objects.none(), empty_label=_("Pilih penghuni")
    )
    on = DateField(label=_("Bertukar pada"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay):
            others = moving.neighbours(self.subject)
            metered = rooms_read([self.subject.room_id, *(one.room_id for one in others)])
            without = others.exclude(room__in=metered)
            if self.subject.room_id in metered:
                without = others.none()
            self.fields["other"].queryset = without  # type: ignore[attr-defined]
            self.fields["other"].label_from_instance = _who_lives_there  # type: ignore[attr-defined]
            if metered:
                self.fields["other"].help_text = NO_METERS
            elif not others:
                self.fields["other"].help_text = _("Tidak ada penghuni lain di rumah ini.")


def _who_lives_there(stay: Stay) -> str:
    return _("Kamar %(number)s: %(name)s") % {"number": stay.room.number, "name": stay.customer or ""}
