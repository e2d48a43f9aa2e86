"""SOP revisions: which numbers rule a case, who made and who approved them (SYS-09).

A case keeps the revision under which it was begun. A revision for one unit stands before
the company's; it starts from the company's numbers and says only what it changes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock, words
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


def values_of_units(procedure: Procedure, units: Iterable[Unit], *, on: date) -> dict[int, Any]:
    """The policy in force on a day for each of the units, by the unit's id; one query for all of them."""
    wanted = [unit.pk for unit in units]
    ruling: dict[int | None, SopRevision] = {}
    for revision in _effective(procedure, on).filter(Q(unit__in=wanted) | Q(unit=None)):
        ruling.setdefault(revision.unit_id, revision)  # newest first
    common = typed(procedure, ruling[None].values if None in ruling else {})
    return {pk: typed(procedure, ruling[pk].values) if pk in ruling else common for pk in wanted}


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
    with translation.override("id"):  # the same, in whatever language it is approved
        table = [
            (
                step.name,
                step.sources,
                step.target,
                str(step.who.label),
                [
                    *sorted(step.apart.fields if step.apart else ()),
                    *(guard.__name__ for guard in step.guards),
                ],
            )
            for step in procedure.steps
        ]
    text = json.dumps([procedure.code, table, dict(values)], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def altered(*, on: date) -> list[SopRevision]:
    """Revisions in force of which the table, as it runs now, is not the one that was approved."""
    found: list[SopRevision] = []
    for procedure in registry.procedures():
        ruling: dict[int | None, SopRevision] = {}
        for revision in _effective(procedure, on):
            ruling.setdefault(revision.unit_id, revision)  # newest first
        found += [one for one in ruling.values() if one.content_hash != content_hash(procedure, one.values)]
    return found


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
    new = {name: _checked(procedure, name, value) for name, value in changed.items()}
    last = SopRevision.objects.filter(procedure=procedure.code, unit=unit).aggregate(last=Max("revision"))[
        "last"
    ]
    values = _standing_on(procedure, unit, new, on=effective_on)
    return SopRevision.objects.create(
        procedure=procedure.code,
        unit=unit,
        revision=0 if last is None else last + 1,
        document_number=procedure.sop.number,
        effective_on=effective_on,
        values=values,
        changed=new,
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
    procedure = registry.by_code(revision.procedure)
    assert procedure is not None
    revision.values = _standing_on(procedure, revision.unit, revision.changed, on=revision.effective_on)
    revision.content_hash = content_hash(procedure, revision.values)
    revision.stage = SopRevision.Stage.APPROVED
    revision.approved_by, revision.approved_at, revision.exception = by, at, exception
    with constraints.named(), transaction.atomic():
        revision.save()
    _follow(procedure, revision.unit, since=revision.effective_on, by=by, at=at, reason=revision.reason)
    return revision


@transaction.atomic
def drop(revision: SopRevision, *, by: Person, at: datetime) -> SopRevision:
    """Take a draft back for good: its maker, or the owner. The row stays, with who did it. Raises `Refused`."""
    revision = SopRevision.objects.select_for_update().get(pk=revision.pk)
    if revision.stage != SopRevision.Stage.DRAFT:
        raise Refused(_("Revisi ini sudah %(stage)s.") % {"stage": revision.get_stage_display()})
    if revision.made_by_id != by.pk and not roles.is_owner(by):
        raise Refused(_("Konsep revisi dibuang oleh pembuatnya atau oleh pemilik."))
    day = words.long_date(clock.day(at, revision.unit.zone if revision.unit else "Asia/Jakarta"))
    revision.stage = SopRevision.Stage.WITHDRAWN
    revision.exception = _("Dibuang oleh %(name)s, %(day)s.") % {"name": by.name, "day": day}
    revision.save(update_fields=["stage", "exception"])
    return revision


def _standing_on(
    procedure: Procedure, unit: Unit | None, changed: Mapping[str, Any], *, on: date
) -> dict[str, Any]:
    """All numbers of a revision that changes some, on top of whatever rules on its day by then.

    A unit keeps all that its own revisions have set so far; the rest is the company's.
    """
    base = _effective(procedure, on).filter(unit=None).first()
    values = asdict(typed(procedure, base.values if base else {}))
    for own in reversed(_effective(procedure, on).filter(unit=unit) if unit else ()):
        values |= own.changed
    return {**values, **changed}


def _follow(
    procedure: Procedure, unit: Unit | None, *, since: date, by: Person, at: datetime, reason: str
) -> None:
    """Let what begins on this day or later stand on what has just been put in force.

    Later revisions of the same unit keep their own numbers and take over the rest; units with
    numbers of their own follow every revision of the company.
    """
    approved = SopRevision.objects.filter(procedure=procedure.code, stage=SopRevision.Stage.APPROVED)
    if unit is None:
        for later in approved.filter(unit=None, effective_on__gt=since).order_by("effective_on"):
            before = _effective(procedure, later.effective_on).filter(unit=None).exclude(pk=later.pk).first()
            values = {**(before.values if before else {}), **later.changed}
            if values != later.values:
                _issue(
                    procedure, None, values, later.changed, by=by, at=at, on=later.effective_on, reason=reason
                )
    days = set(approved.filter(unit=None, effective_on__gte=since).values_list("effective_on", flat=True))
    owners = approved.filter(unit__isnull=False) if unit is None else approved.filter(unit=unit)
    for one in Unit.objects.filter(pk__in=owners.values("unit")).order_by("pk"):
        own_days = approved.filter(unit=one, effective_on__gte=since).values_list("effective_on", flat=True)
        for day in sorted(days | set(own_days)):
            _renew_own(procedure, one, day, by=by, at=at, reason=reason)


def _renew_own(procedure: Procedure, unit: Unit, day: date, *, by: Person, at: datetime, reason: str) -> None:
    """A unit's own numbers as they are to be from a day, where they are not so already."""
    ruling = _effective(procedure, day).filter(unit=unit).first()
    values = _standing_on(procedure, unit, {}, on=day)
    if ruling is not None and values != ruling.values:
        _issue(procedure, unit, values, {}, by=by, at=at, on=day, reason=reason)


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
    changed = {name: _checked(procedure, name, value) for name, value in values.items()}
    if all(now.values.get(name) == value for name, value in changed.items()):
        return now
    today = clock.day(at, unit.zone)
    made = _issue(procedure, unit, _standing_on(procedure, unit, changed, on=today), changed,
                  by=by, at=at, on=today, reason=reason)  # fmt: skip
    _follow(procedure, unit, since=today, by=by, at=at, reason=reason)
    return made


@transaction.atomic
def _issue(
    procedure: Procedure, unit: Unit | None, values: Mapping[str, Any], changed: Mapping[str, Any], *,
    by: Person, at: datetime, on: date, reason: str,
) -> SopRevision:  # fmt: skip
    former = SopRevision.objects.filter(procedure=procedure.code, unit=unit)
    same_day = former.filter(stage=SopRevision.Stage.APPROVED, effective_on=on)
    for replaced in list(same_day):
        changed = {**replaced.changed, **changed}
    same_day.update(stage=SopRevision.Stage.WITHDRAWN)
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
