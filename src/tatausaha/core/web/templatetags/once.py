"""The hidden key that makes a form count once. `{% load once %}{% form_key %}` inside the form."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tatausaha.core.web import once, parking

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: dict[str, Any]) -> SafeString:
    """A key of this form, kept when it comes back with mistakes, and for whom it was made."""
    request = context.get("request")
    kept = request.POST.get(once.FIELD, "") if request else ""
    key = kept if once.is_key(kept) else once.new_key()
    owner = parking.sign(getattr(request, "person", None))
    hidden = '<input type="hidden" name="{}" value="{}">'
    return format_html(hidden + hidden, once.FIELD, key, parking.OWNER, owner)
