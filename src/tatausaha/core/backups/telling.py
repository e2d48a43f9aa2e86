"""The owners hear of what did not go well: in their inbox and by e-mail, once a day for each place."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.core.backups.models import BackupRun
from tatausaha.core.notices.sentences import Note
from tatausaha.core.notices.services import tell_holders

PAGE = "/setelan/cadangan/"
FAILED = {
    BackupRun.Kind.BACKUP: _("Cadangan gagal"),
    BackupRun.Kind.DRILL: _("Uji pulih gagal"),
    BackupRun.Kind.EXPORT: _("Berkas ekspor gagal dibuat"),
}


def tell_of(runs: Iterable[BackupRun], at: datetime) -> None:
    """Tell of every run that failed."""
    for run in runs:
        if not run.ok:
            values = {"place": run.place, "reason": run.reason}
            note = Note(
                "backup", FAILED[BackupRun.Kind(run.kind)], "%(place)s: %(reason)s", values, link=PAGE
            )
            _tell(note, f"{run.kind}|{run.place[-60:]}", at)


def tell_behind(trouble: str, at: datetime) -> None:
    """Tell that what is written now would be lost."""
    note = Note("backup", _("Cadangan tertinggal"), "%(trouble)s", {"trouble": trouble}, link=PAGE)
    _tell(note, "backup|behind", at)


def _tell(note: Note, what: str, at: datetime) -> None:
    tell_holders(None, "owner", note=note, key=f"{what}|{at:%Y-%m-%d}", at=at)
