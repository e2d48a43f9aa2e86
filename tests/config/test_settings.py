"""What the settings promise about files, cookies and other hosts."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import get_resolver

from tatausaha.config.addresses import hosts
from tatausaha.core.kernel.keeping import kept_secret
from tatausaha.core.people.models import Company


@pytest.mark.django_db
def test_a_private_file_is_not_served_by_its_name(client: Client, company: Company) -> None:
    name = default_storage.save("try/private.txt", ContentFile(b"secret"))
    try:
        assert Path(settings.MEDIA_ROOT) in Path(default_storage.path(name)).parents
        for address in (
            f"/{name}",
            f"/files/{name}",
            f"{settings.STATIC_URL}{name}",
            default_storage.url(name),
        ):
            assert client.get(address).status_code == 404
    finally:
        default_storage.delete(name)


def test_no_address_serves_the_folder_of_private_files() -> None:
    names = {getattr(entry.callback, "__module__", "") for entry in flat(get_resolver().url_patterns)}

    assert not {name for name in names if name.startswith("django.views.static")}


def flat(patterns: list) -> list:
    return [
        one
        for entry in patterns
        for one in (flat(entry.url_patterns) if hasattr(entry, "url_patterns") else [entry])
    ]


@pytest.mark.django_db
def test_pages_load_from_here_only_and_stand_in_no_frame(client: Client) -> None:
    answer = client.get("/akun/login/")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_house_with_a_public_address_answers_by_no_other_name() -> None:
    assert hosts("", "https://kos.example.com") == ["kos.example.com", "localhost", "127.0.0.1", "[::1]"]
    assert hosts("kos.example.com, www.kos.example.com", "") == ["kos.example.com", "www.kos.example.com"]
    assert hosts("", "") == ["*"]


def test_the_key_is_made_once_and_is_for_nobody_else_to_read(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with ThreadPoolExecutor(8) as pool:
            made = set(pool.map(lambda _n: kept_secret(tmp_path / "keys" / "secret"), range(8)))
    finally:
        os.umask(before)

    file = tmp_path / "keys" / "secret"
    assert made == {file.read_text()}
    assert len(file.read_text()) > 60
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["secret"]


def test_whatever_the_house_writes_is_for_its_own_user() -> None:
    name = default_storage.save("try/mode.txt", ContentFile(b"secret"))
    try:
        assert stat.S_IMODE(Path(default_storage.path(name)).stat().st_mode) == 0o600
        database = Path(settings.HOME, "mode.txt")
        database.write_text("")
        assert stat.S_IMODE(database.stat().st_mode) & 0o077 == 0
    finally:
        default_storage.delete(name)
