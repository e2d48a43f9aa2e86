"""SOP revisions: which numbers rule a case, who made and who approved them (SYS-09).

A case keeps the revision under which it was begun. A revision for one unit stands before
the company's; it starts from the company's numbers and says only what it changes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import constraints, registry
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.procedures.spec import Procedure


def _effective(procedure: Procedure, on: date) -> QuerySet[SopRevision]:
    return SopRevision.objects.filter(
        procedure=procedure.code, stage=SopRevision.Stage.APPROVED, effective_on__lte=on
    ).order_by("-effective_on", "-revision")


def in_force(procedure: Procedure, unit: Unit | None, *, at: datetime) -> SopRevision:
    """The revision that rules a case begun in this unit at this moment: the unit's own, else the company's."""
    on = clock.day(at, unit.zone if unit else "Asia/Jakarta")
    ruling = _effective(procedure, on).filter(Q(unit=unit) | Q(unit=None))
    found = ruling.order_by(F("unit").asc(nulls_last=True), "-effective_on", "-revision").first()
    if found is None:
        raise Refused(_("SOP %(title)s belum berlaku pada tanggal itu.") % {"title": procedure.title})
    return found


def values_in_force(procedure: Procedure, unit: Unit | None, *, at: datetime) -> Any:
    """The policy by which a case begun now would run, as the procedure's own typed record."""
    return typed(procedure, in_force(procedure, unit, at=at).values)


def typed(procedure: Procedure, values: Mapping[str, Any]) -> Any:
    """Stored values as the procedure's policy record; what a revision does not name has its default."""
    known = {field.name for field in procedure.policy_fields()}
    return procedure.policy(**{name: value for name, value in values.items() if name in known})


def install(*, at: datetime, on: date) -> int:
    """Put revision 0 (the numbers as delivered) in force for every procedure that has none; how many it made."""
    made = 0
    for procedure in registry.procedures():
        if not SopRevision.objects.filter(procedure=procedure.code, unit=None).exists():
            values = asdict(procedure.policy())
            SopRevision.objects.create(
                procedure=procedure.code,
                revision=0,
                document_number=procedure.sop.number,
                effective_on=on,
                stage=SopRevision.Stage.APPROVED,
                values=values,
                made_at=at,
                approved_at=at,
                content_hash=content_hash(procedure, values),
            )
            made += 1
    return made


def content_hash(procedure: Procedure, values: Mapping[str, Any]) -> str:
    """What an approval binds to: the table and its numbers; any change voids the approval."""
    table = [
        (step.name, step.sources, step.target, str(step.who.label), [g.__name__ for g in step.guards])
        for step in procedure.steps
    ]
    text = json.dumps([procedure.code, table, dict(values)], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def draft(
    procedure: Procedure,
    unit: Unit | None,
    changed: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    effective_on: date,
    reason: str,
) -> SopRevision:
    """Write a revision that somebody else will approve. Raises `Refused` for values out of bounds."""
    if not (roles.has_role(by, unit, "manager") if unit else roles.is_owner(by)):
        raise Refused(_("Revisi SOP dibuat oleh pengelola unit atau pemilik."))
    if not changed:
        raise Refused(_("Tidak ada angka yang berubah."))
    base = in_force(procedure, None, at=at).values
    own = in_force(procedure, unit, at=at) if unit else None
    kept = own.changed if own and own.unit_id else {}
    new = {**kept, **{name: _checked(procedure, name, value) for name, value in changed.items()}}
    last = SopRevision.objects.filter(procedure=procedure.code, unit=unit).aggregate(last=Max("revision"))[
        "last"
    ]
    values = {**asdict(typed(procedure, base)), **new}
    return SopRevision.objects.create(
        procedure=procedure.code,
        unit=unit,
        revision=0 if last is None else last + 1,
        document_number=procedure.sop.number,
        effective_on=effective_on,
        values=values,
        changed=new if unit else dict(changed),
        reason=reason,
        made_by=by,
        made_at=at,
        content_hash=content_hash(procedure, values),
    )


@transaction.atomic
def approve(revision: SopRevision, *, by: Person, at: datetime, exception: str = "") -> SopRevision:
    """Put a draft in force from its date. Only the owner approves; not one's own without a written exception."""
    rows = SopRevision.objects.filter(pk=revision.pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    revision = rows.get()
    if revision.stage != SopRevision.Stage.DRAFT:
        raise Refused(_("Revisi ini sudah %(stage)s.") % {"stage": revision.get_stage_display()})
    if not roles.is_owner(by):
        raise Refused(_("Revisi SOP disetujui oleh pemilik."))
    if revision.made_by_id == by.pk and not exception:
        raise Refused(
            _("Anda membuat revisi ini sendiri; tulis alasan mengapa tidak ada orang lain."),
            field="exception",
        )
    if revision.effective_on < clock.day(at, revision.unit.zone if revision.unit else "Asia/Jakarta"):
        raise Refused(_("Tanggal mulai berlaku sudah lewat."), field="effective_on")
    revision.stage = SopRevision.Stage.APPROVED
    revision.approved_by, revision.approved_at, revision.exception = by, at, exception
    with constraints.named(), transaction.atomic():
        revision.save()
    if revision.unit_id is None:
        _carry_over(revision, by=by, at=at)
    return revision


def _carry_over(revision: SopRevision, *, by: Person, at: datetime) -> None:
    """Units with numbers of their own keep them under the company's new revision."""
    procedure = registry.by_code(revision.procedure)
    assert procedure is not None
    own = SopRevision.objects.filter(
        procedure=revision.procedure, unit__isnull=False, stage=SopRevision.Stage.APPROVED
    ).order_by("unit_id", "-effective_on", "-revision")
    seen: set[int] = set()
    for former in own.select_related("unit"):
        if former.unit_id in seen or not former.changed:
            continue
        seen.add(former.unit_id)  # type: ignore[arg-type]
        _issue_for_unit(procedure, former.unit, {**revision.values, **former.changed}, former.changed,
                        by=by, at=at, on=revision.effective_on, reason=revision.reason)  # fmt: skip


def set_unit_values(
    procedure_code: str, unit: Unit, values: Mapping[str, Any], *, by: Person, at: datetime, reason: str
) -> SopRevision:
    """Put a unit's own numbers in force today, by the owner's own hand (imports, first setting up).

    Returns the revision in force; makes none when nothing changes. Raises `Refused`.
    """
    procedure = registry.by_code(procedure_code)
    assert procedure is not None, procedure_code
    if not roles.is_owner(by):
        raise Refused(_("Ketentuan unit ditetapkan oleh pemilik."))
    now = in_force(procedure, unit, at=at)
    own = now.changed if now.unit_id else {}
    changed = {**own, **{name: _checked(procedure, name, value) for name, value in values.items()}}
    if all(now.values.get(name) == value for name, value in changed.items()):
        return now
    base = in_force(procedure, None, at=at).values
    return _issue_for_unit(procedure, unit, {**base, **changed}, changed, by=by, at=at,
                           on=clock.day(at, unit.zone), reason=reason)  # fmt: skip


@transaction.atomic
def _issue_for_unit(
    procedure: Procedure, unit: Unit | None, values: Mapping[str, Any], changed: Mapping[str, Any], *,
    by: Person, at: datetime, on: date, reason: str,
) -> SopRevision:  # fmt: skip
    former = SopRevision.objects.filter(procedure=procedure.code, unit=unit)
    former.filter(stage=SopRevision.Stage.APPROVED, effective_on=on).update(
        stage=SopRevision.Stage.WITHDRAWN, reason=F("reason")
    )
    last = former.aggregate(last=Max("revision"))["last"]
    return SopRevision.objects.create(
        procedure=procedure.code, unit=unit, revision=0 if last is None else last + 1,
        document_number=procedure.sop.number, effective_on=on, stage=SopRevision.Stage.APPROVED,
        values=dict(values), changed=dict(changed), reason=reason, made_by=by, made_at=at,
        approved_by=by, approved_at=at, exception=_("Ditetapkan langsung oleh pemilik."),
        content_hash=content_hash(procedure, values),
    )  # fmt: skip


def _checked(procedure: Procedure, name: str, value: Any) -> Any:
    field = next((field for field in procedure.policy_fields() if field.name == name), None)
    assert field is not None, f"{procedure.code} has no policy value {name}"
    low, high = field.metadata["low"], field.metadata["high"]
    if not isinstance(value, type(field.default)):
        raise Refused(_("%(label)s: nilai tidak dikenali.") % {"label": field.metadata["label"]}, field=name)
    if (low is not None and value < low) or (high is not None and value > high):
        raise Refused(
            _("%(label)s harus antara %(low)s dan %(high)s.")
            % {"label": field.metadata["label"], "low": low, "high": high},
            field=name,
        )
    return value
