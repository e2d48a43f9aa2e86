"""What is told about the waiting list: to the next in line that a room can be booked, to the manager who waits."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Room, Wish, WishTold
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note, Value

_FREE = _(
    "Kamar %(room)s di %(house)s bisa dipesan sekarang, masuk mulai %(day)s. Kamar tidak ditahan untuk Anda: yang "
    "lebih dulu memesan yang mendapat. Yang berikutnya di daftar tunggu diberi tahu %(hours)s jam lagi."
)
_JOINED = _("%(who)s menunggu kamar, masuk paling lambat %(day)s.")


def address(room: Room, code: str, day: date) -> str:
    """Where the room is booked, from the day on which it is free."""
    return f"{reverse('boarding:book', args=[code, room.number])}?masuk={day.isoformat()}"


def told(row: WishTold, wish: Wish) -> None:
    """Tell the next in line of a room."""
    if wish.customer is None:
        return
    room, day = row.offer.room, row.offer.from_on
    about: dict[str, Value] = {
        "room": room.number, "house": wish.unit.name, "day": day, "hours": wish.policy.step_hours,
    }  # fmt: skip
    link = address(room, wish.unit.code, day)
    note = Note("case", _("Ada kamar di %(house)s"), _FREE, about, link=link, about=wish.number)
    notices.tell(wish.customer, note, key=f"{wish.number}|offer|{row.offer_id}", at=row.at, unit=wish.unit)


def joined(wish: Wish, *, at: datetime) -> None:
    """Tell the managers that somebody waits for a room of theirs."""
    about: dict[str, Value] = {"who": str(wish.customer), "house": wish.unit.name, "day": wish.latest_on}
    title = _("Daftar tunggu %(house)s")
    note = Note("work", title, _JOINED, about, link=wish.get_absolute_url(), about=wish.number)
    notices.tell_holders(wish.unit, "manager", note=note, key=f"{wish.number}|joined", at=at)
