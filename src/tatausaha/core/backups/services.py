"""Makes backups and keeps them up to the present, second by second."""

import logging
import shutil
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from tatausaha.core.backups import places, queries, rotation, sources, state
from tatausaha.core.backups.crypt import digest_of, own_key
from tatausaha.core.backups.engines.base import Engine, Lost, Piece
from tatausaha.core.backups.models import BackupAsk, BackupRun, KeyKept
from tatausaha.core.backups.places import Place, spool
from tatausaha.core.backups.state import AtPlace, State
from tatausaha.core.backups.vault import Kept, Manifest, Tail, Vault, link, stamp
from tatausaha.core.kernel import clock, ids
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person

Now = Callable[[], datetime]
PATIENCE = 600.0
"""Seconds that somebody who asks for a backup waits for the one in hand."""
TRIES = 3

log = logging.getLogger(__name__)
_engine: dict[str, Engine] = {}


def engine_here() -> Engine:
    """The engine of this process, which may have a program running beside it."""
    found = sources.engine()
    return _engine.setdefault(f"{spool()} {found.kind}", found)


def rest() -> None:
    """End what runs beside us."""
    for one in _engine.values():
        one.rest()
    _engine.clear()


def machine(now: Now) -> datetime:
    """The machine's own moment, without the time machine: what engines write down."""
    return now() - clock.offset()


def epochs() -> Path:
    """Where the pieces of epochs lie until they are sealed."""
    return spool() / "epochs"


def back_up(*, now: Now, patience: float = PATIENCE) -> list[BackupRun]:
    """Make a whole backup in every place; one record for each, also for those that failed.

    Nobody is stopped meanwhile. Raises `Busy`, and `Refused` when there is no place at all.
    """
    addresses = places.addresses()
    with state.alone(patience=patience):
        remembered, began = state.load(), now()
        try:
            with suppress(Refused):
                _follow_all(remembered, now)  # the last moments of the epoch that ends
            _begin(remembered, now)
        except (Refused, OSError) as no:
            return [_write_down(one, began=began, now=now, reason=_sentence(no)) for one in addresses]
        return _bring(now)


def _bring(now: Now) -> list[BackupRun]:
    """The epoch that just began to every place where it is not yet; one record for each."""
    known = state.load()
    missing = [one for one in places.addresses() if known.at(places.label_of(one)).epoch != known.epoch]
    runs = [_recorded(address, began=now(), now=now) for address in missing]
    remembered = state.load()
    remembered.unbrought = False
    with suppress(OSError):  # the records say it already
        state.save(remembered)
    return runs


def _begin(remembered: State, now: Now) -> None:
    """Begin a new epoch, and forget the former ones here. One that fails leaves nothing on a disk that may be full."""
    epoch = _epoch(machine(now))
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, epochs() / epoch, ignore_errors=True)
        engine_here().begin(epochs() / epoch)
        remembered.epoch, remembered.since, remembered.unbrought = epoch, machine(now).isoformat(), True
        state.save(remembered)
        undo.pop_all()
    for folder in epochs().iterdir():
        if folder.name != epoch:
            shutil.rmtree(folder, ignore_errors=True)


def _epoch(at: datetime) -> str:
    """A name for the epoch that begins; of two in one second the later comes later in order."""
    return f"{int(at.timestamp() * 1000):011x}{ids.token()[:4].lower()}"


def _recorded(address: str, *, began: datetime, now: Now) -> BackupRun:
    try:
        place = places.place_of(address)
        manifest, digest, size = _complete(place, now)
        rotation.rotate(_vault(place), rotation.in_force(), machine(now))
    except (Refused, OSError) as no:
        log.warning("backup to %s failed: %s", places.label_of(address), no)
        return _write_down(address, began=began, now=now, reason=_sentence(no))
    return _write_down(
        address, began=began, now=now, backup=manifest.id, digest=digest, size=size, files=len(manifest.files)
    )


def _sentence(no: Exception) -> str:
    if isinstance(no, OSError):
        return places.said(no, no.filename or str(spool()))
    return str(no)


@transaction.atomic
def _write_down(address: str, *, began: datetime, now: Now, **found: object) -> BackupRun:
    return BackupRun.objects.create(
        kind=BackupRun.Kind.BACKUP, place=places.label_of(address), began_at=began, finished_at=max(now(), began),
        ok="reason" not in found, **found,
    )  # fmt: skip


def _vault(place: Place) -> Vault:
    return Vault(place, own_key(), spool() / "scratch")


def _complete(place: Place, now: Now) -> tuple[Manifest, str, int]:
    """Bring the whole epoch and every file to a place; the manifest last."""
    remembered, vault = state.load(), _vault(place)
    here = remembered.at(place.label)
    place.clear()
    sizes = dict(vault.place.names("objects"))
    known = set(sizes) - set(here.distrust)
    pieces = engine_here().pieces(epochs() / remembered.epoch)
    fresh = AtPlace(epoch=remembered.epoch, pieces={one.name: one.state() for one in pieces})
    base = tuple(vault.put_object(one.path, path=one.name, known=known, squeeze=one.loose) for one in pieces)
    for path, source in sources.files().items():
        with suppress(FileNotFoundError):  # somebody removed it just now
            fresh.files[path] = sources.state_of(source)
            fresh.known[path] = _put_file(vault, path, source, here.known.get(path), known)
    at = machine(now)
    manifest = Manifest(
        id=f"{stamp(at)}-{remembered.epoch}-{vault.key.mark}", epoch=remembered.epoch, at=at,
        since=datetime.fromisoformat(remembered.since), facts=engine_here().facts(),
        pieces=base, files=tuple(fresh.known.values()),
    )  # fmt: skip
    digest, size = vault.put_manifest(manifest)
    remembered.places[place.label] = fresh
    remembered.followed_at, remembered.trouble = at.isoformat(), ""
    state.save(remembered)
    sizes |= dict(vault.place.names("objects"))
    used = {one.object for one in (*manifest.pieces, *manifest.files)}
    return manifest, digest, size + sum(sizes[name] for name in used)


def _put_file(vault: Vault, path: str, source: Path, before: Kept | None, known: set[str]) -> Kept:
    """Seal a file unless it is there; again when somebody wrote to it meanwhile."""
    for _turn in range(TRIES):
        found = sources.state_of(source)
        if before is not None and [before.size, before.mtime_ns] == found and before.object in known:
            return before
        kept = vault.put_object(source, path=path, known=known)
        if sources.state_of(source) == found:
            return kept
    return vault.put_object(sources.still(source, spool() / "still" / "one"), path=path, known=known)


def follow(*, now: Now) -> bool:
    """Bring what happened since the last look to every place; whether there is an epoch to follow.

    Nothing new writes nothing; where what was caught does not go on, or grew large, a new epoch begins, which
    is one more backup. Raises `Refused` with the sentence of the first place that failed.
    """
    with state.alone():
        remembered = state.load()
        folder = epochs() / remembered.epoch
        if not remembered.epoch or not folder.is_dir():
            return False
        try:
            if not _goes_on(remembered, now) or engine_here().grown(folder):
                _begin(remembered, now)
                _bring(now)
            elif remembered.unbrought:
                _bring(now)
        except (Refused, OSError) as no:
            remembered.trouble = _sentence(no)
            state.save(remembered)
            raise Refused(remembered.trouble) from no
        return True


def _goes_on(remembered: State, now: Now) -> bool:
    try:
        _follow_all(remembered, now)
    except Lost as no:
        log.info("a new backup begins: %s", no)
        return False
    return True


def catch() -> None:
    """What was written in the last second, into the working folder; the next look brings it to its places.

    Alone, since a command beside us may be at the same folder; it does it then.
    """
    with suppress(Refused, OSError), state.alone():
        engine_here().catch()


def _follow_all(remembered: State, now: Now) -> None:
    folder = epochs() / remembered.epoch
    if not remembered.epoch or not folder.is_dir():
        return
    engine_here().advance(folder)
    at, trouble = machine(now), None
    pieces, files = engine_here().pieces(folder), sources.files()
    for address in places.addresses():
        try:
            place = places.place_of(address)
            here = remembered.at(place.label)
            if here.epoch == remembered.epoch:
                _follow_one(_vault(place), here, pieces, files, at)
                state.save(remembered)
        except Refused as no:
            trouble = trouble or no
    if trouble is not None:
        raise trouble
    remembered.followed_at, remembered.trouble = at.isoformat(), ""
    state.save(remembered)


def _follow_one(
    vault: Vault, here: AtPlace, pieces: list[Piece], files: dict[str, Path], at: datetime
) -> None:
    """One more tail, if there is anything to put into it."""
    still = spool() / "still"
    shutil.rmtree(still, ignore_errors=True)
    changed = {one.name: one.path for one in pieces if here.pieces.get(one.name) != one.state()}
    seen: dict[str, list[int]] = {}
    sent: dict[str, Path] = {}
    for path, source in files.items():
        with suppress(FileNotFoundError):
            seen[path] = sources.state_of(source)
            if here.files.get(path) != seen[path]:
                sent[path] = sources.still(source, still / path)
    gone = tuple(sorted(set(here.files) - set(seen)))
    if not (changed or sent or gone):
        return
    tail = Tail(
        here.epoch, here.seq + 1, at, here.chain,
        tuple(_described(name, path) for name, path in changed.items()),
        tuple(_described(name, path) for name, path in sent.items()), gone,
    )  # fmt: skip
    vault.put_tail(tail, {**changed, **sent})
    here.seq, here.chain, here.files = tail.seq, link(tail), seen
    here.pieces = {one.name: one.state() for one in pieces}


def _described(name: str, path: Path) -> Kept:
    found = path.stat()
    return Kept(name, found.st_size, digest_of(path), found.st_mtime_ns)


def distrust(label: str, name: str) -> None:
    """A file of a place was found damaged: the next backup lays it anew."""
    with state.alone(patience=PATIENCE):
        remembered = state.load()
        here = remembered.at(label)
        remembered.places[label] = replace(here, distrust=sorted({*here.distrust, name}))
        state.save(remembered)


@transaction.atomic
def ask_for(kind: BackupRun.Kind, *, by: Person, at: datetime) -> BackupAsk:
    """Ask for one now; the worker takes it up within seconds.

    `Refused` for a backup or a drill where backups are off, and for an export file while one is being made.
    """
    if kind == BackupRun.Kind.EXPORT:
        if queries.waiting(kind):
            raise Refused(gettext("Berkas ekspor sedang dibuat. Tunggu sampai selesai."))
    elif not places.addresses():
        raise Refused(gettext("Cadangan dimatikan, jadi belum ada yang dapat dibuat."))
    return BackupAsk.objects.create(kind=kind, by=by, at=at)


@transaction.atomic
def note_key_kept(*, by: Person, at: datetime, mark: str) -> KeyKept:
    """The owner has the recovery key outside this machine."""
    return KeyKept.objects.create(by=by, at=at, mark=mark)
