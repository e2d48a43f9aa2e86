"""What people hand in about the length of a stay and its rent; shared by pages and API."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.forms import ReasonForm
from tatausaha.business.boarding.queries import cycles, moving
from tatausaha.business.boarding.services import terms
from tatausaha.core.kernel import words
from tatausaha.core.kernel.fields import DateField, RupiahField
from tatausaha.core.procedures.forms import StepForm


class ExtendTermForm(StepForm):
    """Until when the contract goes on; empty: until the tenant gives notice."""

    leave_on = DateField(label=_("Kontrak sampai"), required=False)
    note = forms.CharField(label=_("Catatan"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay) and self.subject.leave_on:
            now = {"day": words.long_date(self.subject.leave_on)}
            said = _("Sekarang sampai %(day)s. Kosongkan bila penghuni tinggal terus sampai memberi tahu.")
            self.fields["leave_on"].help_text = said % now


class NewRentForm(StepForm):
    """The published price of the room, for a tenant who pays another one still."""

    rent = RupiahField(label=_("Sewa baru"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay) and self.at:
            first = terms.first_day_of_new_rent(self.subject, at=self.at)
            self.fields["rent"].label = _("Sewa baru %(per)s") % {"per": cycles.to_come(self.subject).per}
            self.initial.setdefault("rent", moving.published_rent(self.subject.room, first))
            said = _("Berlaku mulai %(day)s: masa sewa pertama yang cukup jauh untuk diumumkan.")
            self.fields["rent"].help_text = said % {"day": words.long_date(first)}


class AskToLeaveForm(ReasonForm):
    """By when the room is to be left, and why."""

    leave_on = DateField(label=_("Kamar ditinggalkan paling lambat"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay) and self.at:
            days = timedelta(days=self.subject.policy.notice_days)
            self.initial.setdefault("leave_on", moving.today_of(self.subject, self.at) + days)


class GrantForm(ReasonForm):
    """Why the owner gives the days back."""
