"""What people hand in about services; shared by pages and API."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import ExtraService, Stay
from tatausaha.business.boarding.procedure.forms import TodayForm, with_price
from tatausaha.business.boarding.queries import cycles
from tatausaha.business.boarding.queries.meters import running_in
from tatausaha.business.boarding.queries.prices import priced_services
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.fields import DateField
from tatausaha.core.procedures.forms import StepForm


class UseForm(TodayForm):
    """What a tenant used of a service, from the provider's own note."""

    service = forms.ModelChoiceField(
        label=_("Layanan"), queryset=ExtraService.objects.none(), empty_label=_("Pilih layanan")
    )
    on = DateField(label=_("Tanggal"))
    quantity = forms.DecimalField(
        label=_("Banyaknya"), min_value=Decimal("0.01"), max_digits=9, decimal_places=2, localize=True
    )
    note = forms.CharField(label=_("Nomor nota"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "service", per_use=True)
        if isinstance(self.subject, Stay):
            metered = [meter.service_id for meter in running_in(self.subject.room) if meter.service_id]
            self.fields["service"].queryset = self.fields["service"].queryset.exclude(pk__in=metered)  # type: ignore[attr-defined]


class SubscribeForm(StepForm):
    """A service from a day on."""

    service = forms.ModelChoiceField(
        label=_("Layanan"), queryset=ExtraService.objects.none(), empty_label=_("Pilih layanan")
    )
    on = DateField(label=_("Mulai"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay) and self.at:
            stay, on = self.subject, clock.day(self.at, self.subject.unit.zone)
            running = stay.subscriptions.filter(until_on=None).values("service")
            offered = priced_services(stay.room.house, on).filter(per_use=False).exclude(pk__in=running)
            start = cycles.start_of(stay, stay.next_period)
            said = _("Ditagih penuh mulai masa sewa %(date)s; hari sebelumnya ditagih per hari.")
            if stay.policy.whole_first_service:
                said = _("Ditagih penuh mulai masa sewa %(date)s, juga bila mulai lebih awal.")
            self.initial.setdefault("on", on)
            self.fields["service"].queryset = offered  # type: ignore[attr-defined]
            self.fields["service"].label_from_instance = with_price  # type: ignore[attr-defined]
            self.fields["on"].help_text = said % {"date": words.long_date(start)}


class UnsubscribeForm(StepForm):
    """A service that is not wanted any more."""

    service = forms.ModelChoiceField(
        label=_("Layanan"), queryset=ExtraService.objects.none(), empty_label=_("Pilih layanan")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay):
            running = ExtraService.objects.filter(
                pk__in=self.subject.subscriptions.filter(until_on=None).values("service")
            )
            self.fields["service"].queryset = running  # type: ignore[attr-defined]


def _offer(form: StepForm, name: str, *, per_use: bool) -> None:
    """Only services that the house of the case offers."""
    if form.subject:
        offered = ExtraService.objects.filter(
            house__unit_id=form.subject.unit_id, is_active=True, per_use=per_use
        )
        form.fields[name].queryset = offered.order_by("name")  # type: ignore[attr-defined]
