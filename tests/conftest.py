"""The cast, the clock, the browser, and the rules that hold for every test.

*Rini* rents, *Budi* is a stranger, *Sari* manages the house in WIB, *Pak Hadi* owns the company.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from tatausaha.config import messages
from tatausaha.core.kernel import clock
from tatausaha.core.people.models import Company, Login, Person, Role, Unit, Zone
from tests import cleaning, triggers

BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's own loop runs in the test's thread

_left_out: list[str] = []


# What runs, and that nothing is left out in silence


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only` leaves out what another database cannot change."""
    parser.addoption("--database-only", action="store_true", help="only tests that use the database")


def pytest_configure() -> None:
    """English is there for whoever asks for it."""
    messages.compile_all()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drop tests of the other database; with `--database-only` also those that need none or a browser.

    The browser comes last: its event loop stays in the test's thread.
    """
    other = "sqlite" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "postgresql"
    database_only = config.getoption("--database-only")

    def stays(item: pytest.Item) -> bool:
        if item.get_closest_marker(other):
            return False
        if not database_only:
            return True
        used = set(getattr(item, "fixturenames", ()))
        touches = item.get_closest_marker("django_db") is not None or not used.isdisjoint(DATABASE_FIXTURES)
        return touches and item.get_closest_marker("browser") is None

    kept = [item for item in items if stays(item)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember every test that was skipped or expected to fail."""
    if report.skipped or hasattr(report, "wasxfail"):
        _left_out.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A module that skips itself counts as well."""
    if report.skipped:
        _left_out.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that left a test out has failed."""
    if _left_out:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out."""
    for test in _left_out:
        terminalreporter.write_line(f"FAILED {test}: no test may be skipped or expected to fail", red=True)


@pytest.fixture(scope="session")
def listening_to_migrations() -> Callable[[], None]:
    """Which triggers they declare is taken down until this is called."""
    return triggers.listen()


@pytest.fixture(scope="session")
def django_db_setup(
    listening_to_migrations: Callable[[], None], django_db_setup: None, django_db_blocker: Any
) -> None:
    """The migrated database, with a cleaning that gets past the seals of the books."""
    listening_to_migrations()
    with django_db_blocker.unblock():
        cleaning.install()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Every test begins in Indonesian, at the machine's time, with empty caches."""
    cache.clear()
    clock.set_offset(timedelta())
    with translation.override("id"):
        yield
    clock.set_offset(timedelta())


# Time


@pytest.fixture
def at() -> datetime:
    """The moment of the test: Tuesday, 10 March 2026, 10.00 WIB (11.00 WITA, 12.00 WIT)."""
    return datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the clock at a moment: what requests and commands of the test take for now."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


# The company and its people


@pytest.fixture
def company(db: None) -> Company:
    """CV Maju Bersama, not a demonstration, with books since 2025."""
    return Company.objects.create(pk=1, name="CV Maju Bersama", books_from=date(2025, 1, 1))


def _unit(code: str, name: str, zone: Zone) -> Unit:
    return Unit.objects.create(
        business="boarding", code=code, name=name, zone=zone, opened_on=date(2025, 1, 1)
    )


@pytest.fixture
def unit(company: Company) -> Unit:
    """Kos Melati in WIB, the house that Sari manages."""
    return _unit("melati", "Kos Melati", Zone.WIB)


@pytest.fixture
def unit_wita(company: Company) -> Unit:
    """Kos Kenanga in WITA; Sari has no role there."""
    return _unit("kenanga", "Kos Kenanga", Zone.WITA)


@pytest.fixture
def unit_wit(company: Company) -> Unit:
    """Kos Cempaka in WIT; Sari has no role there."""
    return _unit("cempaka", "Kos Cempaka", Zone.WIT)


def _person(name: str, phone: str, at: datetime) -> Person:
    email = f"{name.rsplit(maxsplit=1)[-1].lower()}@contoh.id"
    person = Person.objects.create(name=name, phone=phone, email=email, created_at=at)
    login = Login.objects.create_user(person=person, password="rahasia-sekali")
    EmailAddress.objects.create(user=login, email=email, verified=True, primary=True)
    return person


@pytest.fixture
def rini(company: Company, at: datetime) -> Person:
    """A student who rents a room; has a login, holds no role."""
    return _person("Rini", "+6281200000001", at)


@pytest.fixture
def budi(company: Company, at: datetime) -> Person:
    """A stranger with a login; may know nothing of the others."""
    return _person("Budi", "+6281200000002", at)


@pytest.fixture
def sari(unit: Unit, at: datetime) -> Person:
    """Manages Kos Melati, and only that."""
    person = _person("Sari", "+6281200000003", at)
    Role.objects.create(person=person, unit=unit, name="manager", since=at - timedelta(days=400))
    return person


@pytest.fixture
def hadi(company: Company, at: datetime) -> Person:
    """Pak Hadi owns the company and every unit."""
    person = _person("Pak Hadi", "+6281200000004", at)
    Role.objects.create(person=person, unit=None, name="owner", since=at - timedelta(days=400))
    return person


# The browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium: `CHROMIUM`, or the first one found."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.fail("Chromium is missing: install the package `chromium`, or name the program in CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open pages of the running system; takes what a browser context takes.

    `open_page()` is a desk of 1024x768; `open_page(java_script_enabled=False)`,
    `open_page(viewport={"width": 360, "height": 740})` and so on are other people's.
    Each call is a browser of its own, without the others' cookies.
    """
    contexts = []

    def open_one(**wishes: object) -> Page:
        wishes.setdefault("viewport", {"width": 1024, "height": 768})
        context = chromium.new_context(base_url=live_server.url, locale="id-ID", **wishes)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_one
    for context in contexts:
        context.close()
