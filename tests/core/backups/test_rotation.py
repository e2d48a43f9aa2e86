"""What stays: every backup of the last days, then one a week, then one a month."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from tatausaha.core.backups import restoring, services
from tatausaha.core.backups.crypt import Key
from tatausaha.core.backups.rotation import Keep, in_force, kept, rotate
from tatausaha.core.backups.vault import Vault, moment_of, stamp
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused

pytestmark = pytest.mark.req("SYS-05")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def name(at: datetime) -> str:
    return f"backups/{stamp(at)}-epoch-mark.age"


def every_night(days: int) -> list[str]:
    return [name(NOW - timedelta(days=ago, hours=1)) for ago in range(days)]


def test_two_years_of_nights_leave_seven_days_five_weeks_and_twelve_months() -> None:
    stay = kept(every_night(730), Keep(7, 5, 12), NOW)

    ages = sorted(
        (NOW - datetime.strptime(one[8:24], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)).days for one in stay
    )
    assert ages[:7] == list(range(7))
    assert len([age for age in ages if 7 <= age < 42]) in {5, 6}  # weeks begin on Mondays
    assert len([age for age in ages if age >= 42]) == 12
    assert max(ages) < 42 + 366


def test_the_newest_stays_however_old() -> None:
    old = [name(NOW - timedelta(days=3000)), name(NOW - timedelta(days=3001))]

    assert name(NOW - timedelta(days=3000)) in kept(old, Keep(1, 0, 0), NOW)
    assert len(kept(old, Keep(1, 0, 0), NOW)) == 1


def test_every_moment_of_the_last_days_can_be_reached() -> None:
    stay = kept(every_night(30), Keep(7, 0, 0), NOW)

    assert min(map(moment_of, stay)) == NOW - timedelta(days=7, hours=1)
    assert len(stay) == 8


def test_of_two_in_one_second_the_later_is_the_newest() -> None:
    began = [NOW + timedelta(milliseconds=number) for number in range(20)]
    names = [f"backups/{stamp(at)}-{services._epoch(at)}-mark.age" for at in began]

    assert sorted(names) == names
    assert kept(names, Keep(1, 0, 0), NOW + timedelta(days=9)) == {names[-1]}


def test_all_of_one_day_stay() -> None:
    names = [name(NOW - timedelta(hours=hour)) for hour in range(20)]

    assert kept(names, Keep(1, 0, 0), NOW) == set(names)


@pytest.mark.parametrize("written", ["7,5", "7,lima,12", "0,5,12", ""])
def test_a_rule_that_cannot_be_read_is_refused(settings: object, written: str) -> None:
    settings.BACKUP_KEEP = written  # type: ignore[attr-defined]

    with pytest.raises(Refused, match="hari,minggu,bulan"):
        in_force()


def test_rotation_removes_what_no_backup_needs_and_nothing_else(
    book: Callable[[int], None], vault: Vault, tmp_path: Path
) -> None:
    (first,) = services.back_up(now=clock.now)
    book(2_000_000)
    services.follow(now=clock.now)
    default_storage.delete("cases/2026/03/foto.jpg")
    before = vault.place.names("objects")
    (second,) = services.back_up(now=clock.now)
    assert (first.ok, second.ok) == (True, True)

    gone = rotate(vault, Keep(1, 0, 0), NOW + timedelta(days=3650))

    assert gone == 1
    assert restoring.newest(vault).id == second.backup
    assert len(vault.place.names("objects")) < len(before) + 1
    assert vault.place.names("tails") == []
    restoring.fetch(vault, restoring.newest(vault), tmp_path / "pulih", until=None, tails=True)


def test_what_came_after_the_newest_stays_however_old(
    book: Callable[[int], None], vault: Vault, tmp_path: Path
) -> None:
    services.back_up(now=clock.now)
    book(2_000_000)
    services.follow(now=clock.now)

    rotate(vault, Keep(1, 0, 0), NOW + timedelta(days=3650))

    found = restoring.fetch(vault, restoring.newest(vault), tmp_path / "pulih", until=None, tails=True)
    assert found.seq == 1


def test_backups_under_another_key_are_left_alone(
    book: Callable[[int], None], vault: Vault, tmp_path: Path
) -> None:
    services.back_up(now=clock.now)
    others = Vault(vault.place, Key.new(), tmp_path / "scratch")
    before = vault.place.names("objects")

    assert others.manifests() == []
    assert others.has_foreign()
    with vault.place.writing(f"backups/{stamp(NOW)}-lain-{Key.new().mark}.age") as part:
        part.write_bytes(b"milik orang")
    with vault.place.writing("objects/aa/milik-orang.age") as part:
        part.write_bytes(b"milik orang")
    rotate(vault, Keep(7, 5, 12), NOW)
    assert vault.place.names("objects") == sorted([*before, ("objects/aa/milik-orang.age", 11)])
    with pytest.raises(Refused, match="bukan kunci cadangan"):
        restoring.newest(others)
