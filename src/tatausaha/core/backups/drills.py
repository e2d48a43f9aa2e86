"""The restore drill: the last backup is built again in a scratch folder, and compared with what is alive.

A backup that was never restored is a hope. The drill runs by itself, and its day stands on the owner's page.
"""

import shutil
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.backups import figures, places, restoring, scratch, services, state
from tatausaha.core.backups.crypt import digest_of, own_key
from tatausaha.core.backups.models import BackupRun
from tatausaha.core.backups.places import spool
from tatausaha.core.backups.services import Now
from tatausaha.core.backups.vault import Damaged, Vault
from tatausaha.core.kernel.errors import Refused


def drill(*, now: Now) -> list[BackupRun]:
    """Restore the newest state of every place, compare, and write down what came of it.

    Raises `Refused` when backups are switched off.
    """
    if not places.addresses():
        raise Refused(_("Cadangan dimatikan (TATAUSAHA_BACKUP=off), jadi tidak ada yang dapat diuji."))
    return [_drilled(address, now) for address in places.addresses()]


def _drilled(address: str, now: Now) -> BackupRun:
    began, clock_began = now(), time.monotonic()
    folder = scratch.folder("drill")
    try:
        place = places.place_of(address)
        vault = Vault(place, own_key(), spool() / "scratch")
        backup, found, wrong = _compared(vault, folder)
        found["seconds"] = round(time.monotonic() - clock_began)
        reason = " ".join(wrong[:3])
    except Damaged as no:
        services.distrust(places.label_of(address), no.name)
        backup, found, reason = "", {}, str(no)
    except (Refused, OSError) as no:
        backup, found, reason = "", {}, str(no)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _write_down(address, began, now, backup, found, reason)


@transaction.atomic
def _write_down(
    address: str, began: datetime, now: Now, backup: str, found: dict[str, int], reason: str
) -> BackupRun:
    return BackupRun.objects.create(
        kind=BackupRun.Kind.DRILL, place=places.label_of(address), began_at=began, finished_at=max(now(), began),
        ok=not reason, reason=reason, backup=backup, files=found.pop("files", 0), figures=found,
    )  # fmt: skip


def _compared(vault: Vault, folder: Path) -> tuple[str, dict[str, int], list[str]]:
    """The backup, how much was compared, and what differs."""
    before = state.load().at(vault.place.label)
    opened = restoring.fetch(vault, restoring.newest(vault), folder, until=None, tails=True)
    wrong = []
    if not _is_all(opened, before, vault.place.label):
        wrong.append(
            _("Yang terakhir dibawa ke %(place)s tidak ada lagi di sana.") % {"place": vault.place.label}
        )
    for path, kept in opened.files.items():
        living = Path(settings.MEDIA_ROOT) / path.removeprefix("files/")
        same_day = living.is_file() and living.stat().st_mtime_ns == kept.mtime_ns
        if path.startswith("files/") and same_day and digest_of(living) != kept.digest:
            wrong.append(
                _("Berkas %(name)s di cadangan tidak sama dengan yang ada di sini.") % {"name": path}
            )
    with restoring.rebuilt(opened, folder, None) as found:
        with figures.asking(found) as ask:
            counted, differs = figures.compare(ask)
            migrate = not figures.is_as_new(ask)
        wrong += [*differs, *figures.verified(folder, found, migrate=migrate)]
    return opened.manifest.id, {**counted, "files": len(opened.files)}, wrong


def _is_all(opened: restoring.Opened, before: state.AtPlace, label: str) -> bool:
    """Whether everything was there that this machine brought; a backup may have ended meanwhile."""
    if not before.epoch or opened.manifest.epoch == before.epoch:
        return opened.seq >= before.seq
    with state.alone(patience=services.PATIENCE):  # it may lie there, and not be remembered yet
        return opened.manifest.epoch == state.load().at(label).epoch
