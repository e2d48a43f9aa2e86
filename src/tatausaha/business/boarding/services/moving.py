"""Moving to another room of the house, and swapping two rooms, in the middle of a period (rules/boarding 11).

The anchor and the due dates stay as they are. The rent of the days that are left is adjusted by one
line, rounded once; what was billed for periods that have not begun is billed anew at the new rent.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tatausaha.business.boarding import accounts, announcements
from tatausaha.business.boarding.models import (
    Damage,
    ExtraService,
    Purpose,
    Room,
    RoomClaim,
    RoomMove,
    Stay,
    Subscription,
)
from tatausaha.business.boarding.queries import cycles
from tatausaha.business.boarding.queries import moving as reads
from tatausaha.business.boarding.queries.discounts import Rent
from tatausaha.business.boarding.queries.moving import Terms
from tatausaha.business.boarding.queries.prices import current_amount, price_of
from tatausaha.business.boarding.services import (
    bills,
    claims,
    discount_ends,
    discounts,
    leaving,
    registration,
)
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.services import NewLine, held, openings
from tatausaha.core.documents.numbers import next_number
from tatausaha.core.kernel import money, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.procedures import services as procedures
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.spec import Act


def figures(
    stay: Stay, room: Room, *, on: date, rent: int | None, reason: str, services: Iterable[ExtraService],
    by: Actor, at: datetime,
) -> Terms:  # fmt: skip
    """What the move comes to. Raises `Refused` for a day or a price that cannot be.

    The rent is the published one of the new room; the owner may grant a lower one, with a reason.
    """
    check_day(stay, on, at=at)
    published = current_amount(room.room_type, on)
    if published is None:
        sentence = _("Harga kamar %(number)s belum diterbitkan.")
        raise Refused(sentence % {"number": room.number}, field="room")
    if rent is not None and rent != published:
        if not roles.is_owner(person_or_none(by)):
            raise Refused(_("Harga lain dari yang diterbitkan ditentukan pemilik."), field="rent")
        if rent > published:
            most = _("Paling banyak harga yang diterbitkan, %(price)s.") % {"price": money.rupiah(published)}
            raise Refused(most, field="rent")
        if not reason.strip():
            raise Refused(_("Tulis alasan harga lain."), field="note")
    chosen = list(services)
    for service in chosen:
        if price_of(service, on) is None:
            sentence = _("Layanan %(name)s belum berharga pada hari itu.")
            raise Refused(sentence % {"name": service.name}, field="services")
    return reads.terms(stay, published=published, rent=rent or published, on=on, services=chosen, at=at)


def check_day(stay: Stay, on: date, *, at: datetime) -> None:
    """Raises `Refused` for a day of moving outside the running period, or one before the last move."""
    today = reads.today_of(stay, at)
    first, _end = reads.running_period(stay, today)
    moves = reads.moves_of(stay)
    if moves:
        first = max(first, moves[-1].moved_on + timedelta(days=1))
    if not first <= on <= today:
        sentence = (
            _("Tanggal pindah antara %(first)s dan hari ini, dalam masa sewa yang berjalan.")
            if first <= today
            else _("Penghuni ini baru saja pindah kamar. Pindah lagi paling awal %(first)s.")
        )
        raise Refused(sentence % {"first": words.long_date(first)}, field="on")


def move(
    stay: Stay, room: Room, *, on: date, rent: int | None, reason: str, services: Iterable[ExtraService],
    by: Actor, at: datetime,
) -> RoomMove:  # fmt: skip
    """Move the tenant to a free room; the old one is inspected. Both rooms are locked by the step.

    Raises `Refused` when the room is not free for as long as the tenant stays.
    """
    agreed = figures(stay, room, on=on, rent=rent, reason=reason, services=services, by=by, at=at)
    old_room, old = stay.room, stay.claim
    assert old is not None
    new = _claim(stay, room, on, at=at)
    claims.change(
        old, at=at, kind=RoomClaim.Kind.INSPECTION, from_on=old.from_on,
        until_on=claims.next_begins(old, at=at), expires_at=None,
    )  # fmt: skip
    stay.room, stay.claim = room, new
    stay.save(update_fields=["room", "claim"])
    done = _begin(stay, old_room, agreed, reason=reason, claim=old, by=by, at=at)
    _adjust(stay, agreed, by=by, at=at, why=reason)
    announcements.moved_room(done, at=at)
    return done


def swap(stay: Stay, other: Stay, *, on: date, by: Actor, at: datetime) -> tuple[RoomMove, RoomMove]:
    """Two tenants of the house exchange their rooms, at the published rents, in one transaction.

    Neither room is free in between; damage is still looked for, each in the room that was left.
    """
    pair = ((stay, other.room), (other, stay.room))
    agreed = [
        figures(one, room, on=on, rent=None, reason="", services=(), by=by, at=at) for one, room in pair
    ]
    for one, _room in pair:
        assert one.claim is not None
        claims.release(one.claim, at=at)
    first, second = stay.room, other.room
    _stand(stay, second, between=True)  # both in one room for a moment: the database allows it to this one
    _stand(other, first)
    _stand(stay, second)
    moves = []
    for (one, _room), left, figure in zip(pair, (first, second), agreed, strict=True):
        one.claim = _claim(one, one.room, on, at=at)
        one.save(update_fields=["claim"])
        moves.append(_begin(one, left, figure, reason="", claim=None, by=by, at=at))
        _adjust(one, figure, by=by, at=at)
    mine, theirs = moves
    for this, that in ((mine, theirs), (theirs, mine)):
        this.swapped_with = that
        this.save(update_fields=["swapped_with"])
        announcements.moved_room(this, at=at)
    return mine, theirs


def _stand(stay: Stay, room: Room, *, between: bool = False) -> None:
    stay.room, stay.between_rooms_id = room, -stay.pk if between else None
    stay.save(update_fields=["room", "between_rooms"])


def _claim(stay: Stay, room: Room, on: date, *, at: datetime) -> RoomClaim:
    until = max(stay.leave_on, on + timedelta(days=1)) if stay.leave_on else None
    return claims.claim(room, on, until, stay.number, None, at=at, kind=RoomClaim.Kind.OCCUPIED)


def _begin(
    stay: Stay, old_room: Room, agreed: Terms, *, reason: str, claim: RoomClaim | None, by: Actor, at: datetime
) -> RoomMove:  # fmt: skip
    who = stay.customer.name if stay.customer else ""
    said = _("%(house)s, kamar %(old)s ke %(new)s: %(name)s") % {
        "house": stay.unit.name, "old": old_room.number, "new": stay.room.number, "name": who,
    }  # fmt: skip
    stay.headline = f"{stay.unit.name}, {_('kamar')} {stay.room.number}: {who}"[:160]
    stay.save(update_fields=["headline"])
    done = procedures.begin(
        RoomMove(
            unit=stay.unit, customer=stay.customer, headline=said[:160], stay=stay, from_room=old_room,
            to_room=stay.room, moved_on=agreed.moved_on, rent_before=agreed.rent_before,
            rent_after=agreed.rent_after, days_left=agreed.days, difference=agreed.difference,
            deposit_asked=agreed.deposit_short, price_reason=reason.strip()[:200], claim=claim,
            paper_number=next_number(stay.unit, "room_move", agreed.moved_on),
        ),
        by=by,
        at=at,
        data={"stay": stay.number, "from_room": old_room, "to_room": stay.room, "rent": agreed.rent_after},
    )  # fmt: skip
    registration.note_room_move(done, at=at)
    return done


def _adjust(stay: Stay, agreed: Terms, *, by: Actor, at: datetime, why: str = "") -> None:
    """The figures of the move become bills and credit notes; periods that have not begun are billed anew.

    A rent that was announced was one of the old room.
    """
    _first, end = reads.running_period(stay, agreed.moved_on)
    reason = _("Pindah ke kamar %(number)s.") % {"number": stay.room.number}
    ahead = leaving.not_begun(stay, on=end + timedelta(days=1))
    for line, part in reads.credits_of(stay, agreed):
        billing.credit(line.invoice, amount=part, lines=[line], by=by, at=at, reason=reason)
    for invoice in reversed(ahead):
        bills.take_back(stay, invoice, by=by, at=at, reason=reason)
    if agreed.paid_on_paper:
        _give_back(stay, agreed, reason, by=by, at=at)
    stay.rent, stay.next_rent, stay.next_rent_from = agreed.published, None, None
    stay.deposit_due += agreed.deposit_short
    stay.next_bill_on = bills.next_bill_day(stay)
    stay.save(
        update_fields=["rent", "next_rent", "next_rent_from", "deposit_due", "next_period", "next_bill_on"]
    )
    discount_ends.end_with(stay, at=at)
    _carry_services(stay, agreed)
    given = _grant(stay, agreed, reason=why, by=by, at=at)
    if lines := _charges(agreed):
        last = agreed.moved_on + timedelta(days=agreed.days - 1)
        bill = billing.issue(
            stay, purpose=Purpose.MOVE, lines=lines, due_on=reads.today_of(stay, at),
            period=(agreed.moved_on, last), by=by, at=at,
        )  # fmt: skip
        billing.recognise(bill, by=by, at=at)
        discounts.note_given(given, bill, agreed.share(agreed.published - agreed.rent_after))
    if stay.next_bill_on:
        bills.catch_up([stay], at=at)


def _give_back(stay: Stay, agreed: Terms, reason: str, *, by: Actor, at: datetime) -> None:
    """What was paid too much before these books becomes balance; it was never income here."""
    assert stay.customer is not None
    openings.take_over_held(
        held.balance_of(stay.unit, stay.customer), agreed.paid_on_paper, on=reads.today_of(stay, at),
        note=reason, reason=reason, key=f"{stay.unit_id}|room_move|{stay.pk}|{agreed.moved_on}|0", by=by, at=at,
    )  # fmt: skip


def _grant(stay: Stay, agreed: Terms, *, reason: str, by: Actor, at: datetime) -> Rent:
    """A rent below the published one is a discount like any other: asked for and granted by the owner.

    The days that are left of the running period are at it too.
    """
    person = person_or_none(by)
    if agreed.rent_after == agreed.published or person is None:
        return Rent(agreed.published, agreed.published)
    asked = discounts.ask(
        room=stay.room, rent=agreed.rent_after, reason=reason, by=person, at=at, from_period=1
    )
    grant = procedure_of(asked).step("grant")
    assert grant is not None
    granted = procedures.perform(asked, grant, by=person, at=at)
    granted.from_period = cycles.number_in(stay, agreed.moved_on)
    granted.save(update_fields=["from_period"])
    stay.refresh_from_db()
    return Rent(agreed.published, agreed.rent_after, granted)


def _charges(agreed: Terms) -> list[NewLine]:
    days = {"days": agreed.days}
    lines = []
    if agreed.difference > 0:
        said = _("Selisih sewa pindah kamar, %(days)d hari") % days
        lines.append(NewLine("rent", accounts.ROOM_RENT, said, agreed.difference))
    for part in agreed.started:
        if part.amount:
            said = _("%(name)s, %(days)d hari") % {"name": part.name, **days}
            lines.append(NewLine("service", chart.SERVICE_INCOME, said, part.amount))
    return lines


def _carry_services(stay: Stay, agreed: Terms) -> None:
    """What is bound to the room stops and starts on the day; what is bound to the person goes on."""
    for part in agreed.stopped:
        stay.subscriptions.filter(service=part.service, until_on=None).update(until_on=agreed.moved_on)
    for part in agreed.started:
        Subscription.objects.create(
            stay=stay, service=part.service, name=part.name, amount=part.price, from_on=agreed.moved_on
        )


def note_damage(done: RoomMove, act: Act) -> Damage:
    """What is broken in the room that was left, why the tenant answers for it, what it costs."""
    by = person_or_none(act.by)
    assert by is not None
    return Damage.objects.create(
        stay=done.stay, move=done, description=act.data["description"], amount=act.data["amount"],
        reason=act.data["reason"], noted_by=by, noted_at=act.at,
    )  # fmt: skip


def damage_of(done: RoomMove) -> int:
    """What the damage in the old room comes to, in rupiah."""
    return sum(done.damages.values_list("amount", flat=True))


def settle(done: RoomMove, *, by: Actor, at: datetime) -> None:
    """The old room was looked at: damage is a bill of its own, and the room is free again."""
    lines = [
        NewLine("damage", chart.DAMAGE_INCOME, one.description, one.amount)
        for one in done.damages.order_by("pk")
    ]
    if lines:
        bill = billing.issue(
            done.stay, purpose=Purpose.MOVE_DAMAGE, lines=lines, due_on=reads.today_of(done.stay, at),
            period=(done.moved_on, done.moved_on), by=by, at=at,
        )  # fmt: skip
        billing.recognise(bill, by=by, at=at)
        announcements.billed(done.stay, bill, at=at)
    if done.claim:
        claims.release(done.claim, at=at)
