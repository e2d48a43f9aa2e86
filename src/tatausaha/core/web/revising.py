"""Forms for a new revision of an SOP: its numbers with their bounds, its date, its reason."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.core.kernel.fields import DateField, RupiahField, WholeField
from tatausaha.core.people.models import Unit
from tatausaha.core.procedures.spec import Procedure

COMPANY = ""


class RevisionForm(forms.Form):
    """The numbers of the policy, for the whole company or one unit, from a date on."""

    unit = forms.ChoiceField(label=gettext_lazy("Berlaku untuk"), required=False)

    def __init__(
        self, *args: Any, procedure: Procedure, values: Any, units: tuple[Unit, ...], company: bool, today: date,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.procedure, self.values = procedure, values
        whole = [(COMPANY, _("Seluruh perusahaan"))] if company else []
        self.fields["unit"].choices = [*whole, *((unit.code, unit.name) for unit in units)]  # type: ignore[attr-defined]
        for field in procedure.policy_fields():
            self.fields[field.name] = _number(field, getattr(values, field.name))
        self.fields["effective_on"] = DateField(
            label=_("Mulai berlaku"), earliest=today, latest=today + timedelta(days=366), initial=today
        )
        self.fields["reason"] = forms.CharField(
            label=_("Alasan perubahan"), widget=forms.Textarea({"rows": 3}), max_length=1000
        )

    def changed_values(self) -> dict[str, Any]:
        """The numbers that differ from those in force."""
        return {
            field.name: self.cleaned_data[field.name]
            for field in self.procedure.policy_fields()
            if self.cleaned_data[field.name] != getattr(self.values, field.name)
        }


class ApprovalForm(forms.Form):
    """The owner's approval; who made the revision writes why nobody else could."""

    exception = forms.CharField(
        label=gettext_lazy("Alasan pembuat sama dengan penyetuju"),
        max_length=200,
        error_messages={
            "required": gettext_lazy(
                "Anda membuat revisi ini sendiri; tulis alasan mengapa tidak ada orang lain."
            )
        },
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not own:
            del self.fields["exception"]


def _number(field: Any, value: Any) -> forms.Field:
    meta: Mapping[str, Any] = field.metadata
    unit = str(meta["unit"])
    words: dict[str, Any] = {
        "label": f"{meta['label']} ({unit})" if unit else str(meta["label"]),
        "initial": value,
    }
    words["help_text"] = " ".join(part for part in (str(meta["help"]), _bounds(meta)) if part)
    if isinstance(field.default, bool):
        return forms.BooleanField(required=False, **words)
    if isinstance(field.default, int) and unit.lower() in {"rupiah", "rp"}:
        most = {} if meta["high"] is None else {"most": meta["high"]}
        return RupiahField(least=meta["low"] or 0, **most, **words)
    if isinstance(field.default, int):
        return WholeField(min_value=meta["low"], max_value=meta["high"], **words)
    if isinstance(field.default, float):
        return forms.FloatField(min_value=meta["low"], max_value=meta["high"], **words)
    return forms.CharField(max_length=200, **words)


def _bounds(meta: Mapping[str, Any]) -> str:
    if meta["low"] is None or meta["high"] is None:
        return ""
    return _("Antara %(low)s dan %(high)s.") % {"low": meta["low"], "high": meta["high"]}
