"""The time machine moves a demonstration forward and nothing else."""

from datetime import timedelta

import pytest

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import queries, timemachine
from tatausaha.core.people.models import Company


@pytest.fixture
def demonstration(company: Company) -> Company:
    Company.objects.filter(pk=1).update(is_demonstration=True)
    return Company.objects.get(pk=1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7d", timedelta(days=7)),
        ("3h", timedelta(hours=3)),
        ("10m", timedelta(minutes=10)),
        ("30s", timedelta(seconds=30)),
        ("1D 12h", timedelta(days=1, hours=12)),
    ],
)
def test_a_step_is_read_with_its_unit(typed: str, meant: timedelta) -> None:
    assert timemachine.parse_step(typed) == meant


@pytest.mark.parametrize("typed", ["", "7", "d", "7w", "7d!", "-7d", "1,5h"])
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        timemachine.parse_step(typed)


def test_the_clock_runs_ahead_by_all_steps_together(demonstration: Company) -> None:
    before = clock.now()

    timemachine.advance(timedelta(days=7))
    ahead = timemachine.advance(timedelta(hours=1))

    assert ahead == timedelta(days=7, hours=1)
    assert clock.now() - before >= ahead
    assert queries.offset_of(queries.company()) == ahead


def test_a_real_company_has_no_time_machine(company: Company) -> None:
    with pytest.raises(Refused, match="peragaan"):
        timemachine.advance(timedelta(days=1))

    assert Company.objects.get().clock_offset == timedelta()
    assert clock.offset() == timedelta()


@pytest.mark.parametrize(
    "step", [timedelta(), timedelta(seconds=-1), timemachine.FARTHEST + timedelta(seconds=1)]
)
def test_time_goes_forward_only_and_not_beyond_ten_years(demonstration: Company, step: timedelta) -> None:
    with pytest.raises(Refused):
        timemachine.advance(step)

    assert Company.objects.get().clock_offset == timedelta()
