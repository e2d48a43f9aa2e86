"""What is broken in the houses: repaired and paid for, planned for tomorrow, reported this morning, and overlooked."""

from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.money import take
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.business.boarding.models import Stay, Ticket
from tatausaha.business.boarding.services import tickets
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.payments import queries as payments
from tatausaha.core.people.models import Person

_TAP = ((0, 210, 400, 300, "#d7dcdd"), (150, 70, 175, 210, "#8d979a"), (150, 70, 270, 96, "#8d979a"),
        (246, 96, 270, 130, "#8d979a"), (120, 58, 205, 72, "#6d777a"))  # fmt: skip
"""Rectangles by which a tap is drawn: left, top, right, bottom, colour."""


@cache
def _tap(*, dripping: bool) -> Upload:
    image = Image.new("RGB", (400, 300), "#eef2f2")
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom, colour in _TAP:
        draw.rectangle([left, top, right, bottom], fill=colour)
    if dripping:
        for fall in (140, 166, 190):
            draw.ellipse([252, fall, 264, fall + 16], fill="#4f93c4")
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return Upload(out.getvalue(), "image/jpeg", "keran.jpg")


def repaired(timeline: Timeline, site: Site, room: str, on: date) -> None:
    """A leaking tap: reported in the morning, repaired two days later, paid by transfer, confirmed."""

    def work(at: datetime) -> None:
        ticket, tenant = _report(
            site, room, "air", "Keran kamar mandi menetes terus", at, _tap(dripping=True)
        )
        timeline.plan(
            at + timedelta(hours=3), lambda later: _plan(site, ticket, "Pak Nyoman (tukang ledeng)", 2, later)
        )
        timeline.plan(at + timedelta(days=2), lambda later: _finish(site, ticket, 85_000, later))
        timeline.plan(at + timedelta(days=2, hours=4), lambda later: _step(ticket, "confirm", tenant, later))

    timeline.plan(moment(on, "08.20", site.zone), work)


def planned(timeline: Timeline, site: Site, room: str) -> None:
    """An air conditioner that drips, to be cleaned tomorrow."""

    def work(at: datetime) -> None:
        ticket, _tenant = _report(site, room, "ac", "AC menetes di atas tempat tidur", at)
        timeline.plan(at + timedelta(hours=5), lambda later: _plan(site, ticket, "Bali Teknik AC", 2, later))

    timeline.plan(timeline.ends - timedelta(days=1, hours=6), work)


def reported(timeline: Timeline, site: Site, room: str, kind: str, what: str, *, hours: int) -> None:
    """Reported some hours ago; nobody has taken it."""

    def work(at: datetime) -> None:
        _report(site, room, kind, what, at)

    timeline.plan(timeline.ends - timedelta(hours=hours), work)


def under_repair(timeline: Timeline, site: Site, room: str, on: date) -> None:
    """An empty room that is not let until its air conditioner is repaired."""

    def work(at: datetime) -> None:
        place = f"kamar-{site.rooms[room].pk}"
        what = "AC bocor, kompresor rusak"
        ticket = tickets.report(place=place, kind="ac", what=what, by=site.manager, at=at)
        _step(ticket, "take", site.manager, at)
        _step(ticket, "close_room", site.manager, at)

    timeline.plan(moment(on, "15.00", site.zone), work)


def _report(
    site: Site, room: str, kind: str, what: str, at: datetime, photo: Upload | None = None
) -> tuple[Ticket, Person]:
    stay = Stay.objects.select_related("customer").get(room=site.rooms[room], status="living")
    assert stay.customer is not None
    place = f"kamar-{site.rooms[room].pk}"
    return tickets.report(
        place=place, kind=kind, what=what, by=stay.customer, at=at, photo=photo
    ), stay.customer


def _plan(site: Site, ticket: Ticket, repairer: str, days: int, at: datetime) -> None:
    _step(ticket, "take", site.manager, at)
    _step(ticket, "plan", site.manager, at, repairer=repairer, on=site.day(at + timedelta(days=days)))


def _finish(site: Site, ticket: Ticket, cost: int, at: datetime) -> None:
    _step(ticket, "finish", site.manager, at, note="Karet dan keran diganti.", photo=_tap(dripping=False))
    _step(
        ticket, "note_cost", site.manager, at, what="Keran dan ongkos tukang", amount=cost,
        category=payments.cost_account_rows().get(code="61601"),
        occurred_on=site.day(at), paid_from="transfer", no_note="Tukang tanpa nota",
    )  # fmt: skip


def _step(ticket: Ticket, name: str, by: Person, at: datetime, **data: object) -> None:
    ticket.refresh_from_db()
    take(ticket, name, by=by, at=at, **data)
