"""How figures stand in columns. `{% load figures %}`."""

from django import template

from tatausaha.core.kernel.money import rupiah

register = template.Library()


@register.filter
def plain_rupiah(amount: int | None) -> str:
    """`1.500.000`, for columns whose head says rupiah already; nothing for nothing."""
    return "" if amount is None else rupiah(amount).replace("Rp", "")
