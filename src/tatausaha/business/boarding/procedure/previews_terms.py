"""What an extension, a new rent, days given back and arrears come to, before it is decided (rules/boarding 8)."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.queries import arrears, bill_titles, cycles, moving
from tatausaha.business.boarding.services import leaving, terms
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.kernel.words import long_date
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.spec import Act, Preview

_DUE_DATES_STAY = gettext_lazy(
    "Tanggal jatuh tempo tidak berubah. Masa sewa yang baru ditagih sebagian, ditagih sampai habis."
)


def extending(stay: Stay, act: Act) -> Preview:
    """Until when, at which rent, and that nothing else changes."""
    until = act.data.get("leave_on")
    terms.check_extension(stay, until, at=act.at)
    assert stay.leave_on is not None, "a contract has its day"
    said = [_goes_on(stay.leave_on, until), _DUE_DATES_STAY]
    per = {"per": cycles.to_come(stay).per}
    sums = [Sum(_("Sewa %(per)s") % per, stay.rent)]
    if stay.next_rent is not None and stay.next_rent_from and (until is None or stay.next_rent_from < until):
        note = _("mulai %(day)s, seperti sudah diumumkan") % {"day": long_date(stay.next_rent_from)}
        sums.append(Sum(_("Sewa baru %(per)s") % per, stay.next_rent, note))
    return Preview(tuple(sums), tuple(map(str, said)))


def _goes_on(old: date, new: date | None) -> str:
    if new is None:
        said = _(
            "Kontrak tidak berakhir lagi pada %(old)s: penghuni tinggal terus sampai memberi tahu akan pergi."
        )
        return said % {"old": long_date(old)}
    about = {"days": (new - old).days, "old": long_date(old), "new": long_date(new)}
    return _("Kontrak berlanjut %(days)d hari, dari %(old)s sampai %(new)s, tanpa jeda.") % about


def announcing(stay: Stay, act: Act) -> Preview:
    """From what to what, and from when on."""
    first = terms.first_day_of_new_rent(stay, at=act.at)
    rent, per = act.data["rent"], {"per": cycles.to_come(stay).per}
    lines = (
        Sum(_("Sewa sekarang %(per)s") % per, stay.rent),
        Sum(_("Sewa baru %(per)s") % per, rent, _("mulai %(day)s") % {"day": long_date(first)}, total=True),
    )
    kept = _(
        "Sampai hari itu sewa tetap %(rent)s; tagihan yang sudah terbit tidak berubah. Deposit tidak ditambah."
    )
    return Preview(lines, (kept % {"rent": rupiah(stay.rent)},))


def owing(stay: Stay, _by: Actor, at: datetime) -> Preview:
    """Every bill that is late and since when, and what they come to: on this the owner decides."""
    today = clock.day(at, stay.unit.zone)
    late = [bill for bill in arrears.bills_of(stay) if bill.remaining > 0 and bill.due_on < today]
    lines = [
        Sum(title, bill.remaining, _("jatuh tempo %(day)s") % {"day": long_date(bill.due_on)})
        for bill, title in bill_titles.of_room(late, stay.room.number, moving.moves_of(stay))
    ]
    since = late[0].due_on if late else today
    said = _("sejak %(day)s, %(days)d hari") % {"day": long_date(since), "days": (today - since).days}
    total = Sum(_("Menunggak"), sum(bill.remaining for bill in late), said, total=True)
    return Preview((*lines, total), title=_("Yang belum dibayar"))


def granting(stay: Stay, _by: Actor, _at: datetime) -> Preview:
    """How many days, and what they come to."""
    days, amount = leaving.left_over(stay)
    said = _("Sewa %(days)d hari sesudah pergi") % {"days": days}
    assert stay.moved_out_on is not None
    how = _("%(rent)s × %(days)d ÷ %(whole)d") % {
        "rent": rupiah(stay.rent), "days": days, "whole": cycles.days_with(stay, stay.moved_out_on),
    }  # fmt: skip
    return Preview((Sum(said, amount, how, total=True),), (_("Yang sudah dibayar menjadi saldo penghuni."),))
