"""Reads the command line; its own words are Indonesian, like all the others."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from tatausaha.core.kernel.commands import Command

_ERRORS = (
    (r"the following arguments are required: (.*)", r"masih kurang: \1"),
    (r"unrecognized arguments: (.*)", r"tidak dikenal: \1"),
    (r"argument (.*): invalid choice: ('[^']*').*", r"\1: \2 tidak ada; lihat --help"),
    (r"argument (.*): expected .*", r"\1: isinya belum ditulis"),
    (r"argument (.*): invalid .* value: (.*)", r"\1: \2 tidak dapat dibaca"),
)


class _Words(argparse.HelpFormatter):
    """Help with Indonesian headings."""

    def _format_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None) -> str:
        return super()._format_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Indonesian."""

    def __init__(self, **given: object) -> None:
        super().__init__(**{"formatter_class": _Words, "add_help": False, "allow_abbrev": False, **given})  # type: ignore[arg-type]
        self._positionals.title = "Isian"
        self._optionals.title = "Pilihan"
        self.add_argument("-h", "--help", action="help", help="menampilkan keterangan ini")

    def error(self, message: str) -> NoReturn:
        """One line that says what is wrong, and status 2."""
        for pattern, said in _ERRORS:
            message = re.sub(f"^{pattern}$", said, message)
        self.exit(2, f"{self.prog}: {message}\n")


def build(commands: Iterable[Command]) -> Parser:
    """The parser of all commands; the chosen one stands in `command` of what it returns."""
    parser = Parser(
        prog="tatausaha", description="Tatausaha menjalankan usaha-usaha perusahaan menurut SOP-nya."
    )
    top = parser.add_subparsers(title="Perintah", metavar="PERINTAH", required=True)
    groups: dict[str, argparse._SubParsersAction[Parser]] = {}
    for command in commands:
        group, _, name = command.name.rpartition(" ")
        if group and group not in groups:
            inner = top.add_parser(group, help=_of_group(group), description=_of_group(group))
            groups[group] = inner.add_subparsers(title="Perintah", metavar="PERINTAH", required=True)
        own = (groups[group] if group else top).add_parser(name, help=command.help, description=command.help)
        command.configure(own)
        own.set_defaults(command=command)
    return parser


def _of_group(name: str) -> str:
    return {"clock": "mesin waktu perusahaan peragaan", "import": "memasukkan data dari berkas"}.get(
        name, f"perintah {name}"
    )
