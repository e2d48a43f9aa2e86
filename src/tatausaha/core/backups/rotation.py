"""Which backups stay: all of the last days, one of each week after that, one of each month after that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from tatausaha.core.backups.vault import Vault, moment_of
from tatausaha.core.kernel.errors import Refused


@dataclass(frozen=True)
class Keep:
    """How many days, weeks and months."""

    days: int
    weeks: int
    months: int


def in_force() -> Keep:
    """The rule as it is set; `Refused` when it cannot be read."""
    parts = settings.BACKUP_KEEP.split(",")
    if len(parts) != 3 or not all(part.strip().isdigit() for part in parts) or int(parts[0]) < 1:
        raise Refused(_("TATAUSAHA_BACKUP_KEEP ditulis sebagai hari,minggu,bulan, misalnya 7,5,12."))
    return Keep(*(int(part) for part in parts))


def reaching(names: Iterable[str], edge: datetime) -> list[str]:
    """The manifests from which any moment since the edge is reached: those after it, and the last one before."""
    ordered = sorted(names, reverse=True)
    after = [name for name in ordered if moment_of(name) > edge]
    return ordered[: len(after) + 1]


def kept(names: Iterable[str], keep: Keep, now: datetime) -> set[str]:
    """The manifests that stay; always the newest, whatever its age."""
    ordered = sorted(names, reverse=True)
    stay = set(reaching(ordered, now - timedelta(days=keep.days)))
    weeks: set[tuple[int, int]] = set()
    months: set[tuple[int, int]] = set()
    for name in ordered:
        at = moment_of(name)
        week, month = (at.isocalendar().year, at.isocalendar().week), (at.year, at.month)
        if at > now - timedelta(days=keep.days):
            continue
        if at > now - timedelta(days=keep.days + 7 * keep.weeks):
            if week not in weeks:
                stay.add(name)
            weeks.add(week)
        elif len(months) < keep.months or month in months:
            if month not in months:
                stay.add(name)
            months.add(month)
    return stay


def rotate(vault: Vault, keep: Keep, now: datetime) -> int:
    """Remove what no backup that stays needs; how many manifests went.

    Manifests go first: whoever is killed in between leaves files that nobody names, never a
    manifest that names what is gone. Every manifest that stays is read before anything is removed.
    """
    names = vault.manifests()
    stay = kept(names, keep, now)
    manifests = [vault.manifest(name) for name in sorted(stay)]
    needed = {one.object for manifest in manifests for one in (*manifest.pieces, *manifest.files)}
    for name in set(names) - stay:
        vault.place.delete(name)
    foreign = vault.has_foreign()  # what others need is not ours to know
    for name, _size in vault.place.names("objects"):
        if name not in needed and not foreign:
            vault.place.delete(name)
    recent = {name.split("-")[1] for name in reaching(stay, now - timedelta(days=keep.days))}
    for name, _size in vault.place.names("tails"):
        if name.split("/")[1] not in recent and not foreign:  # an epoch's tails stay or go together
            vault.place.delete(name)
    return len(names) - len(stay)
