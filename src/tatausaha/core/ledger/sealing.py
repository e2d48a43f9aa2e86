"""Closing a month: what is still open in it, and the versions of its report (KOS-15, KOS-18)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import audit, chain, months, periods, queries, store
from tatausaha.core.ledger.drafts import event_hash
from tatausaha.core.ledger.models import Account, Entry, Seal
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit


@dataclass(frozen=True)
class Open:
    """Something that is not finished in a month: a sentence, and a path to it where there is one."""

    sentence: str
    path: str = ""


Check = Callable[[Unit, int], list[Open]]
_checks: list[Check] = []


def register_check(check: Check) -> None:
    """Let an app tell what is unfinished in a month of a unit; called from its `apps.py`."""
    if check not in _checks:
        _checks.append(check)


Part = Callable[[Unit, int, datetime], object]
_parts: dict[str, Part] = {}


def register_part(name: str, part: Part) -> None:
    """Let a room above keep figures of its own with each version of a month, as plain JSON under that name."""
    _parts[name] = part


def _report(unit: Unit, ym: int, at: datetime) -> dict[str, Any]:
    """What a version keeps: the month from the books, and what the rooms above say of it now."""
    return queries.report_data(unit, ym) | {name: part(unit, ym, at) for name, part in _parts.items()}


def readiness(unit: Unit, ym: int) -> list[Open]:
    """What should be settled before the month is closed; it hinders nobody (rule 7)."""
    found = _clearing(unit, ym) + _below_zero(unit, ym)
    for check in _checks:
        found += check(unit, ym)
    return found


def _clearing(unit: Unit, ym: int) -> list[Open]:
    """Clearing accounts that are not even at the month's end, with the age of what stands there."""
    found = []
    for account in Account.objects.filter(is_clearing=True, is_detail=True).order_by("code"):
        left = queries.balance_at_month_end(str(account.pk), unit, ym)
        if not left:
            continue
        end = months.first_day(months.after(ym))
        since = _standing_since(account, unit, end)
        days = (end - since).days if since else 0
        said = {"account": account.name, "amount": rupiah(left * account.sign), "days": days}
        found.append(Open(str(_("%(account)s belum nol: %(amount)s, tertua %(days)d hari.") % said)))
    return found


def _standing_since(account: Account, unit: Unit, end: date) -> date | None:
    """The day since which the oldest part of a balance stands: per person, since it was last even."""
    days = Entry.objects.filter(account=account, unit=unit, book_on__lt=end).order_by("book_on")
    standing: dict[int | None, tuple[int, date]] = {}
    for party, on, amount in days.values_list("party", "book_on").annotate(net=Sum("amount")):
        was, since = standing.get(party, (0, on))
        now = was + amount
        standing[party] = (now, on if was == 0 or was * now < 0 else since)
    return min((since for now, since in standing.values() if now), default=None)


def _below_zero(unit: Unit, ym: int) -> list[Open]:
    """Bank accounts that ended the month overdrawn: allowed, but to be looked at (rule 9)."""
    return [
        Open(str(_("%(account)s minus: %(amount)s.") % {"account": one.name, "amount": rupiah(one.closing)}))
        for one in queries.trial_balance(unit, ym)
        if one.code.startswith("112") and one.closing < 0
    ]


def close_month(unit: Unit, ym: int, *, by: Person, at: datetime) -> Seal:
    """Keep the month's report as version 1; closed again it gives the newest version.

    For owner and manager of the unit, once the month is over. The lock of the month does not
    wait for it: the month has been the owner's alone since its last midnight. What was asked for
    before midnight and comes after the closing finds the month locked.
    """
    if not roles.has_role(by, unit, "manager"):
        raise Refused(_("Hanya pengelola dan pemilik yang dapat menutup bulan."))
    if ym >= months.of(periods.today(unit, at)):
        raise Refused(_("Bulan ini belum selesai."))
    with transaction.atomic():
        store.lock_units([unit.pk])
        periods.pass_on(unit, ym, at=at)
        if last := queries.latest_seal(unit, ym):
            return last
        report = _report(unit, ym, at)
        return _seal(unit, ym, report, version=1, difference=[], by=by, at=at, reason="")


def renew(unit: Unit, ym: int, *, by: Person | None, at: datetime, reason: str) -> Seal | None:
    """The next version of a closed month after it was changed, with what differs and why.

    Nothing for a month that was never closed. Called by the posting itself, in its transaction.
    """
    last = queries.latest_seal(unit, ym)
    if last is None:
        return None
    said = reason or str(_("Dicatat dengan izin pemilik."))
    report = _report(unit, ym, at)
    return _seal(
        unit,
        ym,
        report,
        version=last.version + 1,
        difference=difference(last.report, report),
        by=by,
        at=at,
        reason=said,
    )


def _seal(
    unit: Unit,
    ym: int,
    report: dict[str, Any],
    *,
    version: int,
    difference: list[dict[str, Any]],
    by: Person | None,
    at: datetime,
    reason: str,
) -> Seal:
    chain.forge()  # so that the head covers what this version is made of
    seal = Seal(
        unit=unit, ym=ym, version=version, head=chain.head(), report=report,
        difference=difference, reason=reason, by=by, at=at,
    )  # fmt: skip
    seal.digest = digest_of(seal)
    seal.save(force_insert=True)
    audit.record(
        "month.sealed",
        f"{unit.code} {ym} v{version}",
        by=by,
        at=at,
        unit=unit,
        after={"seal": seal.pk, "digest": seal.digest},
    )
    chain.forge_on_commit()
    return seal


def digest_of(seal: Seal) -> str:
    """The fingerprint of a version, which the chain covers through its event."""
    body = json.dumps([seal.report, seal.difference], sort_keys=True, cls=DjangoJSONEncoder)
    return event_hash(
        (seal.unit_id, seal.ym, seal.version, seal.head, body, seal.reason, seal.by_id, seal.at)
    )


def difference(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Accounts whose month changed between two versions: movement before and after, in rupiah."""
    old = {row["account"]: row for row in before["balances"]}
    new = {row["account"]: row for row in after["balances"]}
    changed = []
    for code in sorted(old.keys() | new.keys()):
        was, now = (rows[code]["debit"] - rows[code]["credit"] if code in rows else 0 for rows in (old, new))
        if was != now:
            name = (new.get(code) or old[code])["name"]
            changed.append({"account": code, "name": name, "before": was, "after": now})
    return changed
