"""A PostgreSQL that is not there is said at once, in one sentence."""

import os
import subprocess
import sys
import time

import pytest

from tatausaha.config import cli, commands, reach
from tatausaha.config.databases import from_url


def test_a_file_needs_no_asking(tmp_path):
    assert reach.refusal(from_url("", home=tmp_path)) == ""


def test_a_server_that_refuses_is_said_at_once(tmp_path):
    began = time.monotonic()

    said = reach.refusal(from_url("postgresql://kos:rahasia@127.0.0.1:1/kos", home=tmp_path))

    assert said.startswith("PostgreSQL menolak atau tidak menjawab:")
    assert said.endswith("Periksa DATABASE_URL.")
    assert "rahasia" not in said
    assert "\n" not in said
    assert time.monotonic() - began < reach.SECONDS + 1


def test_commands_say_it_and_fail(monkeypatch, capsys):
    monkeypatch.setattr(reach, "refusal", lambda _settings: "PostgreSQL tidak menjawab.")

    assert commands.main(["verify"]) == 1
    assert capsys.readouterr().err == "PostgreSQL tidak menjawab.\n"


def test_serving_does_not_begin(monkeypatch, capfd, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://kos@127.0.0.1:1/kos")
    monkeypatch.setenv("TATAUSAHA_HOME", str(tmp_path))
    monkeypatch.setattr(cli.serving, "require_free", lambda *_: None)
    monkeypatch.setattr(cli.serving, "serve", lambda **_: pytest.fail("it serves"))

    assert cli.main(["serve"]) == 1
    assert capfd.readouterr().err.startswith("PostgreSQL menolak atau tidak menjawab:")


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_database_that_does_not_exist_is_named(tmp_path):
    url = os.environ["DATABASE_URL"].replace("/tatausaha?", "/belum_ada?")
    environment = os.environ | {"DATABASE_URL": url, "TATAUSAHA_HOME": str(tmp_path)}

    asked = subprocess.run(
        [sys.executable, "-m", "tatausaha.config.reach"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.returncode == 1
    assert asked.stderr.startswith("Basis data belum_ada belum ada di PostgreSQL.")
