"""The shape of a request for a lower rent; shared by the page and the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import House, Room
from tatausaha.business.boarding.queries.discounts import who_is_in
from tatausaha.business.boarding.queries.houses import houses_for
from tatausaha.core.kernel.fields import RupiahField, WholeField
from tatausaha.core.people.fields import PhoneField
from tatausaha.core.procedures.forms import StepForm


class DiscountForm(StepForm):
    """A room, the rent that is asked, from when and for how long, and why."""

    room = forms.ModelChoiceField(
        label=_("Kamar"), queryset=Room.objects.none(), empty_label=_("Pilih kamar")
    )
    rent = RupiahField(label=_("Sewa yang diminta untuk satu masa sewa"))
    from_period = WholeField(
        label=_("Mulai masa sewa ke-"), min_value=1, max_value=600, initial=1, required=False,
        help_text=_("1: sejak masuk. Masa sewa yang sudah ditagih tidak berubah."),
    )  # fmt: skip
    periods = WholeField(
        label=_("Untuk berapa masa sewa"), min_value=1, max_value=600, required=False,
        help_text=_("Kosongkan bila untuk seterusnya."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    for_name = forms.CharField(
        label=_("Nama calon penghuni"), max_length=120, required=False,
        help_text=_("Diisi bila kamar masih kosong."),
    )  # fmt: skip
    for_phone = PhoneField(label=_("Nomor HP calon penghuni"), required=False)

    def __init__(self, *args: Any, house: House | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Room.objects.exclude(out_of_service=Room.OutOfService.RETIRED).select_related(
            "house__unit", "room_type"
        )
        mine = (
            rooms.filter(house=house)
            if house
            else rooms.filter(house__in=houses_for(self.by).order_by().values("pk"))
        )
        mine = mine.order_by("house", "number")
        people = who_is_in(mine)
        self.fields["room"].queryset = mine  # type: ignore[attr-defined]
        self.fields["room"].label_from_instance = lambda room: (  # type: ignore[attr-defined]
            f"{room}: {people.get(room.pk) or _('belum ada orangnya')}"
        )

    def clean_from_period(self) -> int:
        """From the first, where nothing is said."""
        return self.cleaned_data["from_period"] or 1
