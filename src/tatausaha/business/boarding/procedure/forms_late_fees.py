"""What the owner hands in to let a late fee go; shared by pages and API."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.forms import ReasonForm
from tatausaha.business.boarding.queries import bill_titles
from tatausaha.business.boarding.queries import late_fees as reads
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah


class WaiveForm(ReasonForm):
    """Which fee, and why."""

    bill = forms.ChoiceField(label=_("Denda"))

    field_order = ("bill", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay):
            fees = bill_titles.of_room(reads.charged(self.subject), self.subject.room.number)
            choices = [
                (bill.number, f"{rupiah(bill.total - bill.credited)}: {title}") for bill, title in fees
            ]
            self.fields["bill"].choices = choices  # type: ignore[attr-defined]
            self.initial.setdefault("bill", choices[0][0] if choices else "")


def fee_asked(stay: Stay, data: Mapping[str, Any]) -> Invoice:
    """The fee that was chosen. Raises `Refused` where the stay has none of that number."""
    found = next((one for one in reads.charged(stay) if one.number == data["bill"]), None)
    if found is None:
        raise Refused(_now("Denda itu tidak ada atau sudah dibebaskan."), field="bill")
    return found
