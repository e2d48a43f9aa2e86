"""A house as a tile of the search and of the home page."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tatausaha.business.boarding import geometry
from tatausaha.business.boarding.models import Cycle
from tatausaha.business.boarding.queries import cards, search
from tatausaha.business.boarding.templatetags.boarding import photo_img
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.parts import Chip, Listing, Tone

AT_ONCE = 2
"""Pictures that are loaded with the page; those below wait until they are scrolled to."""

ON_HOME = 3
"""Houses that the home page shows."""

_SIZES = "(min-width: 62rem) 17rem, (min-width: 34rem) 50vw, 100vw"


def tiles(found: Sequence[cards.Card], near: search.Near | None = None) -> list[Listing]:
    """The tiles of some results; distances are from `near` when somebody asked for it."""
    return [_tile(card, near, eager=place < AT_ONCE) for place, card in enumerate(found)]


def on_home(at: datetime, zone: str) -> list[Listing]:
    """The houses that suit a student best, those with a free room first."""
    campus = search.near_any_campus(search.places_to_be_near())
    hits = search.found(search.Search(), at=at, on=clock.day(at, zone), campus=campus)
    return tiles(cards.cards(hits[:ON_HOME]))


def _tile(card: cards.Card, near: search.Near | None, *, eager: bool) -> Listing:
    house, hit = card.house, card.hit
    free = ngettext("%(free)s kamar kosong", "%(free)s kamar kosong", hit.free) % {"free": hit.free}
    return Listing(
        title=str(house),
        url=reverse("boarding:house", args=[house.unit.code]),
        picture=_picture(card, eager=eager),
        price=hit.amount,
        per=str(Cycle(house.cycle).per),
        chip=Chip(free, Tone.DONE) if hit.free else Chip(_("Penuh")),
        kind=str(house.get_gender_display()),
        where=", ".join(filter(None, (house.district, house.city))),
        note=_distance(card, near),
        has=card.facilities,
    )


def _picture(card: cards.Card, *, eager: bool) -> SafeString:
    if card.photo:
        return photo_img(card.photo, _SIZES, eager=eager)
    drawn = reverse("boarding:facade", args=[card.house.unit.code])
    return format_html(
        '<img src="{}" width="640" height="480" alt="" loading="{}" decoding="async">',
        drawn,
        "eager" if eager else "lazy",
    )


def _distance(card: cards.Card, near: search.Near | None) -> str:
    if near is not None and card.hit.distance_m is not None:
        metres, place = card.hit.distance_m, near.label
    elif card.nearest:
        metres, place = card.nearest.distance_m, card.nearest.place.name
    else:
        return ""
    far = format_html("<b>{}</b>", geometry.far(metres))
    return format_html(_("{far} dari {place}"), far=far, place=place)
