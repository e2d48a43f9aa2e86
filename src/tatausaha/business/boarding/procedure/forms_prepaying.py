"""What people hand in to pay rent ahead; shared by pages and API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.services import prepaying
from tatausaha.core.kernel import words
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.procedures.forms import StepForm


class PrepayForm(StepForm):
    """For how many periods, each with what it comes to."""

    periods = forms.TypedChoiceField(
        label=_("Berapa masa sewa"), coerce=int,
        help_text=_("Tagihan yang sudah terbit tidak termasuk."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Stay) and self.at:
            ahead = prepaying.offered(self.subject, at=self.at)
            self.fields["periods"].choices = [  # type: ignore[attr-defined]
                (n, _choice(ahead[:n])) for n in range(prepaying.LEAST, len(ahead) + 1)
            ]


def _choice(chosen: list[prepaying.Ahead]) -> str:
    about = {
        "count": len(chosen), "until": words.short_date(chosen[-1].last),
        "amount": rupiah(sum(one.amount for one in chosen)),
    }  # fmt: skip
    return str(_("%(count)d masa sewa: %(amount)s, sampai %(until)s") % about)
