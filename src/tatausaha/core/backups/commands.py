"""`tatausaha backup`, `restore` and `drill`."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime
from getpass import getpass
from zoneinfo import ZoneInfo

from tatausaha.core.backups import drills, places, restoring, services, telling
from tatausaha.core.backups.crypt import Key, key_file, own_key
from tatausaha.core.backups.models import BackupRun
from tatausaha.core.backups.places import spool
from tatausaha.core.backups.vault import Vault
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.commands import Command
from tatausaha.core.kernel.errors import Refused

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
MEGABYTE = 1_000_000


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _backup_asks(parser: ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help="hanya menampilkan cadangan yang ada")
    parser.add_argument(
        "--show-key", action="store_true",
        help="hanya menampilkan kunci pemulihan, untuk disimpan di luar komputer ini",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")


def _backup(chosen: Namespace) -> int:
    """Make one now, or show what there is."""
    if chosen.show_key:
        print(own_key().text)
        return 0
    if not places.addresses():
        raise Refused("Cadangan dimatikan: TATAUSAHA_BACKUP=off.")
    if chosen.list:
        return _list(chosen)
    try:
        runs = services.back_up(now=clock.now)
    finally:
        services.rest()
    telling.tell_of(runs, clock.now())
    return _told(runs, as_json=chosen.json)


def _told(runs: list[BackupRun], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"ok": all(run.ok for run in runs), "runs": [_row(run) for run in runs]}))
    for run in runs if not as_json else []:
        if run.ok and run.kind == BackupRun.Kind.BACKUP:
            print(f"{run.place}: cadangan {run.backup}, {run.size / MEGABYTE:.1f} MB, {run.files} berkas.")
        elif run.ok:
            print(
                f"{run.place}: uji pulih cadangan {run.backup} berhasil. {run.figures['journals']} jurnal, "
                f"{run.figures['seals']} segel bulan dan {run.files} berkas sama dengan yang ada di sini."
            )
        else:
            print(f"{run.place}: gagal. {run.reason}", file=sys.stderr)
    return 0 if runs and all(run.ok for run in runs) else 1


def _row(run: BackupRun) -> dict[str, object]:
    names = ("kind", "place", "ok", "reason", "backup", "size", "files", "figures")
    return {name: getattr(run, name) for name in names}


def _list(chosen: Namespace) -> int:
    found = []
    for address in places.addresses():
        vault = Vault(places.place_of(address), own_key(), spool() / "scratch")
        for manifest, upto in restoring.reachable(vault):
            found.append({
                "place": vault.place.label, "backup": manifest.id, "from": manifest.since.isoformat(timespec="seconds"),
                "to": upto.isoformat(timespec="seconds"), "files": len(manifest.files),
            })  # fmt: skip
    if chosen.json:
        print(json.dumps(found))
        return 0
    for one in found:
        print(f"{one['place']}  {one['backup']}  {one['from']} sampai {one['to']}  {one['files']} berkas")
    if not found:
        print("Belum ada cadangan. Buat dengan `tatausaha backup`.")
    return 0


def _restore_asks(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="place", default="", metavar="TEMPAT",
        help="folder atau alamat s3:// cadangan (baku: tempat yang disetel)",
    )  # fmt: skip
    parser.add_argument(
        "--to", default="", metavar="SAAT",
        help="keadaan pada saat itu, misalnya '2026-11-22 14:05:30' (baku: keadaan terbaru)",
    )  # fmt: skip
    parser.add_argument("--zone", choices=ZONES, default="WIB", help="zona waktu dari SAAT (baku: WIB)")
    parser.add_argument(
        "--backup", default="", metavar="NAMA", help="tepat cadangan ini, dari daftar `backup --list`"
    )
    parser.add_argument("--key-stdin", action="store_true", help="kunci pemulihan dibaca dari masukan baku")


def _restore(chosen: Namespace) -> None:
    """Into an empty home, and an empty database where it is PostgreSQL."""
    written = chosen.place or next(iter(places.addresses()), "")
    if not written:
        raise Refused("Tulis dari mana: --from FOLDER atau --from s3://…")
    until = _moment(chosen.to, chosen.zone) if chosen.to else None
    restoring.require_empty()
    vault = Vault(places.place_of(written), _key(from_input=chosen.key_stdin), spool() / "scratch")
    opened = restoring.restore(vault, until=until, wanted=chosen.backup, say=_say)
    upto = (until or opened.upto).astimezone(ZoneInfo(ZONES[chosen.zone]))
    print(
        f"Pulih: keadaan sampai {upto:%Y-%m-%d %H:%M:%S} {chosen.zone}, {len(opened.files)} berkas. "
        "Periksa dengan `tatausaha verify`, lalu jalankan `tatausaha serve`."
    )


def _moment(text: str, zone: str) -> datetime:
    """A moment as typed: on the wall clock of the zone unless it says its own difference from UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as no:
        raise Refused("Saat ditulis seperti '2026-11-22 14:05' atau '2026-11-22 14:05:30'.") from no
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(ZONES[zone]))


def _key(*, from_input: bool) -> Key:
    """The recovery key: typed, piped, in the environment, or the one that this machine still has."""
    if from_input:
        return Key(sys.stdin.read())
    if given := os.environ.get("TATAUSAHA_BACKUP_KEY"):
        return Key(given)
    if key_file().exists():
        return Key(key_file().read_text())
    if sys.stdin.isatty():
        return Key(getpass("Kunci pemulihan (AGE-SECRET-KEY-1…): "))
    raise Refused("Kunci pemulihan belum diberikan. Pakai --key-stdin, atau tulis di TATAUSAHA_BACKUP_KEY.")


def _drill_asks(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")


def _drill(chosen: Namespace) -> int:
    """Restore the newest state into a scratch folder, and compare."""
    runs = drills.drill(now=clock.now)
    telling.tell_of(runs, clock.now())
    return _told(runs, as_json=chosen.json)


BACKUP = Command(
    "backup", "membuat cadangan lengkap sekarang, di setiap tempat yang disetel", _backup, _backup_asks
)
RESTORE = Command(
    "restore", "memulihkan basis data, berkas dan kunci dari cadangan ke TATAUSAHA_HOME yang kosong",
    _restore, _restore_asks,
)  # fmt: skip
DRILL = Command(
    "drill",
    "uji pulih: memulihkan cadangan terakhir di tempat sementara dan membandingkannya",
    _drill,
    _drill_asks,
)
