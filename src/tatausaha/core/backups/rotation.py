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


def kept(names: Iterable[str], keep: Keep, now: datetime) -> set[str]:
    """The manifests that stay; always the newest, whatever its age."""
    ordered = sorted(names, key=moment_of, reverse=True)
    stay = set(ordered[:1])
    weeks: set[tuple[int, int]] = set()
    months: set[tuple[int, int]] = set()
    for name in ordered:
        at = moment_of(name)
        week, month = (at.isocalendar().year, at.isocalendar().week), (at.year, at.month)
        if at > now - timedelta(days=keep.days):
            stay.add(name)
        elif at > now - timedelta(days=keep.days + 7 * keep.weeks):
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
    epochs = {manifest.epoch for manifest in manifests}
    for name, _size in vault.place.names("tails"):
        recent = moment_of(name) > now - timedelta(days=keep.days)
        if not foreign and (not recent or name.split("/")[1] not in epochs):
            vault.place.delete(name)
    return len(names) - len(stay)
