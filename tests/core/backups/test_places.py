"""A place has a file whole or not at all, and says in a sentence why it cannot be used."""

import errno
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from tatausaha.core.backups import drills, places, restoring, services
from tatausaha.core.backups.crypt import own_key
from tatausaha.core.backups.places import Folder, Missing, Unusable, place_of
from tatausaha.core.backups.vault import Vault
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tests.core.backups.conftest import Machine

pytestmark = pytest.mark.req("SYS-05")

BUCKET = "kos-maju"


def test_a_folder_keeps_what_was_written_to_the_end(tmp_path: Path) -> None:
    place = Folder(tmp_path / "baru")

    with place.writing("a/b.age") as part:
        part.write_bytes(b"isi")
        assert place.names("a") == []
    with pytest.raises(ZeroDivisionError), place.writing("a/c.age") as part:
        part.write_bytes(b"%d" % (1 // 0))

    assert place.names("a") == [("a/b.age", 3)]
    assert not list(tmp_path.rglob("*.part"))
    place.fetch("a/b.age", tmp_path / "salinan")
    assert (tmp_path / "salinan").read_bytes() == b"isi"
    with pytest.raises(Missing):
        place.fetch("a/c.age", tmp_path / "salinan")
    place.delete("a/b.age")
    place.delete("a/b.age")
    assert place.names("a") == []


def test_a_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Folder(tmp_path)

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unusable, match="penuh"), place.writing("a.age") as part:
        part.write_bytes(b"isi")

    assert place.names("") == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    place = Folder(tmp_path / "berkas")

    with pytest.raises(Unusable, match="tidak dapat dipakai"), place.writing("a.age") as part:
        part.write_bytes(b"isi")


@pytest.mark.parametrize("address", ["s3://", "ftp://server/folder", "https://server"])
def test_an_address_that_is_no_place_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="s3://nama-bucket/folder"):
        place_of(address)


def test_a_place_beside_the_data_is_told_from_another_disk(settings: Any) -> None:
    assert places.on_same_disk(str(settings.HOME) + "/backup/not-yet")
    assert not places.on_same_disk("/proc")
    assert not places.on_same_disk("s3://ember")


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """A server that speaks S3, on this machine; its address."""
    with subprocess.Popen(
        [Path(sys.executable).with_name("moto_server"), "-H", "127.0.0.1", "-p", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        address = next(line.split()[-1] for line in server.stdout if "Running on http" in line)
        for _turn in range(100):
            try:
                urllib.request.urlopen(address, timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
        server.terminate()


@pytest.fixture
def bucket(storage: str, place: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty bucket, in force as the only place."""
    monkeypatch.setenv("TATAUSAHA_BACKUP_S3_KEY", "kunci")
    monkeypatch.setenv("TATAUSAHA_BACKUP_S3_SECRET", "rahasia")
    known = {"aws_access_key_id": "kunci", "aws_secret_access_key": "rahasia"}
    client = boto3.client("s3", endpoint_url=storage, region_name="us-east-1", **known)
    client.create_bucket(Bucket=BUCKET)
    settings.BACKUP_PLACES = f"s3://{BUCKET}/cadangan?endpoint={storage}"
    return settings.BACKUP_PLACES


def now() -> Any:
    return clock.now()


@pytest.mark.usefixtures("unverified")
def test_a_bucket_keeps_a_backup_and_an_empty_machine_restores_from_it(
    bucket: str, book: Callable[[int], None], machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    (run,) = services.back_up(now=now)
    assert run.ok, run.reason
    assert run.place == f"s3://{BUCKET}/cadangan"
    book(2_000_000)
    assert services.follow(now=now)
    vault = Vault(place_of(bucket), own_key(), tmp_path / "scratch")
    assert len(vault.tails(restoring.newest(vault).epoch)) == 1
    (drill,) = drills.drill(now=now)
    assert drill.ok, drill.reason

    empty = machine("baru")
    done = empty.run("restore", "--from", bucket, "--key-stdin", given=own_key().text)

    assert done.returncode == 0, done.stderr
    assert empty.booked == ["uji|1000000", "uji|2000000"]
    with pytest.raises(Missing):
        vault.place.fetch("objects/tidak-ada", tmp_path / "x")
    vault.place.delete("objects/tidak-ada")


def test_a_bucket_that_does_not_answer_is_a_record_with_a_sentence(
    book: Callable[[int], None], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TATAUSAHA_BACKUP_S3_KEY", "kunci")
    monkeypatch.setenv("TATAUSAHA_BACKUP_S3_SECRET", "rahasia")
    monkeypatch.setattr(places, "PATIENCE", places.timedelta(seconds=1))
    settings.BACKUP_PLACES = "s3://ember?endpoint=http://127.0.0.1:9"

    (run,) = services.back_up(now=now)

    assert not run.ok
    assert "Periksa sambungan internet" in run.reason
