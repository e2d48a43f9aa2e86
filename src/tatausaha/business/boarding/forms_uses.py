"""The form of the laundry list: one quantity a tenant."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import ExtraService, Stay
from tatausaha.business.boarding.services.uses import RowsRefused
from tatausaha.core.kernel.fields import DateField


class UsesForm(forms.Form):
    """A day, the provider's note, and for every tenant how much; an empty line is no use."""

    on = DateField(label=_("Tanggal"))
    note = forms.CharField(label=_("Nomor nota"), max_length=120, required=False)

    def __init__(
        self, *args: Any, stays: Sequence[Stay], service: ExtraService, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", on)
        self.stays = {self._name(stay): stay for stay in stays}
        for name, stay in self.stays.items():
            self.fields[name] = forms.DecimalField(
                label=_("%(room)s, %(name)s (%(measure)s)")
                % {"room": stay.room.number, "name": stay.customer, "measure": service.measure},
                min_value=Decimal("0.01"), max_digits=9, decimal_places=2, localize=True, required=False,
            )  # fmt: skip

    @staticmethod
    def _name(stay: Stay) -> str:
        return f"stay_{stay.pk}"

    def clean(self) -> dict[str, Any]:
        """At least one line."""
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in self.stays):
            self.add_error(None, _("Isi banyaknya untuk paling sedikit satu penghuni."))
        return data

    def quantities(self) -> list[tuple[Stay, Decimal]]:
        """The lines that were filled in."""
        return [
            (stay, self.cleaned_data[name]) for name, stay in self.stays.items() if self.cleaned_data[name]
        ]

    def show(self, no: RowsRefused) -> None:
        """Each refusal beside its line, and that nothing was written down above them."""
        self.add_error(None, str(no))
        for stay, sentence in no.rows:
            self.add_error(self._name(stay), sentence)
