"""The command line of imports: `tatausaha import CODE FILE` for every kind that a room registers."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tatausaha.core.imports import services
from tatausaha.core.imports.kinds import Kind, Outcome
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.commands import Command
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

_SAID = {Outcome.CREATED: "baru", Outcome.UPDATED: "diperbarui", Outcome.UNCHANGED: "tidak berubah"}


def command_for(kind: Kind) -> Command:
    """`tatausaha import CODE FILE [--yes]`, with an option for every further field of the kind's form."""

    def configure(parser: ArgumentParser) -> None:
        parser.add_argument("berkas", type=Path, help="berkas CSV atau XLSX, satu baris per isi")
        parser.add_argument("--yes", action="store_true", help="masukkan tanpa bertanya")
        for name, field in kind.form.asked().items():
            parser.add_argument(f"--{name}", default=None, help=str(field.label), required=field.required)

    def run(asked: Namespace) -> int:
        return bring_in(kind, asked)

    return Command(f"import {kind.code}", kind.help, run, configure)


def _owner() -> Person:
    owner = Person.objects.filter(roles__name="owner", roles__until__isnull=True).order_by("pk").first()
    if owner is None or not roles.is_owner(owner):
        raise Refused("Perusahaan ini belum punya pemilik. Jalankan dulu `tatausaha init`.")
    return owner


def _say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


def _options(kind: Kind, asked: Namespace) -> dict[str, object]:
    fields = kind.form.asked()
    typed = {name: getattr(asked, name, None) or "" for name in fields}
    form = kind.form(typed)
    form.is_valid()
    for name in fields:
        if name in form.errors:
            raise Refused(f"--{name}: {' '.join(map(str, form.errors[name]))}")
    return {name: form.cleaned_data[name] for name in fields}


def bring_in(kind: Kind, asked: Namespace) -> int:
    """Preview, question, progress, sum. Status 1 when a row was refused or the answer was no."""
    at = clock.now()
    path: Path = asked.berkas
    if not path.is_file():
        raise Refused(f"Berkas {path} tidak ada.")
    with path.open("rb") as file:
        run = services.receive(kind, path.name, file, by=_owner(), at=at, options=_options(kind, asked))
    _foresee(run, services.preview(run, at=at))
    if not asked.yes and not _agreed():
        services.drop(run, by=run.started_by, at=at)
        _say("Dibatalkan. Tidak ada yang diubah.")
        return 1
    run = services.start(run, by=run.started_by)
    for progress in services.go_on(run, at=at):
        run = progress
        if sys.stdout.isatty() or run.state == ImportRun.State.DONE:
            _say(f"{run.done_rows} dari {run.total_rows} baris")
    _say(
        f"Selesai: {run.created} {kind.created}, {run.updated} diperbarui,"
        f" {run.unchanged} tidak berubah, {run.refused} ditolak."
    )
    for row in run.rows.filter(refused=True).order_by("number")[:20]:
        _say(f"  baris {row.line}: {row.reason}")
    return 1 if run.refused else 0


def _foresee(run: ImportRun, seen: services.Preview) -> None:
    _say(f"{run.name}: {run.encoding}, pemisah {run.delimiter!r}, {seen.total} baris")
    for item, outcome in seen.samples[:5]:
        said = [str(value) for value in item.shown if value not in (None, "")]
        _say(f"  {_SAID[outcome]}: {' | '.join(said)}")
    for problem in seen.problems[:10]:
        _say(f"  baris {problem.line} ({problem.subject}): {problem.reason}")
    _say(f"Baru {seen.new}, berubah {seen.changed}, sama {seen.same}, ditolak {seen.refused}.")


def _agreed() -> bool:
    try:
        return input("Masukkan? [y/T] ").strip().lower() in {"y", "ya", "yes"}
    except EOFError:
        return False
