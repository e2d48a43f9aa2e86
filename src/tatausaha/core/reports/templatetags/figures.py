"""How figures stand in columns. `{% load figures %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tatausaha.core.kernel.money import rupiah

register = template.Library()


@register.simple_tag
def amount(figure: int | None) -> SafeString:
    """`1.500.000`, in columns whose head says rupiah already; negative ones are marked."""
    if figure is None:
        return SafeString("")
    return format_html(
        '<span class="money{}">{}</span>', " minus" if figure < 0 else "", rupiah(figure).replace("Rp", "")
    )
