"""Passes: the owner opens past months for one person, for a while, for so many journals (rule 6)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import audit, chain, months, periods, refusals
from tatausaha.core.ledger.models import LockPass
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit

LONGEST = timedelta(hours=72)
SHORTEST_REASON = 10


def grant(
    *, person: Person, unit: Unit, from_ym: int, to_ym: int, reason: str, ends_at: datetime,
    max_journals: int, by: Person, at: datetime,
) -> LockPass:  # fmt: skip
    """Give somebody who works in the unit a pass to past months; raises `Refused` when it may not be.

    It ends by itself at `ends_at`, at most 72 hours ahead, or after `max_journals` journals.
    """
    if not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang dapat memberi izin."))
    if not roles.level(person, unit):
        raise Refused(_("Orang ini tidak bekerja di unit usaha ini."), field="person")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Izin perlu alasan paling sedikit 10 huruf."), field="reason")
    if not at < ends_at <= at + LONGEST:
        raise Refused(_("Izin berlaku paling lama 72 jam."), field="ends_at")
    if not from_ym <= to_ym < months.of(periods.today(unit, at)):
        raise Refused(_("Izin hanya untuk bulan yang sudah lewat."), field="to_ym")
    if max_journals < 1:
        raise Refused(_("Izin paling sedikit untuk satu jurnal."), field="max_journals")
    with refusals.in_words(), transaction.atomic():
        lock_pass = LockPass.objects.create(
            person=person, unit=unit, from_ym=from_ym, to_ym=to_ym, reason=reason.strip(),
            granted_by=by, granted_at=at, ends_at=ends_at, max_journals=max_journals,
        )  # fmt: skip
        after = {
            "person": person.pk, "months": [from_ym, to_ym], "ends_at": ends_at.isoformat(),
            "max_journals": max_journals, "reason": lock_pass.reason,
        }  # fmt: skip
        audit.record("pass.granted", f"pass {lock_pass.pk}", by=by, at=at, unit=unit, after=after)
        chain.forge_on_commit()
    return lock_pass


def revoke(lock_pass: LockPass, *, by: Person, at: datetime) -> LockPass:
    """End a pass at once; ended already, it stays as it was."""
    if not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang dapat mencabut izin."))
    with transaction.atomic():
        held = LockPass.objects.select_for_update().get(pk=lock_pass.pk)
        if held.revoked_at is None:
            held.revoked_at, held.revoked_by = at, by
            held.save(update_fields=["revoked_at", "revoked_by"])
            audit.record("pass.revoked", f"pass {held.pk}", by=by, at=at, unit=held.unit_id)
            chain.forge_on_commit()
    return held
