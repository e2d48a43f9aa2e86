"""What is taken from the deposit for damage: a deduction points to a line of the out-sheet (KOS-12; boarding 16.8)."""

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import ConditionItem, ConditionSheet, Damage, Stay
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.procedures.spec import Act

BY_NOBODY, BY_OWNER, BY_MANAGER = range(3)
"""Who may deduct for a thing that is on no in-sheet: the values of the policy `damage_without_sheet`."""

_WORSE = (ConditionItem.State.BROKEN, ConditionItem.State.MISSING)


def check_line(stay: Stay, item: ConditionItem, *, by: Actor) -> None:
    """Raises `Refused` unless the line shows, on a handed-over out-sheet of this stay, that the thing got worse.

    Without the same thing on an in-sheet nobody can show what it was like: then the policy of
    the house decides whether anybody, and who, may deduct.
    """
    item = ConditionItem.objects.select_related("sheet", "pair").get(pk=item.pk)
    sheet = item.sheet
    if sheet.stay_id != stay.pk or sheet.kind != ConditionSheet.Kind.OUT or sheet.handed_at is None:
        raise Refused(_("Pilih baris dari lembar keluar hunian ini."), field="item")
    if item.state not in _WORSE:
        raise Refused(_("Keausan wajar dan barang yang baik tidak dipotong dari deposit."), field="item")
    if item.pair is None:
        _check_without_pair(stay, by)
    elif item.pair.state in {item.state, ConditionItem.State.MISSING}:
        raise Refused(
            _("%(name)s sudah %(state)s di lembar masuk, jadi bukan tanggungan penghuni.")
            % {"name": item.name, "state": item.pair.get_state_display()},
            field="item",
        )


def _check_without_pair(stay: Stay, by: Actor) -> None:
    person, allowed = person_or_none(by), stay.policy.damage_without_sheet
    if allowed == BY_NOBODY:
        raise Refused(_("Barang ini tidak ada di lembar masuk, jadi tidak boleh dipotong."), field="item")
    if allowed == BY_OWNER and not roles.is_owner(person):
        raise Refused(
            _("Barang ini tidak ada di lembar masuk. Potongannya hanya boleh dicatat oleh pemilik."),
            field="item",
        )


def note(stay: Stay, act: Act) -> Damage:
    """A deduction: which line shows it, why the tenant answers for it, what it costs."""
    by = person_or_none(act.by)
    assert by is not None
    item: ConditionItem = act.data["item"]
    check_line(stay, item, by=act.by)
    return Damage.objects.create(
        stay=stay, item=item, description=act.data["description"], amount=act.data["amount"],
        reason=act.data["reason"], noted_by=by, noted_at=act.at,
    )  # fmt: skip


def drop(damage: Damage) -> None:
    """Take a deduction back before the settlement."""
    damage.delete()
