"""Who can sign in to a demonstration. `{% load demonstration %}{% cast_of_demonstration as cast %}`."""

from typing import Any

from django import template

from tatausaha.core.people import demonstration

register = template.Library()


@register.simple_tag(takes_context=True)
def cast_of_demonstration(context: dict[str, Any]) -> dict[str, Any] | None:
    """The logins and their one password; nothing on a real company."""
    company = context.get("company")
    if not company or not company.is_demonstration:
        return None
    return {"guests": demonstration.GUESTS, "password": demonstration.PASSWORD}
