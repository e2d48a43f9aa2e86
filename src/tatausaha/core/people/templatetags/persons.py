"""How persons, roles and their numbers are written. `{% load persons %}`."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people import identity, roles
from tatausaha.core.people.models import Event, Merge, PersonChange, Role

register = template.Library()

FIELDS: dict[str, str | Promise] = {
    "name": _("Nama"),
    "phone": _("Nomor HP"),
    "email": _("Surel"),
    "address": _("Alamat"),
    "tax_number": "NPWP",
    "born_on": _("Tanggal lahir"),
    "language": _("Bahasa"),
}
MACHINES: dict[str, str | Promise] = {"clock": _("waktu"), "money": _("uang masuk"), "case": _("kasus lain")}


@register.filter
def phone(number: str | None) -> str:
    """`0812-3456-7890`."""
    return identity.shown_phone(number) if number else ""


@register.filter
def npwp(number: str | None) -> str:
    """As printed on papers."""
    return identity.shown_npwp(number) if number else ""


@register.filter
def role_label(role: Role) -> str | Promise:
    """`Pengelola`; the code of a role that nobody brings any more."""
    known = roles.registry.get(role.name)
    return known.label if known else role.name


@register.filter
def field_label(name: str) -> str | Promise:
    """What a field of a person is called."""
    return FIELDS.get(name, name)


@register.filter
def as_field(stored: str, name: str) -> str:
    """A stored value of the field `name`, as people write it."""
    return phone(stored) if name == "phone" else stored


@register.filter
def which(event: Event) -> str | Promise:
    """Which role an event was about; nothing for other events."""
    known = roles.registry.get(str(event.details.get("role", "")))
    return known.label if known else ""


@register.filter
def actor(row: Event | PersonChange | Merge) -> str | Promise:
    """Who or what did it."""
    return row.by.name if row.by else MACHINES.get(row.machine, "")


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
            ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
           ("Linux", "Linux"))  # fmt: skip


@register.filter
def browser(agent: str) -> str:
    """`Chrome, Android` for what a browser says of itself; its own words when we do not know it."""
    known = [next((name for sign, name in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in known if name) or agent
