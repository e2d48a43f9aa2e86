"""The tax rules that the law has, as rows: laid once, never touched again by the software."""

from collections.abc import Sequence
from datetime import date

from tatausaha.core.assets.accounts import GAIN
from tatausaha.core.ledger.models import Account
from tatausaha.core.reports.models import LegalForm, TaxOutside, TaxRule

FINAL, VAT = TaxRule.Tax.FINAL, TaxRule.Tax.VAT
WHOLE = 10_000
"""A rate of 100 per cent, in hundredths of a per cent."""
OUTSIDE = ("42201", "49401", GAIN)
"""Discounts (turnover is counted before them), bank interest (taxed at its source), gains on assets."""

_TERMS: dict[str, int] = {
    LegalForm.INDIVIDUAL: 7, LegalForm.CV: 4, LegalForm.FIRM: 4, LegalForm.COOPERATIVE: 4,
    LegalForm.PT_INDIVIDUAL: 4, LegalForm.PT: 3,
}  # fmt: skip
"""For how many tax years each may pay the final tax (PP 55/2022 article 59)."""


def _as_given() -> list[TaxRule]:
    final = [
        TaxRule(
            tax=FINAL, legal_form=form, starts_on=date(2022, 1, 1), rate=50, cap=4_800_000_000, years=years,
            exempt=500_000_000 if form == LegalForm.INDIVIDUAL else 0, source="PP 55/2022, UU 7/2021",
        )
        for form, years in _TERMS.items()
    ]  # fmt: skip
    vat = TaxRule(
        tax=VAT, starts_on=date(2025, 1, 1), rate=1200, base=TaxRule.Base.ELEVEN_TWELFTHS,
        source="UU 7/2021, PMK 131/2024",
    )  # fmt: skip
    return [*final, vat]


def install_rules() -> None:
    """Lay the rules that are not there yet, and with the first of them the accounts outside the base.

    Safe to repeat: what the owner ended, added or took out stays as it is.
    """
    known = set(TaxRule.objects.values_list("tax", "legal_form", "starts_on"))
    TaxRule.objects.bulk_create(
        rule for rule in _as_given() if (rule.tax, rule.legal_form, rule.starts_on) not in known
    )
    if not known:
        present = Account.objects.filter(pk__in=[int(code) for code in OUTSIDE])
        TaxOutside.objects.bulk_create((TaxOutside(account=one) for one in present), ignore_conflicts=True)


def every() -> list[TaxRule]:
    """All rules, the newest of each tax and form first."""
    return list(TaxRule.objects.order_by("tax", "legal_form", "-starts_on"))


def in_force(rules: Sequence[TaxRule], tax: str, form: str, on: date) -> TaxRule | None:
    """The rule of a tax for a legal form on a day; nothing where the table knows none."""
    for rule in rules:
        begun = rule.starts_on <= on and (rule.ends_on is None or on <= rule.ends_on)
        if begun and rule.tax == tax and rule.legal_form in {form, ""}:
            return rule
    return None


def rate_said(rate: int) -> str:
    """`0,5 %` for 50 hundredths of a per cent."""
    whole, rest = divmod(rate, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") + " %"
