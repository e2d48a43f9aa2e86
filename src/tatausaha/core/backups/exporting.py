"""The export file that the owner makes and fetches by a page: one is kept, for a week.

It lies in a private folder of the home which no backup takes along: it can be made again at any time.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.backups import export, places, queries
from tatausaha.core.backups.models import BackupRun
from tatausaha.core.backups.services import Now

KEPT = timedelta(days=7)
OURS = ("tatausaha-*.zip", ".tatausaha-*.zip.*")
"""What this module writes there: files, and what a killed process left half done."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Export:
    """A file that can be fetched until a moment."""

    run: BackupRun
    path: Path
    until: datetime


def folder() -> Path:
    """Where the file lies."""
    return Path(settings.HOME) / "export"


def newest(at: datetime) -> Export | None:
    """The last file that was made, while it is kept and there."""
    run = queries.last_export(ok=True)
    if run is None or at >= run.finished_at + KEPT:
        return None
    path = folder() / run.backup
    return Export(run, path, run.finished_at + KEPT) if path.is_file() else None


def make(*, now: Now) -> BackupRun:
    """Make the file, and write down what came of it; the one before goes once the new one is there."""
    began = now()
    target = folder() / f"tatausaha-{began:%Y%m%d-%H%M%S}.zip"
    try:
        tidy(began)
        rows, files = export.write_to(places.private(folder()) / target.name)
        size = target.stat().st_size
    except (OSError, DatabaseError) as no:
        log.warning("the export file failed: %s", no)
        return _write_down(began, now, reason=_sentence(no))
    run = _write_down(began, now, backup=target.name, size=size, files=files, figures={"rows": rows})
    tidy(run.finished_at)
    return run


def _sentence(no: Exception) -> str:
    if isinstance(no, OSError):
        return places.said(no, str(folder()))
    return _("Basis data tidak menjawab. Coba lagi; bila tetap gagal, panggil orang yang memasang Tatausaha.")


@transaction.atomic
def _write_down(began: datetime, now: Now, **found: object) -> BackupRun:
    return BackupRun.objects.create(
        kind=BackupRun.Kind.EXPORT, place=str(folder()), began_at=began, finished_at=max(now(), began),
        ok="reason" not in found, **found,
    )  # fmt: skip


def tidy(at: datetime) -> None:
    """Remove every file but the newest, and that one too after a week."""
    found = newest(at)
    for pattern in OURS:
        for file in folder().glob(pattern):
            if found is None or file != found.path:
                file.unlink(missing_ok=True)
