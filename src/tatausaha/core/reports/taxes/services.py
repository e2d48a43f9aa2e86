"""What the owner does about taxes: says what the company is, adds a rule, writes a deposit down, takes it back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import audit, chain, chart, months
from tatausaha.core.ledger.models import Account, Journal
from tatausaha.core.ledger.services import Draft, Line, post_many, reverse
from tatausaha.core.people import roles
from tatausaha.core.people.models import Company, Person, Unit
from tatausaha.core.procedures import constraints
from tatausaha.core.reports import calendar, queries
from tatausaha.core.reports.models import LocalTaxRate, TaxDeposit, TaxOutside, TaxProfile, TaxRule
from tatausaha.core.reports.taxes import years

EXPENSE, OWED = "71101", "25101"
SOURCE = "reports.taxdeposit"
"""The cause that journals of deposits name."""


def _owner(by: Person) -> None:
    if not roles.is_owner(by):
        raise Refused(_("Pajak diatur dan disetor oleh pemilik."))


@transaction.atomic
def set_profile(*, from_year: int, by: Person, at: datetime, **said: Any) -> TaxProfile:
    """Say what the company is for its taxes from a calendar year on; said again for a year, it replaces."""
    _owner(by)
    today = clock.day(at, Company.objects.get().zone)
    if from_year > today.year + 1:
        raise Refused(_("Paling akhir tahun depan."), field="from_year")
    if said["tracked_from"] > months.after(months.of(today)):
        raise Refused(_("Paling akhir bulan depan."), field="tracked_from")
    if said["first_year"] > from_year:
        raise Refused(_("Tahun pertama tidak boleh sesudah tahun mulai berlaku."), field="first_year")
    before = TaxProfile.objects.filter(from_year=from_year).values(*said).first()
    profile, _made = TaxProfile.objects.update_or_create(
        from_year=from_year, defaults={**said, "set_by": by, "set_at": at}
    )
    audit.record("tax.profile", f"tax {from_year}", by=by, at=at, before=before, after=said)
    chain.forge_on_commit()
    return profile


@transaction.atomic
def set_outside(accounts: Iterable[int], *, by: Person, at: datetime) -> None:
    """Which accounts of income do not belong to the turnover on which tax is due."""
    _owner(by)
    before, wanted = set(TaxOutside.objects.values_list("account_id", flat=True)), set(accounts)
    if before == wanted:
        return
    TaxOutside.objects.exclude(account__in=wanted).delete()
    TaxOutside.objects.bulk_create(TaxOutside(account_id=pk) for pk in sorted(wanted - before))
    audit.record(
        "tax.outside",
        "tax",
        by=by,
        at=at,
        before={"accounts": sorted(before)},
        after={"accounts": sorted(wanted)},
    )
    chain.forge_on_commit()


def add_rule(*, tax: str, legal_form: str, starts_on: date, by: Person, at: datetime, **law: Any) -> TaxRule:
    """A new law: the rule in force until then ends the day before. Raises `Refused` where one stands later already."""
    _owner(by)
    with constraints.named(), transaction.atomic():
        running = TaxRule.objects.filter(
            tax=tax, legal_form=legal_form, ends_on=None, starts_on__lt=starts_on
        )
        running.update(ends_on=starts_on - timedelta(days=1))
        rule = TaxRule.objects.create(tax=tax, legal_form=legal_form, starts_on=starts_on, **law)
        after = {"tax": tax, "form": legal_form, "from": starts_on.isoformat(), "rate": rule.rate}
        audit.record("tax.rule", f"tax rule {rule.pk}", by=by, at=at, after=after)
        chain.forge_on_commit()
    return rule


@transaction.atomic
def set_local_rate(unit: Unit, *, from_ym: int, rate: int, by: Person, at: datetime) -> LocalTaxRate:
    """The local tax of a unit from a month on, in hundredths of a per cent; 0 ends it."""
    _owner(by)
    row, _made = LocalTaxRate.objects.update_or_create(
        unit=unit, from_ym=from_ym, defaults={"rate": rate, "set_by": by, "set_at": at}
    )
    audit.record(
        "tax.local", f"{unit.code} {from_ym}", by=by, at=at, unit=unit, after={"from": from_ym, "rate": rate}
    )
    chain.forge_on_commit()
    return row


def deposit(
    *, ym: int, amount: int, paid_on: date, ntpn: str, unit: Unit, account: Account, by: Person, at: datetime
) -> TaxDeposit:  # fmt: skip
    """Write down that tax of a month was paid to the state, and book it (KOS-15).

    Two journals: each unit owes its part by turnover (PPh final to tax owed), then the bank account
    of one unit pays for all of them. Sent twice, the first deposit is returned. Raises `Refused` for
    a day ahead, a month in which no final tax is due, and a number that stands already.
    """
    _owner(by)
    today = clock.day(at, Company.objects.get().zone)
    if paid_on > today:
        raise Refused(_("Tanggal ini belum tiba."), field="paid_on")
    told = years.of(ym // 100, at=at)
    if told.why_not:
        raise Refused(told.why_not)
    month = next((one for one in told.months if one.ym == ym), None)
    if month is None or paid_on < months.first_day(ym):
        raise Refused(_("Setoran dicatat setelah bulannya mulai."), field="paid_on")
    same = {"ym": ym, "amount": amount, "paid_on": paid_on, "ntpn": ntpn, "unit": unit, "account": account}
    if done := TaxDeposit.objects.filter(**same, cancelled_at=None).first():
        return done
    with constraints.named(), transaction.atomic():
        made = TaxDeposit.objects.create(**same, by=by, at=at)
        post_many(_drafts(made, years.shares(told, ym, amount), today), by=by, at=at)
    return made


def _drafts(made: TaxDeposit, parts: dict[int, int], today: date) -> list[Draft]:
    """What each unit owes, of the month it is for; and the payment, each unit's part between the units."""
    known = {one.pk: one for one in queries.all_units()}
    owed = [(known.get(pk, made.unit), part) for pk, part in parts.items() if part]
    said = {"month": calendar.said(made.ym), "ntpn": made.ntpn}
    last = months.first_day(months.after(made.ym)) - timedelta(days=1)
    cost = [
        Line(account, sign * part, unit=unit)
        for unit, part in owed
        for account, sign in ((EXPENSE, 1), (OWED, -1))
    ]
    paid = [Line(OWED, part, unit=unit) for unit, part in owed]
    for unit, part in owed:
        if unit != made.unit:
            paid += [
                Line(chart.BETWEEN_UNITS, -part, unit=unit),
                Line(chart.BETWEEN_UNITS, part, unit=made.unit),
            ]
    paid.append(Line(str(made.account_id), -made.amount, unit=made.unit))
    key = f"{made.unit.pk}|tax|{made.pk}"
    return [
        Draft(
            key=f"{key}|owed|0", unit=made.unit, kind="tax", lines=tuple(cost), event_on=min(last, today),
            source=(SOURCE, made.pk), memo=_("PPh final %(month)s") % said,
        ),
        Draft(
            key=f"{key}|paid|0", unit=made.unit, kind="tax_paid", lines=tuple(paid), event_on=made.paid_on,
            source=(SOURCE, made.pk), memo=_("Setoran PPh final %(month)s, NTPN %(ntpn)s") % said,
        ),
    ]  # fmt: skip


@transaction.atomic
def cancel(made: TaxDeposit, *, reason: str, by: Person, at: datetime) -> TaxDeposit:
    """Take a deposit back that was written down wrongly: its journals are reversed today, once, with the reason."""
    _owner(by)
    held = TaxDeposit.objects.select_for_update().get(pk=made.pk)
    if held.cancelled_at is not None:
        raise Refused(_("Setoran ini sudah dibatalkan."))
    for journal in Journal.objects.filter(source_type=SOURCE, source_id=held.pk, reverses=None).order_by(
        "-pk"
    ):
        reverse(journal, by=by, at=at, reason=reason)
    held.cancelled_by, held.cancelled_at, held.reason = by, at, reason
    held.save(update_fields=["cancelled_by", "cancelled_at", "reason"])
    return held
