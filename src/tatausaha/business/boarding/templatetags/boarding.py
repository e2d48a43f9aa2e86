"""Small things that the pages of the houses say. `{% load boarding %}`."""

from datetime import datetime

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tatausaha.business.boarding import geometry
from tatausaha.business.boarding.models import Cycle, Photo
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Chip, Tone

register = template.Library()


@register.filter
def far(metres: int | None) -> str:
    """`250 m`, `1,4 km`; nothing for nothing."""
    return "" if metres is None else geometry.far(metres)


@register.filter
def per(cycle: str) -> str:
    """What a price is for in this cycle: `per 30 hari`, `per bulan`."""
    return str(Cycle(cycle).per)


@register.filter
def every(cycle: str) -> str:
    """How often the rent falls due: `Setiap 30 hari`, `Setiap bulan`."""
    return str(Cycle(cycle).every)


@register.simple_tag
def bill_chip(bill: Invoice, at: datetime, zone: str) -> Chip:
    """How a bill of a case stands: paid, late, and what is missing of one that was paid in part."""
    if not bill.remaining:
        return Chip(_("lunas"), Tone.DONE)
    late = bill.due_on < clock.day(at, zone)
    if bill.settled:
        said = _("telat, kurang %(amount)s") if late else _("kurang %(amount)s")
        return Chip(said % {"amount": rupiah(bill.remaining)}, Tone.LATE if late else Tone.SOON)
    return Chip(_("telat"), Tone.LATE) if late else Chip(_("belum dibayar"), Tone.GOING)


@register.simple_tag
def photo_address(photo: Photo) -> str:
    """Where the photo can be looked at as large as it is kept."""
    return reverse("boarding:photo", args=[photo.token, max(photo.edges or [photo.width])])


@register.simple_tag
def photo_img(photo: Photo, sizes: str, alt: str = "", *, eager: bool = False) -> SafeString:
    """A photo in the size that the place on the page needs; `sizes` as in HTML."""
    edges = photo.edges or [photo.width]
    widths = [(edge, round(edge * photo.width / max(photo.width, photo.height))) for edge in edges]
    address = {edge: reverse("boarding:photo", args=[photo.token, edge]) for edge in edges}
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="{}" decoding="async">',
        address[edges[-1]],
        ", ".join(f"{address[edge]} {width}w" for edge, width in widths),
        sizes,
        photo.width,
        photo.height,
        photo.caption or alt,
        "eager" if eager else "lazy",
    )
