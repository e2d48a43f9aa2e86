"""How a backup lies in its place: sealed objects, a signed manifest that names them, signed tails that follow.

    objects/ab/abcd….age            a file of the data or of the database, named by its content
    backups/MOMENT-EPOCH-KEY.age    a manifest (KEY: the mark of the key); it is written last, and makes the backup
    tails/EPOCH/000001-MOMENT.age   what came after: one archive for each look, each naming the one before

Whatever is read is opened (age), its signature and its SHA-256 compared, and named when it does not hold.
"""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from tatausaha.core.backups.crypt import PIECE, Broken, Key, digest_of
from tatausaha.core.backups.places import Missing, Place, private
from tatausaha.core.kernel.errors import Refused

FORMAT = 1
STAMP = "%Y%m%dT%H%M%SZ"


class Damaged(Refused):
    """A file of the backup is not what it was; `name` is the file in the place."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True)
class Kept:
    """A file as it is kept: where it belongs, and what it must be.

    `object` is empty inside a tail; a `squeezed` object was made smaller before it was sealed.
    """

    path: str
    size: int
    digest: str
    mtime_ns: int
    object: str = ""
    squeezed: bool = False


@dataclass(frozen=True)
class Manifest:
    """A whole backup: the first copy of its epoch, and every file.

    Moments are the machine's. `since` is the first one that can be gone back to, `at` the last.
    """

    id: str
    epoch: str
    since: datetime
    at: datetime
    facts: Mapping[str, str]
    pieces: tuple[Kept, ...]
    files: tuple[Kept, ...]

    @property
    def name(self) -> str:
        """Where it lies."""
        return f"backups/{self.id}.age"


@dataclass(frozen=True)
class Tail:
    """What came after the first copy of an epoch: pieces of the database, new files, files that went."""

    epoch: str
    seq: int
    at: datetime
    previous: str
    pieces: tuple[Kept, ...] = ()
    files: tuple[Kept, ...] = ()
    gone: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """Where it lies."""
        return f"tails/{self.epoch}/{self.seq:06d}-{stamp(self.at)}.age"


def stamp(at: datetime) -> str:
    """A moment as it stands in names, in UTC."""
    return at.astimezone(UTC).strftime(STAMP)


def moment_of(name: str) -> datetime:
    """The moment in the name of a manifest or tail."""
    text = Path(name).stem.split("-")[0 if name.startswith("backups/") else 1]
    return datetime.strptime(text, STAMP).replace(tzinfo=UTC)


def plain(record: Manifest | Tail) -> bytes:
    """A record as it is signed."""
    return json.dumps(
        {"format": FORMAT, **asdict(record)}, default=datetime.isoformat, sort_keys=True
    ).encode()


def link(record: Tail) -> str:
    """What the next tail names."""
    return hashlib.sha256(plain(record)).hexdigest()


def _rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Kept, ...]:
    found = tuple(Kept(**row) for row in rows)
    _inside(one.path for one in found)
    return found


def _inside(paths: Iterable[str]) -> None:
    """Raises `ValueError` for a path that leads out of the folder into which it is restored."""
    for path in paths:
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(path)


def _moments(read: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: datetime.fromisoformat(read[name]) for name in names}


class Vault:
    """The backups in one place, opened with one key."""

    def __init__(self, place: Place, key: Key, scratch: Path) -> None:
        self.place, self.key, self._scratch = place, key, scratch

    # Writing

    def put_object(self, source: Path, *, path: str, known: set[str], squeeze: bool = False) -> Kept:
        """Seal a file into the place, unless an object with its content is there already."""
        found, digest = source.stat(), digest_of(source)
        name = self.key.name_of(digest)
        kept = Kept(path, found.st_size, digest, found.st_mtime_ns, f"objects/{name[:2]}/{name}.age", squeeze)
        if kept.object in known:
            return kept
        with self._scratch_folder() as folder, self.place.writing(kept.object) as part:
            if squeeze:
                smaller = folder / "squeezed"
                with source.open("rb") as content, gzip.open(smaller, "wb", compresslevel=1) as out:
                    shutil.copyfileobj(content, out, PIECE)
                source = smaller
            self.key.seal(source, part)
        return kept

    def put_manifest(self, manifest: Manifest) -> tuple[str, int]:
        """Sign, seal and write it, which makes the backup; its SHA-256 as it lies there, and its bytes."""
        body = plain(manifest)
        text = json.dumps({"body": body.decode(), "signature": self.key.sign(body)})
        with self._scratch_folder() as folder:
            open_file = folder / "manifest"
            open_file.write_text(text)
            with self.place.writing(manifest.name) as part:
                self.key.seal(open_file, part)
                return digest_of(part), part.stat().st_size

    def put_tail(self, tail: Tail, sources: Mapping[str, Path]) -> None:
        """Sign, seal and write what came after; `sources` are the files by the tail's paths."""
        body = plain(tail)
        with self._scratch_folder() as folder:
            packed = folder / "tail"
            with tarfile.open(packed, "w:gz", compresslevel=1) as archive:
                for name, content in (("record", body), ("signature", self.key.sign(body).encode())):
                    told = tarfile.TarInfo(name)
                    told.size = len(content)
                    archive.addfile(told, io.BytesIO(content))
                for number, kept in enumerate((*tail.pieces, *tail.files)):
                    archive.add(sources[kept.path], f"content/{number}")
            with self.place.writing(tail.name) as part:
                self.key.seal(packed, part)

    # Reading

    def manifests(self) -> list[str]:
        """The names of all manifests that our key sealed, oldest first."""
        return [name for name in self._all_manifests() if self._is_ours(name)]

    def has_foreign(self) -> bool:
        """Whether backups under another key lie here too, of which we cannot know what they need."""
        return any(not self._is_ours(name) for name in self._all_manifests())

    def _all_manifests(self) -> list[str]:
        return [name for name, _size in self.place.names("backups") if name.endswith(".age")]

    def _is_ours(self, name: str) -> bool:
        return Path(name).stem.endswith(f"-{self.key.mark}")

    def manifest(self, name: str) -> Manifest:
        """Read one; raises `Damaged`."""
        with self._fetched(name) as file:
            try:
                told = json.loads(self.key.open_bytes(file.read_bytes()))
                found = self._manifest(told["body"].encode(), told["signature"])
            except (Broken, ValueError, KeyError) as no:
                raise self._damaged(name) from no
        if found.name != name:  # another of ours, laid under this name
            raise self._damaged(name)
        return found

    def _manifest(self, body: bytes, signature: str) -> Manifest:
        if not self.key.signed(body, signature):
            raise Broken
        read = json.loads(body)
        if read.pop("format") != FORMAT:
            raise Refused(_("Cadangan ini dibuat oleh versi yang lebih baru. Perbarui Tatausaha dulu."))
        rows = {"pieces": _rows(read["pieces"]), "files": _rows(read["files"])}
        return Manifest(**(read | _moments(read, "since", "at") | rows))

    def fetch_object(self, kept: Kept, target: Path) -> None:
        """Open an object into a file; raises `Damaged` unless it is exactly what the manifest says."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._fetched(kept.object, kept.path) as sealed:
            opened = sealed.with_name("squeezed") if kept.squeezed else target
            try:
                self.key.open(sealed, opened)
                if kept.squeezed:
                    with gzip.open(opened) as content, target.open("wb") as out:
                        shutil.copyfileobj(content, out, PIECE)
            except (Broken, EOFError, gzip.BadGzipFile) as no:
                raise self._damaged(kept.object, kept.path) from no
        self._compare(kept, target, kept.object)

    def tails(self, epoch: str) -> list[str]:
        """The names of the tails of an epoch, in order.

        Whoever is killed before he remembers a tail makes one of the same number again: with all that
        the former holds, and what came since. The last of a number counts.
        """
        names = [name for name, _size in self.place.names(f"tails/{epoch}") if name.endswith(".age")]
        return list({Path(name).name.partition("-")[0]: name for name in names}.values())

    def fetch_tail(self, name: str, folder: Path) -> tuple[Tail, dict[str, Path]]:
        """Open a tail; its record, and its files by their paths."""
        opened = folder / Path(name).name
        with self._fetched(name) as sealed:
            try:
                self.key.open(sealed, opened)
                with tarfile.open(opened) as archive:
                    record, files = self._unpack(archive, name, folder)
            except (Broken, tarfile.TarError, ValueError, KeyError, EOFError, OSError) as no:
                raise self._damaged(name) from no
        opened.unlink()
        for kept in (*record.pieces, *record.files):
            self._compare(kept, files[kept.path], name)
        return record, files

    def _unpack(self, archive: tarfile.TarFile, name: str, folder: Path) -> tuple[Tail, dict[str, Path]]:
        def content(member: str) -> bytes:
            found = archive.extractfile(member)
            assert found is not None, member
            return found.read()

        body = content("record")
        if not self.key.signed(body, content("signature").decode()):
            raise Broken(name)
        read = json.loads(body)
        read.pop("format")
        read |= {**_moments(read, "at"), "pieces": _rows(read["pieces"]), "files": _rows(read["files"])}
        tail = Tail(**(read | {"gone": tuple(read["gone"])}))
        _inside(tail.gone)
        if tail.name != name:
            raise Broken(name)
        files = {}
        for number, kept in enumerate((*tail.pieces, *tail.files)):
            target = folder / f"{tail.seq}-{number}"
            found = archive.extractfile(f"content/{number}")
            assert found is not None, kept.path
            with target.open("wb") as out:
                while part := found.read(1 << 20):
                    out.write(part)
            files[kept.path] = target
        return tail, files

    def _compare(self, kept: Kept, file: Path, name: str) -> None:
        if file.stat().st_size != kept.size or digest_of(file) != kept.digest:
            raise self._damaged(name, kept.path)
        os.utime(file, ns=(kept.mtime_ns, kept.mtime_ns))

    def _damaged(self, name: str, path: str = "") -> Damaged:
        shown = f"{name} ({path})" if path else name
        return Damaged(
            _(
                "Cadangan di %(place)s rusak: berkas %(name)s bukan lagi yang dulu disimpan. "
                "Tidak ada yang dipulihkan darinya."
            )
            % {"place": self.place.label, "name": shown},
            name,
        )  # fmt: skip

    def lost(self, name: str, path: str = "") -> Damaged:
        """The answer when a file that must be there is not."""
        shown = f"{name} ({path})" if path else name
        return Damaged(
            _("Cadangan di %(place)s tidak lengkap: berkas %(name)s hilang.")
            % {"place": self.place.label, "name": shown},
            name,
        )

    @contextmanager
    def _fetched(self, name: str, path: str = "") -> Iterator[Path]:
        with self._scratch_folder() as folder:
            file = folder / "sealed"
            try:
                self.place.fetch(name, file)
            except Missing as no:
                raise self.lost(name, path) from no
            yield file

    @contextmanager
    def _scratch_folder(self) -> Iterator[Path]:
        private(self._scratch)
        with TemporaryDirectory(dir=self._scratch, prefix=f"{os.getpid()}-") as folder:
            yield Path(folder)
