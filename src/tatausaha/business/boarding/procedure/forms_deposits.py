"""What a manager hands in to ask for the use of a deposit; shared by pages and API."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.forms import ReasonForm
from tatausaha.business.boarding.queries import bill_titles
from tatausaha.business.boarding.queries import deposit_uses as reads
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.procedures.spec import Act


class AskDepositForm(ReasonForm):
    """Which bill, and why."""

    bill = forms.ChoiceField(label=_("Tagihan"))
    note = forms.CharField(label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    field_order = ("bill", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay) and self.at:
            due = reads.due_bills(self.subject, at=self.at)[:1]
            named = bill_titles.of_room(due, self.subject.room.number)
            choices = [(bill.number, f"{rupiah(bill.remaining)}: {title}") for bill, title in named]
            self.fields["bill"].choices = choices  # type: ignore[attr-defined]
            self.initial.setdefault("bill", choices[0][0] if choices else "")


def bill_asked(stay: Stay, act: Act) -> Invoice:
    """The bill that was chosen. Raises `Refused` where none of that number is due."""
    found = next((one for one in reads.due_bills(stay, at=act.at) if one.number == act.data["bill"]), None)
    if found is None:
        raise Refused(_now("Tagihan itu sudah lunas atau belum jatuh tempo."), field="bill")
    return found
