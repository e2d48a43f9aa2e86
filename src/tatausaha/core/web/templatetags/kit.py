"""Small things that templates say: money, dates, clocks, signs, addresses. `{% load kit %}`."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tatausaha.core.kernel import money as kernel_money
from tatausaha.core.kernel import words
from tatausaha.core.web import menu
from tatausaha.core.web.icons import SHAPES

register = template.Library()

WIB = "Asia/Jakarta"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign by its name; it is decoration, the word stands beside it."""
    drawing = mark_safe(SHAPES[name])  # noqa: S308 - our own drawings
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.filter
def rupiah(amount: int | None) -> str:
    """`Rp1.500.000`; nothing for nothing."""
    return "" if amount is None else kernel_money.rupiah(amount)


@register.filter
def short_rupiah(amount: int | None) -> str:
    """`Rp1,5 jt`; nothing for nothing."""
    return "" if amount is None else kernel_money.short_rupiah(amount)


@register.simple_tag
def money(amount: int | None) -> SafeString:
    """An amount in its own typography; negative ones are marked."""
    if amount is None:
        return SafeString("")
    return format_html(
        '<span class="money{}">{}</span>', " minus" if amount < 0 else "", kernel_money.rupiah(amount)
    )


@register.filter
def long_date(on: date | None) -> str:
    """`Sabtu, 21 November 2026`."""
    return words.long_date(on) if on else ""


@register.filter
def short_date(on: date | None) -> str:
    """`21 Nov 2026`."""
    return words.short_date(on) if on else ""


@register.filter
def month(on: date | None) -> str:
    """`November 2026`."""
    return words.month(on) if on else ""


@register.filter
def moment(at: datetime | None, zone: str = WIB) -> str:
    """`Sabtu, 21 November 2026 14.05 WIB`; give the unit's zone."""
    return words.moment(at, zone or WIB) if at else ""


@register.filter
def sheets(names: str) -> list[str]:
    """Paths of style sheets by their short names."""
    return [f"web/{name}.css" for name in names.split()]


@register.filter
def whatsapp(phone: str) -> str:
    """The address that opens a chat with a phone number in E.164."""
    return f"https://wa.me/{phone.removeprefix('+')}"


@register.simple_tag
def url_if(name: str) -> str:
    """The address of a page that may not exist in this house; empty then."""
    return menu.address(name)


@register.simple_tag
def bar(groups: tuple[menu.Group, ...]) -> tuple[menu.Shown, ...]:
    """The entries for the bottom of a phone."""
    return menu.bar(tuple(groups))


@register.inclusion_tag("components/clock.html")
def clock(
    deadline: datetime, at: datetime, since: datetime | None = None, zone: str = WIB, what: str = ""
) -> dict[str, Any]:
    """A deadline in words: until when, how long still; amber in its last quarter, brick when over.

    `since` is when the time began to run; without it the last day counts as the last quarter.
    """
    left = deadline - at
    whole = deadline - since if since else None
    if left.total_seconds() <= 0:
        tone, said = "late", _("lewat %(span)s") % {"span": words.span(-left)}
    else:
        near = left * 4 < whole if whole else left.days < 1
        tone, said = ("soon" if near else ""), _("%(span)s lagi") % {"span": words.span(left)}
    return {
        "tone": tone,
        "said": said,
        "until": words.until(deadline, zone),
        "deadline": deadline,
        "what": what,
    }
