"""How the backups stand, as the owner sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tatausaha.core.backups import crypt, places, state
from tatausaha.core.backups.models import BackupAsk, BackupRun, KeyKept
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.parts import Tone

LATE = timedelta(hours=30)
"""After that the nightly backup did not come."""
DRILL_EVERY = timedelta(days=7)
DRILL_LATE = timedelta(days=10)
FOLLOW_LATE = timedelta(minutes=15)
"""After that the second by second protection stands still."""


@dataclass(frozen=True)
class Light:
    """The whole in one line: a tone, what it says, and what to do when it is not good."""

    tone: Tone
    text: str
    next: str = ""


@dataclass(frozen=True)
class AtPlace:
    """One place: its last backup, the last that went well, and the same of drills."""

    address: str
    label: str
    last: BackupRun | None
    good: BackupRun | None
    drill: BackupRun | None
    good_drill: BackupRun | None

    @property
    def same_disk(self) -> bool:
        """Whether it would be lost together with the data."""
        return places.on_same_disk(self.address)


def at_places() -> list[AtPlace]:
    """Every place in force, in two queries."""
    newest = BackupRun.objects.values("kind", "place", "ok").annotate(newest=Max("pk")).order_by()
    runs = BackupRun.objects.in_bulk([row["newest"] for row in newest])
    found: dict[tuple[str, str], BackupRun] = {}
    good = {(run.kind, run.place): run for run in runs.values() if run.ok}
    for _pk, run in sorted(runs.items()):
        found[run.kind, run.place] = run
    backup, drill = BackupRun.Kind.BACKUP, BackupRun.Kind.DRILL
    return [
        AtPlace(
            address, label, found.get((backup, label)), good.get((backup, label)),
            found.get((drill, label)), good.get((drill, label)),
        )
        for address in places.addresses()
        for label in [places.label_of(address)]
    ]  # fmt: skip


def waiting(kind: str) -> BackupAsk | None:
    """The last request by a page for one of a kind, while it was not answered."""
    asked = BackupAsk.objects.filter(kind=kind).order_by("pk").last()
    if asked is None or BackupRun.objects.filter(kind=kind, began_at__gte=asked.at).exists():
        return None
    return asked


def last_export(*, ok: bool | None = None) -> BackupRun | None:
    """The last export file that was tried, or the last that was made."""
    tried = BackupRun.objects.filter(kind=BackupRun.Kind.EXPORT)
    return (tried if ok is None else tried.filter(ok=ok)).order_by("pk").last()


def light(found: Sequence[AtPlace], *, at: datetime, zone: str) -> Light:
    """The worst of all places; green only when the last backup and the last drill went well and in time."""
    if not found:
        return Light(
            Tone.LATE, _("Cadangan dimatikan."),
            _("Hapus TATAUSAHA_BACKUP=off dari setelan komputer ini, lalu jalankan lagi Tatausaha."),
        )  # fmt: skip
    lights = [_of_place(one, at, zone) for one in found]
    return min(lights, key=lambda one: [Tone.LATE, Tone.SOON, Tone.DONE].index(one.tone))


def _of_place(one: AtPlace, at: datetime, zone: str) -> Light:
    if found := _of_backup(one, at, zone) or _of_drill(one, at, zone):
        return found
    assert one.good is not None
    assert one.good_drill is not None
    return Light(
        Tone.DONE,
        _("Cadangan terakhir %(when)s, uji pulih %(ago)s OK.")
        % {
            "when": words.moment(one.good.finished_at, zone),
            "ago": _ago(one.good_drill.finished_at, at, zone),
        },
    )


def _of_backup(one: AtPlace, at: datetime, zone: str) -> Light | None:
    """What is wrong with the backups of a place."""
    if one.last is not None and not one.last.ok:
        return Light(
            Tone.LATE,
            _("Cadangan terakhir gagal. %(reason)s") % {"reason": one.last.reason},
            _("Perbaiki sebabnya, lalu tekan Cadangkan sekarang."),
        )
    if one.good is None:
        return Light(
            Tone.SOON,
            _("Cadangan pertama dibuat sendiri beberapa menit setelah sistem berjalan."),
            _("Tidak perlu menunggu: tekan Cadangkan sekarang."),
        )
    if at - one.good.finished_at > LATE:
        when = words.moment(one.good.finished_at, zone)
        return Light(
            Tone.LATE,
            _("Cadangan terakhir sudah lama: %(when)s.") % {"when": when},
            _("Periksa apakah komputernya menyala setiap malam, lalu tekan Cadangkan sekarang."),
        )
    if trouble := standstill(at):
        restart = _("Mulai lagi Tatausaha; bila tetap merah, tekan Cadangkan sekarang.")
        return Light(Tone.LATE, trouble, restart)
    return None


def _of_drill(one: AtPlace, at: datetime, zone: str) -> Light | None:
    """What is wrong with the drills of a place whose backups are in order."""
    assert one.good is not None
    if one.drill is not None and not one.drill.ok:
        return Light(
            Tone.LATE,
            _("Uji pulih terakhir gagal. %(reason)s") % {"reason": one.drill.reason},
            _("Tekan Cadangkan sekarang, lalu Uji pulih sekarang."),
        )
    when = words.moment(one.good.finished_at, zone)
    again = _("Tekan Uji pulih sekarang.")
    if one.good_drill is None:
        said = _("Cadangan terakhir %(when)s, belum pernah diuji pulih.") % {"when": when}
        return Light(Tone.SOON, said, again)
    age = at - one.good_drill.finished_at
    if age > DRILL_LATE:
        said = _("Cadangan terakhir %(when)s, uji pulih %(ago)s.") % {
            "when": when,
            "ago": _ago(one.good_drill.finished_at, at, zone),
        }
        return Light(Tone.LATE, said, again)
    return None


def _ago(moment: datetime, at: datetime, zone: str) -> str:
    """How many nights ago, by the calendar of the zone: what was late yesterday is not today."""
    days = (clock.day(at, zone) - clock.day(moment, zone)).days
    if days <= 0:
        return _("hari ini")
    return ngettext("%(n)d hari lalu", "%(n)d hari lalu", days) % {"n": days}


def standstill(at: datetime) -> str:
    """Why what is written now would be lost until the next backup; empty when it would not, or nobody here knows."""
    remembered = state.load()
    if not remembered.followed_at:
        return ""
    behind = at - clock.offset() - datetime.fromisoformat(remembered.followed_at)
    if behind <= FOLLOW_LATE:
        return ""
    said = _("Perubahan sejak %(span)s lalu belum ikut dicadangkan.") % {"span": words.span(behind)}
    return f"{said} {remembered.trouble}".strip()


def protected_until(at: datetime) -> datetime | None:
    """The company's moment up to which everything can be restored, as far as this machine knows."""
    remembered = state.load()
    if not remembered.followed_at:
        return None
    return min(datetime.fromisoformat(remembered.followed_at) + clock.offset(), at)


def runs() -> QuerySet[BackupRun]:
    """Everything that was done, newest first."""
    return BackupRun.objects.order_by("-finished_at", "-pk")


def key_kept() -> KeyKept | None:
    """Whether the owner has the key of today outside this machine."""
    if not crypt.key_file().exists():
        return None
    return KeyKept.objects.filter(mark=crypt.own_key().mark).order_by("at").last()
