"""What can be brought in from files: the rooms register it in `apps.py`, each kind with its columns and its desk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.imports.models import ImportRun
from tatausaha.core.kernel import parts
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

Text = str | Promise

_NO_RIGHT = _("Berkas ini hanya dimasukkan oleh pemilik.")
_CONTENT = _("Isi")


class Outcome(StrEnum):
    """What a row does; each is a column of `ImportRun` that counts it."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Column:
    """A column of the file: its name, what belongs into it (for the template), an example; whether it must be there."""

    name: str
    about: Text
    example: str = ""
    required: bool = False


class Item(Protocol):
    """A row as it was understood."""

    @property
    def key(self) -> str:
        """What may stand only once in a file."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out or taken with a doubt; the row comes in all the same."""

    @property
    def shown(self) -> Sequence[Any]:
        """How the preview shows it, in the order of the kind's `shown`."""


AnItem = TypeVar("AnItem", bound=Item)


@dataclass(frozen=True)
class Job:
    """One file on its way: the run with its options, who agreed to it, and when it is read or written."""

    run: ImportRun
    by: Person
    at: datetime


class Desk(Protocol[AnItem]):
    """Where rows of one kind are understood and written; made anew for a preview and for each going on."""

    def read(self, cells: Mapping[str, str]) -> AnItem:
        """Understand a row. Raises `Refused` with a reason that its author can act on."""

    def foresee(self, items: Sequence[AnItem]) -> Sequence[Outcome | Refused]:
        """What writing these rows would do, in their order, with a fixed number of queries and no writing."""

    def write(self, item: AnItem, number: int) -> Outcome:
        """Bring one row in; `number` is its place in the file. Raises `Refused` and leaves nothing behind."""


def _owner(person: Person | None) -> bool:
    return roles.is_owner(person)


def _nothing(_at: datetime) -> None:
    """Most kinds are done with their last row."""


class ImportForm(forms.Form):
    """The file, and what a kind asks beside it (in a subclass, by further fields)."""

    file = forms.FileField(
        label=_("Berkas CSV atau XLSX"),
        help_text=_("Simpan dari Excel sebagai XLSX atau CSV; kolom boleh dalam urutan apa pun."),
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx,.xls,.ods,text/csv,text/plain"}),
    )

    @classmethod
    def asked(cls) -> dict[str, forms.Field]:
        """The further fields, by name."""
        return {name: field for name, field in cls.base_fields.items() if name != "file"}

    def offer(self, person: Person) -> None:
        """Tell the further fields what this person may choose from; called by the page, not by the command."""

    def options(self) -> dict[str, Any]:
        """The answers to the further fields as they are kept with the run; call after `is_valid()`."""
        return {name: self.cleaned_data[name] for name in self.asked()}


@dataclass(frozen=True)
class Kind:
    """One kind of table that can be brought in.

    `code` stands in the address (`/impor/CODE/`), in the folder of the files, and in
    `tatausaha import CODE`. `help` says in plain Indonesian what the
    command does. `subject` is the column that names a row to people. `open` makes
    the desk; `done` is called after the last row. `may` says who brings it in, by default
    the owner; `form` asks for more than the file. `after` is where to go when it is done: a
    label and the name of an address.
    """

    code: str
    title: Text
    lead: Text
    columns: tuple[Column, ...]
    help: str
    subject: str
    created: Text
    shown: tuple[parts.Column, ...]
    open: Callable[[Job], Desk[Any]]
    done: Callable[[datetime], object] = _nothing
    may: Callable[[Person | None], bool] = _owner
    no_right: Text = _NO_RIGHT
    form: type[ImportForm] = ImportForm
    after: tuple[Text, str] | None = None
    sheet_name: Text = _CONTENT

    @property
    def known(self) -> tuple[str, ...]:
        """Names of the columns that are understood; others are kept with the row and left alone."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that a file cannot do without."""
        return tuple(column.name for column in self.columns if column.required)


registry: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known; a code that is taken is a mistake of ours."""
    for kind in kinds:
        assert registry.get(kind.code, kind) == kind, f"two imports are called {kind.code}"
        registry[kind.code] = kind


def kind_of(run: ImportRun) -> Kind:
    """What the rows of a run are."""
    return registry[run.kind]
