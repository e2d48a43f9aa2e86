"""The commands that need Django: those of the house, and what the rooms registered."""

import json
import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path

from django.core.management import execute_from_command_line
from django.db import connection

import tatausaha.config.ready  # noqa: F401 - first of all
from tatausaha.config import cli, hardening, installation, parsing, reach, worker
from tatausaha.core.kernel import clock, commands, verifications
from tatausaha.core.kernel.commands import Command
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.verification import missing_heads
from tatausaha.core.people import demonstration as cast
from tatausaha.core.people import queries, timemachine
from tatausaha.core.people.models import Company

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
WITHOUT_COMPANY = {"init", "demo", "worker", "manage", "harden", "restore"}


def main(words: list[str]) -> int:
    """Run one command; a `Refused` is one sentence on stderr and status 1."""
    chosen = parsing.build((*HOUSE, *commands.registry.values())).parse_args(words or ["--help"])
    command: Command = chosen.command
    try:
        if no := reach.refusal(connection.settings_dict):
            raise Refused(no)  # noqa: TRY301
        if command.name not in WITHOUT_COMPANY:
            clock.set_offset(queries.offset_of(_company()))
        return command.run(chosen) or 0
    except Refused as no:
        if getattr(chosen, "json", False):
            print(json.dumps({"ok": False, "refused": str(no)}))
        print(no, file=sys.stderr)
        return 1


def _company() -> Company:
    """The company that a command is about; `Refused` before there is one, and no empty database is left."""
    file = Path(connection.settings_dict["NAME"])
    there = connection.vendor != "sqlite" or connection.is_in_memory_db() or file.is_file()  # type: ignore[attr-defined]
    laid = there and Company._meta.db_table in connection.introspection.table_names()  # noqa: SLF001
    if laid and (company := queries.company()):
        return company
    raise Refused(
        "Di sini belum ada perusahaan. Dirikan dengan `tatausaha init`, atau coba dulu dengan `tatausaha demo`."
    )


def _worker(_chosen: Namespace) -> None:
    """The worker alone, until SIGTERM or Ctrl-C."""
    worker.run_alone()


def _init_asks(parser: ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="nama perusahaan")
    parser.add_argument("--owner", required=True, help="nama pemilik")
    parser.add_argument("--email", default="", help="surel pemilik, untuk masuk")
    parser.add_argument("--phone", default="", help="nomor HP pemilik, untuk masuk")
    parser.add_argument(
        "--zone", choices=ZONES, default="WIB", help="zona waktu perusahaan: WIB, WITA atau WIT"
    )
    parser.add_argument("--password-stdin", action="store_true", help="kata sandi dibaca dari masukan baku")


def _init(chosen: Namespace) -> None:
    installation.prepare(demonstrate=False)
    if queries.company() is not None:
        raise Refused("Di basis data ini sudah ada perusahaan. Tidak ada yang diubah.")
    password = _password(from_input=chosen.password_stdin)
    company = installation.found(
        name=chosen.name,
        owner=chosen.owner,
        email=chosen.email,
        phone=chosen.phone,
        zone=ZONES[chosen.zone],
        password=password,
        at=clock.now(),
    )
    print(
        f"{company.name} didirikan. Jalankan `tatausaha serve`, lalu masuk sebagai {chosen.email or chosen.phone}."
    )


def _password(*, from_input: bool) -> str:
    """A password, from the keyboard or from standard input."""
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise Refused(
            "Tidak ada papan ketik untuk kata sandi. Pakai --password-stdin dan kirim kata sandinya."
        )
    return getpass("Kata sandi pemilik: ")


def _demo(_chosen: Namespace) -> None:
    installation.renew_demonstration()
    print(f"Perusahaan peragaan siap. Pemilik: {cast.OWNER_EMAIL}, kata sandi {cast.PASSWORD}.")


def _clock_asks(parser: ArgumentParser) -> None:
    parser.add_argument(
        "step", metavar="LAMA", help="7d (hari), 3h (jam), 10m (menit), 30s (detik), atau gabungannya"
    )


def _clock_advance(chosen: Namespace) -> None:
    timemachine.live_through(timemachine.parse_step(chosen.step), now=clock.now)
    _clock_show(chosen)


def _clock_show(_chosen: Namespace) -> None:
    company = queries.company()
    offset = queries.offset_of(company)
    print(
        json.dumps(
            {
                "now": clock.now().isoformat(timespec="seconds"),
                "offset_seconds": int(offset.total_seconds()),
                "demonstration": bool(company and company.is_demonstration),
            }
        )
    )


def _verify_asks(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")
    parser.add_argument(
        "--head", action="append", default=[], metavar="SEGEL",
        help="segel yang tercetak di laporan bulan atau diterima lewat e-mail; boleh beberapa kali",
    )  # fmt: skip


def _verify(chosen: Namespace) -> int:
    """Everything that the rooms keep is checked; status 0 only if all of it holds."""
    found = [
        {"room": one.name, "code": finding.code, "sentence": str(finding.sentence), "where": finding.where}
        for one in verifications.registry.values()
        for finding in one.check()
    ]
    found += [
        {"room": "ledger", "code": one.code, "sentence": one.sentence, "where": ""}
        for one in missing_heads(chosen.head)
    ]
    if chosen.json:
        print(json.dumps({"ok": not found, "rooms": list(verifications.registry), "findings": found}))
    else:
        for finding in found:
            print(f"{finding['room']}: {finding['sentence']}")
        print(
            f"{len(found)} hal tidak cocok."
            if found
            else f"Semua cocok: {', '.join(verifications.registry)}."
        )
    return 1 if found else 0


def _harden_asks(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--role", default="tatausaha_app", help="nama peran basis data untuk aplikasi (baku: tatausaha_app)"
    )
    parser.add_argument(
        "--password-stdin", action="store_true", help="kata sandi peran itu dibaca dari masukan baku"
    )


def _harden(chosen: Namespace) -> None:
    """Tables first, as their owner; then the rights of the role that the application runs as."""
    password = _password(from_input=True) if chosen.password_stdin else ""
    if hardening.is_restricted():
        raise Refused("Jalankan perintah ini sebagai pemilik basis data, bukan sebagai peran aplikasi.")
    installation.prepare(demonstrate=False)
    given = hardening.harden(chosen.role, password=password)
    sealed = [one.table for one in given if one.rights == ("SELECT", "INSERT") and not one.columns]
    print(
        f"Peran {chosen.role} siap: {len(given)} tabel, {len(sealed)} di antaranya hanya dibaca dan ditambah. "
        f"Pakai peran ini di DATABASE_URL untuk `tatausaha serve`."
    )


def _manage_asks(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs=REMAINDER, metavar="…", help="perintah Django dan isiannya")


def _manage(chosen: Namespace) -> None:
    execute_from_command_line(["tatausaha manage", *chosen.words])


HOUSE = (
    cli.RUN,
    cli.SERVE,
    Command("worker", "menjalankan pekerja saja: tenggat, surat keluar, tagihan, segel buku", _worker),
    Command("init", "mendirikan perusahaan kosong dengan pemiliknya", _init, _init_asks),
    Command("demo", "membuang peragaan yang ada dan membuat yang baru", _demo),
    Command("clock advance", "memajukan waktu peragaan hari demi hari", _clock_advance, _clock_asks),
    Command("clock show", "menampilkan waktu perusahaan", _clock_show),
    Command("verify", "memeriksa bahwa semua yang tersimpan masih utuh dan cocok", _verify, _verify_asks),
    Command(
        "harden",
        "membuat peran PostgreSQL untuk aplikasi, yang tidak bisa mengubah buku yang tersegel",
        _harden,
        _harden_asks,
    ),
    Command("manage", "perintah Django, untuk pengembang", _manage, _manage_asks),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
