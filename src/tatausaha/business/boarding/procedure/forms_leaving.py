"""What people hand in with the notice, the key and the inspection; shared by pages and API."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.forms import TodayForm
from tatausaha.business.boarding.procedure.forms_meters import ask_meters
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.fields import DateField
from tatausaha.core.procedures.forms import StepForm


class NoticeForm(StepForm):
    """When the tenant will leave."""

    leave_on = DateField(label=_("Akan pergi pada"))
    note = forms.CharField(label=_("Catatan"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay) and self.at:
            days = self.subject.policy.notice_days
            earliest = clock.day(self.at, self.subject.unit.zone) + timedelta(days=days)
            self.fields["leave_on"].help_text = _(
                "Beri tahu paling lambat %(days)d hari sebelumnya: paling awal %(date)s."
            ) % {"days": days, "date": words.long_date(earliest)}


class MoveOutForm(TodayForm):
    """When the key came back."""

    on = DateField(label=_("Kunci diterima pada"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_meters(self, self.subject.room if isinstance(self.subject, Stay) else None, "close_")
