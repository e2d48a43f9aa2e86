"""What can be gone to: the menus of the three frames, filled by every room at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.notices import queries as notices
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

Who = Callable[[Person | None], bool]
Count = Callable[[HttpRequest], int]


class Place(StrEnum):
    """Where an entry stands."""

    PUBLIC = "public"
    CUSTOMER = "customer"
    TODAY = "today"
    BUSINESS = "business"
    BOOKS = "books"
    SETTINGS = "settings"


HEADINGS: dict[Place, str | Promise] = {Place.BUSINESS: _("Usaha"), Place.BOOKS: _("Pembukuan")}
"""What is said above a group of the rail."""

WORK = (Place.TODAY, Place.BUSINESS, Place.BOOKS, Place.SETTINGS)
"""The groups of the workspace's rail, from top to bottom."""


def anybody(person: Person | None) -> bool:  # noqa: ARG001 - asked like the others
    """Everybody, signed in or not."""
    return True


def workers(person: Person | None) -> bool:
    """Whoever holds a role."""
    return roles.works_here(person)


def managers(person: Person | None) -> bool:
    """Whoever manages a unit; the owner manages all."""
    return roles.unit_ids(person, "manager") != set()


def owners(person: Person | None) -> bool:
    """Owners of the company."""
    return roles.is_owner(person)


@dataclass(frozen=True)
class Entry:
    """One line of a menu. It appears once its page exists (`url_name`) and `who` says yes.

    `icon` is a name in `icons.py`; `phone` asks for one of the three free places of the
    bar at the bottom of a phone; `count` is what waits there, and is asked once a page.
    """

    label: str | Promise
    url_name: str
    who: Who
    place: Place
    order: int = 50
    icon: str = "dot"
    phone: bool = False
    count: Count | None = None


@dataclass(frozen=True)
class Shown:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    icon: str
    current: bool
    phone: bool
    count: int


@dataclass(frozen=True)
class Group:
    """Entries of the rail that stand together."""

    heading: str
    entries: tuple[Shown, ...]


PLACES = 4
"""Entries that fit at the bottom of a phone."""

registry: list[Entry] = []


def register(*entries: Entry) -> None:
    """Add entries; called from `apps.py` of whoever brings the pages. Twice is once."""
    registry.extend(entry for entry in entries if entry not in registry)


def address(name: str) -> str:
    """The address of a page by its name; empty while there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def shown(request: HttpRequest, place: Place) -> tuple[Shown, ...]:
    """The entries of one place that this visitor may see, in their order."""
    person: Person | None = getattr(request, "person", None)
    found = []
    for entry in sorted((e for e in registry if e.place == place), key=lambda e: e.order):
        url = address(entry.url_name)
        if url and entry.who(person):
            count = entry.count(request) if entry.count else 0
            found.append(
                Shown(str(entry.label), url, entry.icon, _here(request.path, url), entry.phone, count)
            )
    return tuple(found)


def rail(request: HttpRequest) -> tuple[Group, ...]:
    """The workspace's rail, group by group, without empty ones."""
    groups = (Group(str(HEADINGS.get(place, "")), shown(request, place)) for place in WORK)
    return tuple(group for group in groups if group.entries)


def bar(groups: tuple[Group, ...]) -> tuple[Shown, ...]:
    """The entries for the bottom of a phone: all if they fit, else three and the way to the menu."""
    entries = tuple(entry for group in groups for entry in group.entries)
    if len(entries) <= PLACES:
        return entries
    whole = Shown(str(_("Menu")), "#menu", "menu", current=False, phone=True, count=0)
    return (*[entry for entry in entries if entry.phone][: PLACES - 1], whole)


def _here(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _unread(request: HttpRequest) -> int:
    known: int | None = getattr(request, "unread", None)
    return notices.unread_count(getattr(request, "person", None)) if known is None else known


register(
    Entry(_("Hari ini"), "today", workers, Place.TODAY, 10, "today", phone=True),
    Entry(_("Kotak masuk"), "inbox", workers, Place.TODAY, 20, "inbox", count=_unread),
    Entry(_("Ringkasan"), "summary", owners, Place.TODAY, 30, "chart"),
    Entry(_("SOP"), "sop", workers, Place.SETTINGS, 10, "book"),
    Entry(_("Buku"), "books", workers, Place.BOOKS, 10, "money", phone=True),
    Entry(_("Tagihan"), "bills", managers, Place.BOOKS, 12, "receipt"),
    Entry(_("Terima tunai"), "receive_cash", managers, Place.BOOKS, 14, "money"),
    Entry(_("Kas di tangan"), "drawers", managers, Place.BOOKS, 15, "money"),
    Entry(_("Mutasi bank"), "bank_accounts", managers, Place.BOOKS, 13, "money"),
    Entry(_("Titipan"), "titipan", managers, Place.BOOKS, 16, "money"),
    Entry(_("Pengeluaran"), "expenses", managers, Place.BOOKS, 20, "receipt"),
    Entry(_("Aset"), "assets", managers, Place.BOOKS, 25, "cases"),
    Entry(_("Laporan"), "reports", workers, Place.BOOKS, 30, "chart"),
    Entry(_("Setelan"), "settings", owners, Place.SETTINGS, 90, "settings"),
    Entry(_("Beranda"), "today", anybody, Place.CUSTOMER, 10, "home", phone=True),
    Entry(_("Pesanan saya"), "my_orders", anybody, Place.CUSTOMER, 20, "cases", phone=True),
    Entry(_("Tagihan"), "my_bills", anybody, Place.CUSTOMER, 30, "receipt", phone=True),
    Entry(_("Kotak masuk"), "inbox", anybody, Place.CUSTOMER, 35, "inbox", count=_unread),
    Entry(_("Akun"), "account", anybody, Place.CUSTOMER, 40, "person"),
)
