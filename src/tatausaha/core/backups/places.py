"""Where backups lie: a folder (another disk, a mounted share) or a bucket of S3-compatible storage.

A file is there whole or not at all: written beside and renamed, or uploaded in one piece.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl, urlparse

import obstore
from django.conf import settings
from django.utils.translation import gettext as _
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from tatausaha.core.kernel.errors import Refused

PART = ".part"
ROOMS = ("objects", "backups", "tails")
"""What is ours in a folder; it may be a disk with other things on it."""
PATIENCE = timedelta(seconds=60)
ABREAST = 2
"""Pieces of 5 MB on their way at once: the worker has little memory."""


class Unusable(Refused):
    """The place cannot be written or read now; the sentence says why and what to do."""


class Missing(Exception):  # noqa: N818 - it states what the file is
    """There is no file of that name."""


class Place(Protocol):
    """A keeper of named files."""

    label: str

    def writing(self, name: str) -> AbstractContextManager[Path]:
        """A file to write; it stands under its name when the block ends well, and only then."""

    def fetch(self, name: str, target: Path) -> None:
        """Copy a file here; raises `Missing`."""

    def names(self, prefix: str) -> list[tuple[str, int]]:
        """Every whole file whose name begins with `prefix/`, with its bytes, in order."""

    def delete(self, name: str) -> None:
        """Remove a file; none is fine as well."""

    def clear(self) -> None:
        """Remove what a killed writer left half done."""


class Folder:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.label = str(root)

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """See `Place`."""
        target = self.root / name
        part = target.with_name(f".{target.name}.{os.getpid()}{PART}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            yield part
            _to_disk(part)
            part.replace(target)
            _to_disk(target.parent)
        except OSError as no:
            raise Unusable(said(no, self.label)) from no
        finally:
            if part.parent.is_dir():
                part.unlink(missing_ok=True)

    def fetch(self, name: str, target: Path) -> None:
        """See `Place`."""
        try:
            with (self.root / name).open("rb") as source, target.open("wb") as copy:
                while piece := source.read(1 << 20):
                    copy.write(piece)
        except FileNotFoundError as no:
            raise Missing(name) from no
        except OSError as no:
            raise Unusable(said(no, self.label)) from no

    def names(self, prefix: str) -> list[tuple[str, int]]:
        """See `Place`."""
        try:
            return sorted(
                (file.relative_to(self.root).as_posix(), file.stat().st_size)
                for file in (self.root / prefix).rglob("*")
                if file.is_file() and not file.name.startswith(".")
            )
        except OSError as no:
            raise Unusable(said(no, self.label)) from no

    def delete(self, name: str) -> None:
        """See `Place`."""
        (self.root / name).unlink(missing_ok=True)

    def clear(self) -> None:
        """See `Place`."""
        for room in ROOMS:
            for part in (self.root / room).rglob(f".*{PART}"):
                part.unlink(missing_ok=True)


class Bucket:
    """A bucket, or what lies under a prefix of it: `s3://bucket/prefix?endpoint=https://…&region=…`."""

    def __init__(self, address: str, *, scratch: Path) -> None:
        parts = urlparse(address)
        given = dict(parse_qsl(parts.query))
        endpoint = given.get("endpoint", "")
        self.label = label_of(address)
        self._scratch = scratch
        prefix = parts.path.strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        config = {
            "region": given.get("region", "us-east-1"),
            "access_key_id": os.environ.get("TATAUSAHA_BACKUP_S3_KEY", ""),
            "secret_access_key": os.environ.get("TATAUSAHA_BACKUP_S3_SECRET", ""),
            "virtual_hosted_style_request": "true" if given.get("style") == "host" else "false",
        }
        if endpoint:
            config["endpoint"] = endpoint
        self._store = S3Store(
            parts.netloc,
            config={name: value for name, value in config.items() if value},  # type: ignore[arg-type]
            client_options={"timeout": PATIENCE, "allow_http": endpoint.startswith("http://")},
            retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
        )

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """See `Place`."""
        private(self._scratch)
        number, made = tempfile.mkstemp(dir=self._scratch, suffix=PART)
        os.close(number)
        part = Path(made)
        try:
            yield part
            with part.open("rb") as content:
                obstore.put(self._store, self._prefix + name, content, max_concurrency=ABREAST)
        except BaseError as no:
            raise Unusable(self._said(no)) from no
        except OSError as no:
            raise Unusable(said(no, str(self._scratch))) from no
        finally:
            part.unlink(missing_ok=True)

    def fetch(self, name: str, target: Path) -> None:
        """See `Place`."""
        try:
            with target.open("wb") as copy:
                for piece in obstore.get(self._store, self._prefix + name).stream(min_chunk_size=1 << 20):
                    copy.write(piece)
        except (NotFoundError, FileNotFoundError) as no:
            raise Missing(name) from no
        except BaseError as no:
            raise Unusable(self._said(no)) from no

    def names(self, prefix: str) -> list[tuple[str, int]]:
        """See `Place`."""
        try:
            found = [
                (meta["path"].removeprefix(self._prefix), meta["size"])
                for batch in obstore.list(self._store, f"{self._prefix}{prefix}")
                for meta in batch
            ]
        except BaseError as no:
            raise Unusable(self._said(no)) from no
        return sorted(found)

    def delete(self, name: str) -> None:
        """See `Place`."""
        try:
            obstore.delete(self._store, self._prefix + name)
        except (NotFoundError, FileNotFoundError):
            return
        except BaseError as no:
            raise Unusable(self._said(no)) from no

    def clear(self) -> None:
        """See `Place`."""
        for part in self._scratch.glob(f"*{PART}"):
            part.unlink(missing_ok=True)

    def _said(self, no: Exception) -> str:
        first = (str(no).strip().splitlines() or [type(no).__name__])[0][:200]
        return _(
            "Penyimpanan %(place)s menolak atau tidak menjawab. Periksa sambungan internet, nama bucket "
            "dan kuncinya. Jawabannya: %(said)s"
        ) % {"place": self.label, "said": first}


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def said(no: OSError, label: str) -> str:
    """What the operating system answered, in a sentence with what to do."""
    if no.errno in {errno.ENOSPC, errno.EDQUOT}:
        told = _("Disk di %(place)s penuh. Kosongkan tempat atau pilih disk yang lebih besar.")
    elif no.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        told = _(
            "Folder %(place)s tidak boleh ditulisi. Periksa apakah disknya terpasang dan pemilik foldernya benar."
        )
    else:
        told = _(
            "Folder %(place)s tidak dapat dipakai. Periksa apakah disknya terpasang. Jawabannya: %(said)s"
        )
    return told % {"place": label, "said": no.strerror or str(no)}


def spool() -> Path:
    """The folder in which backups are prepared; what lies there can be made again."""
    return Path(settings.HOME) / "backup-work"


def private(folder: Path) -> Path:
    """The folder; as it is made, and its parent with it, nobody else may enter."""
    for one in (folder.parent, folder):
        one.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def place_of(address: str) -> Place:
    """The place of an address; raises `Refused` when it is none."""
    if address.startswith("s3://"):
        if not urlparse(address).netloc:
            raise Refused(_("Alamat penyimpanan ditulis s3://nama-bucket/folder."))
        return Bucket(address, scratch=spool() / "upload")
    if "://" in address:
        raise Refused(
            _("Tempat cadangan ialah folder, misalnya /mnt/cadangan, atau alamat s3://nama-bucket/folder.")
        )
    return Folder(Path(address).resolve())


def label_of(address: str) -> str:
    """How a place is called: its address without what follows a question mark."""
    return (
        address.partition("?")[0].rstrip("/") if address.startswith("s3://") else str(Path(address).resolve())
    )


def addresses() -> list[str]:
    """The places in force, as they were written; none when backups are switched off."""
    written = [part.strip() for part in settings.BACKUP_PLACES.split(",") if part.strip()]
    return [] if written == ["off"] else written


def on_same_disk(address: str) -> bool:
    """Whether a folder lies on the disk that also holds the data: it would be lost together with them."""
    if "://" in address:
        return False
    folder = Path(address).resolve()
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return there.stat().st_dev == Path(settings.HOME).stat().st_dev
