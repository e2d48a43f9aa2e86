"""The table in which the owner plans a year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.fields import RupiahField, WholeField
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger.models import Account
from tatausaha.core.reports import calendar

EVERY = 0
"""The column whose amount goes into every month that is left empty."""


@dataclass(frozen=True)
class Line:
    """An account of the table with its fields: for every month, then January to December."""

    account: Account
    every: BoundField
    months: tuple[BoundField, ...]


def _short(ym: int) -> str:
    return calendar.short(ym).split()[0]


class BudgetForm(forms.Form):
    """A row an account, a column a month; what is left empty has no budget."""

    def __init__(
        self, *args: Any, accounts: Sequence[Account], yms: Sequence[int], known: Mapping[tuple[int, int], int],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.accounts, self.yms = accounts, yms
        for account in accounts:
            for ym in (EVERY, *yms):
                said = _("tiap bulan") if ym == EVERY else _short(ym)
                amount = known.get((account.pk, ym))
                self.fields[_name(account.pk, ym)] = RupiahField(
                    least=0, required=False, label=f"{account.name}, {said}",
                    initial=None if amount is None else rupiah(amount).removeprefix("Rp"),
                    widget=forms.TextInput({
                        "size": "10", "inputmode": "numeric", "autocomplete": "off", "class": "plan",
                        "aria-label": f"{account.name}, {said}",
                    }),
                )  # fmt: skip

    def lines(self) -> Iterator[Line]:
        """The rows as they are drawn."""
        for account in self.accounts:
            months = tuple(self[_name(account.pk, ym)] for ym in self.yms)
            yield Line(account, self[_name(account.pk, EVERY)], months)

    def values(self) -> dict[tuple[int, int], int | None]:
        """Rupiah by account and month; an empty month takes the amount for every month, if there is one."""
        data = self.cleaned_data
        found = {}
        for account in self.accounts:
            every = data.get(_name(account.pk, EVERY))
            for ym in self.yms:
                amount = data.get(_name(account.pk, ym))
                found[account.pk, ym] = every if amount is None else amount
        return found


def _name(account: int, ym: int) -> str:
    return f"a{account}-{ym}"


class CopyForm(forms.Form):
    """Plan a year as the one before it went."""

    more = WholeField(
        label=_("Naik atau turun (persen)"), min_value=-90, max_value=900, initial=0,
        help_text=_("Misalnya 5 untuk naik lima persen, -10 untuk turun sepuluh. Yang sudah diisi tidak ditimpa."),
    )  # fmt: skip


class AddForm(forms.Form):
    """Another account for the table."""

    account = forms.TypedChoiceField(label=_("Tambah akun"), coerce=int)

    def __init__(self, *args: Any, accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[Any, Any]] = [("", _("Pilih akun")), *((one.pk, str(one)) for one in accounts)]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]
