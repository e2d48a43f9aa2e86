"""A stay of fixed length, its extension, and a new rent for who lives there already (rules/boarding 8)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements_terms as announcements
from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.queries import cycles, moving
from tatausaha.business.boarding.services import leaving
from tatausaha.business.boarding.services.far_days import refuse_far
from tatausaha.core.kernel import money, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Actor


def fix(stay: Stay, *, until: date, by: Actor, at: datetime) -> None:
    """Agree on the day of leaving at the beginning: no notice is needed, and no bill follows beyond it."""
    if until <= stay.anchor_on:
        raise Refused(_("Kontrak berakhir sesudah hari masuk."), field="until")
    refuse_far(until, stay.unit, at=at, field="until", years=leaving.YEARS_AHEAD)
    leaving.plan(stay, leave_on=until, by=by, at=at)
    stay.fixed_term = True
    stay.save(update_fields=["fixed_term"])


def extend(stay: Stay, *, until: date | None, by: Actor, at: datetime) -> None:
    """Go on until a later day, or until notice is given: the same anchor, no gap, at the same rent unless a
    new one was announced.

    Raises `Refused` as `check_extension` does, and when somebody else has the room by then.
    """  # fmt: skip
    check_extension(stay, until, at=at)
    if until is None:
        leaving.drop_plan(stay, by=by, at=at)
        return
    leaving.put_off(stay, until, by=by, at=at)
    stay.asked_to_leave = False
    stay.save(update_fields=["asked_to_leave"])


def check_extension(stay: Stay, until: date | None, *, at: datetime) -> None:
    """Raises `Refused` for a day that is no later than the present one, or so far ahead that it is a slip."""
    if until is None:
        return
    if stay.leave_on is None or until <= stay.leave_on:
        raise Refused(_("Tanggal baru harus sesudah tanggal yang sekarang."), field="leave_on")
    refuse_far(until, stay.unit, at=at, field="leave_on", years=leaving.YEARS_AHEAD)


def ask_to_leave(stay: Stay) -> None:
    """The day of leaving was set by the owner: nobody else takes it back."""
    stay.asked_to_leave = True
    stay.save(update_fields=["asked_to_leave"])


def first_day_of_new_rent(stay: Stay, *, at: datetime) -> date:
    """The beginning of the first period that is far enough ahead, and has no bill yet."""
    earliest = moving.today_of(stay, at) + timedelta(days=stay.policy.new_rent_days)
    return cycles.start_of(stay, max(stay.next_period, cycles.begins_on_or_after(stay, earliest)))


def announce_rent(stay: Stay, *, rent: int, at: datetime) -> None:
    """A new rent from the next period that is at least so many days ahead as the SOP says; the tenant is told.

    What is billed or prepaid keeps its price. Raises `Refused` for a rent that is not the published one of
    the room's type.
    """
    first = first_day_of_new_rent(stay, at=at)
    published = moving.published_rent(stay.room, first)
    if rent != published:
        sentence = _("Sewa baru harus harga yang diterbitkan untuk kamar ini pada %(day)s: %(price)s.")
        price = money.rupiah(published) if published else "–"
        raise Refused(sentence % {"day": words.long_date(first), "price": price}, field="rent")
    if rent == stay.rent:
        raise Refused(_("Sewa ini sudah berlaku."), field="rent")
    stay.next_rent, stay.next_rent_from = rent, first
    stay.save(update_fields=["next_rent", "next_rent_from"])
    announcements.new_rent(stay, at=at)
