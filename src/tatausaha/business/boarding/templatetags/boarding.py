"""Small things that the pages of the houses say. `{% load boarding %}`."""

from django import template

from tatausaha.business.boarding import geometry

register = template.Library()


@register.filter
def far(metres: int | None) -> str:
    """`250 m`, `1,4 km`; nothing for nothing."""
    return "" if metres is None else geometry.far(metres)
