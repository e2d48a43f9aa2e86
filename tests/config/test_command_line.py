"""The command line: plain words, one sentence for a no, a status that tells."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from tatausaha.config import cli, commands, installation, parsing, serving, stamp
from tatausaha.core.kernel import verifications
from tatausaha.core.kernel.commands import Command, registry
from tatausaha.core.kernel.verifications import Finding, Verification
from tatausaha.core.people import roles
from tatausaha.core.people.models import Company, Person

FOUND = (
    "init",
    "--name",
    "CV Baru",
    "--owner",
    "Dewi Lestari",
    "--email",
    "dewi@contoh.id",
    "--password-stdin",
)


@pytest.fixture
def demonstration(company: Company) -> Company:
    Company.objects.filter(pk=1).update(is_demonstration=True)
    return company


def every_command() -> list[str]:
    return [command.name for command in (*commands.HOUSE, *registry.values())]


@pytest.mark.parametrize("name", [*every_command(), "clock"])
def test_each_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        commands.main([*name.split(), "--help"])

    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith(f"Pemakaian: tatausaha {name}")
    assert "menampilkan keterangan ini" in said
    assert "usage" not in said
    assert "show this help" not in said


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        commands.main([])

    said = capsys.readouterr().out
    assert left.value.code == 0
    assert [name for name in every_command() if name.split()[0] not in said] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["clok"], "'clok' tidak ada"),
        (["clock", "advance"], "masih kurang: LAMA"),
        (["clock", "show", "--soon"], "tidak dikenal: --soon"),
        (["serve", "--port"], "isinya belum ditulis"),
        (["serve", "--port", "x"], "'x' tidak dapat dibaca"),
    ],
)
def test_a_mistake_is_one_indonesian_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        commands.main(words)

    answer = capsys.readouterr().err
    assert left.value.code == 2
    assert said in answer
    assert answer.count("\n") == 1


def test_the_clock_of_a_demonstration_moves(
    demonstration: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["clock", "advance", "7d"]) == 0
    assert commands.main(["clock", "advance", "3h"]) == 0

    shown = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert shown["offset_seconds"] == int(timedelta(days=7, hours=3).total_seconds())
    assert shown["demonstration"] is True


def test_the_clock_of_a_real_company_does_not(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["clock", "advance", "7d"]) == 1

    assert "peragaan" in capsys.readouterr().err
    assert Company.objects.get().clock_offset == timedelta()


@pytest.mark.parametrize("words", ["verify --json", "clock advance 1d", "token pemilik@contoh.id"])
def test_before_there_is_a_company_one_sentence_says_so(words: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tatausaha.config.commands", *words.split()],
        env={**os.environ, "TATAUSAHA_HOME": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert done.stderr.startswith("Di sini belum ada perusahaan.")
    assert not list(tmp_path.glob("*.sqlite3*"))
    if "--json" in words:
        assert json.loads(done.stdout) == {"ok": False, "refused": done.stderr.strip()}


@pytest.mark.django_db
def test_laid_tables_without_a_company_are_not_said_to_be_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["verify"]) == 1

    assert "belum ada perusahaan" in capsys.readouterr().err


def test_a_room_brings_its_own_command() -> None:
    said: list[str] = []
    brought = Command(
        "try it",
        "mencoba",
        lambda chosen: said.append(chosen.word),
        lambda parser: parser.add_argument("word"),
    )

    chosen = parsing.build([*commands.HOUSE, brought]).parse_args(["try", "it", "halo"])
    chosen.command.run(chosen)

    assert said == ["halo"]


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(("findings", "status"), [((), 0), ((Finding("gone", "Berkas hilang.", "7"),), 1)])
def test_verify_ends_with_zero_only_if_everything_holds(
    findings: tuple[Finding, ...],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    room = Verification("berkas", lambda: findings)
    monkeypatch.setattr(verifications, "registry", {"berkas": room})

    assert commands.main(["verify", "--json"]) == status
    assert commands.main(["verify"]) == status

    as_json, *in_words = capsys.readouterr().out.splitlines()
    said = json.loads(as_json)
    assert (said["ok"], said["rooms"]) == (not findings, ["berkas"])
    assert [finding["where"] for finding in said["findings"]] == ["7"] * status
    assert in_words == (
        ["berkas: Berkas hilang.", "1 hal tidak cocok."] if findings else ["Semua cocok: berkas."]
    )


@pytest.mark.usefixtures("company")
@pytest.mark.req("SYS-10")
def test_verify_takes_a_seal_from_paper_or_mail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verifications, "registry", {})

    assert commands.main(["verify", "--head", "0000000000"]) == 0
    assert commands.main(["verify", "--head", "0000000000", "--head", "12-abcdef0123"]) == 1

    assert "Segel 12-abcdef0123 tidak ada dalam rantai" in capsys.readouterr().out


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch, at: datetime, clock_at: Callable[[datetime], None]) -> None:
    """The database is there already; the moment is known."""
    monkeypatch.setattr(installation, "prepare", lambda *, demonstrate: None)
    monkeypatch.setattr("sys.stdin", io.StringIO("rahasia-sekali\n"))
    clock_at(at)


@pytest.mark.usefixtures("prepared")
@pytest.mark.django_db
def test_a_company_is_founded_with_its_owner() -> None:
    assert commands.main(list(FOUND)) == 0

    company, owner = Company.objects.get(), Person.objects.get()
    assert (company.name, company.is_demonstration, owner.name) == ("CV Baru", False, "Dewi Lestari")
    assert roles.is_owner(owner)
    assert owner.login.check_password("rahasia-sekali")
    assert authenticate(None, email="dewi@contoh.id", password="rahasia-sekali") == owner.login


@pytest.mark.usefixtures("prepared")
def test_a_second_company_is_refused(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(list(FOUND)) == 1

    assert "sudah ada perusahaan" in capsys.readouterr().err
    assert Company.objects.get().name == company.name
    assert not Person.objects.exists()


@pytest.mark.usefixtures("prepared")
def test_a_real_company_is_never_replaced_by_a_demonstration(
    company: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["demo"]) == 1

    assert "perusahaan sungguhan" in capsys.readouterr().err
    assert Company.objects.get() == company


def test_a_port_in_use_is_said_before_anything_starts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_may_start(**_given: object) -> None:
        raise AssertionError

    monkeypatch.setattr(serving, "serve", nothing_may_start)
    with serving.socket.socket() as taken:
        taken.setsockopt(serving.socket.SOL_SOCKET, serving.socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]

        assert cli.main(["run", "--port", str(port)]) == 1

    assert f"Port {port} sudah dipakai" in capsys.readouterr().err


def test_the_stamp_tells_when_the_code_or_the_database_changed(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TATAUSAHA_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    package = tmp_path / "package"
    package.mkdir()
    (package / "a.py").write_text("x = 1")
    monkeypatch.setattr(stamp, "PACKAGE", package)

    stamp.write()
    assert not stamp.is_current(), "there is no database yet"
    (tmp_path / "tatausaha.sqlite3").touch()
    assert stamp.is_current()

    (package / "a.py").write_text("x = 22")
    assert not stamp.is_current()
    stamp.write()
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/")
    assert not stamp.is_current()
