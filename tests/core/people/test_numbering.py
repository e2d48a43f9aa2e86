"""Numbers have no gap and no double, whatever happens beside them."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tatausaha.core.people.models import NumberSeries, Unit
from tatausaha.core.people.numbering import allocate


def unit(code="melati"):
    return Unit.objects.create(business="boarding", code=code, name="Kos", opened_on=date(2020, 1, 1))


@pytest.mark.django_db
@pytest.mark.req("KOS-10")
def test_every_unit_series_and_year_counts_from_one():
    one, two = unit(), unit("mawar")

    given = [
        allocate("KW", unit_id=one.pk, year=2026),
        allocate("KW", unit_id=one.pk, year=2026),
        allocate("KW", unit_id=two.pk, year=2026),
        allocate("TG", unit_id=one.pk, year=2026),
        allocate("KW", unit_id=one.pk, year=2027),
        allocate("SOP", unit_id=None, year=2026),
        allocate("SOP", unit_id=None, year=2026),
    ]

    assert given == [1, 2, 1, 1, 1, 1, 2]


@pytest.mark.django_db
def test_a_number_of_work_that_was_rolled_back_is_given_again():
    one = unit()
    allocate("KW", unit_id=one.pk, year=2026)

    with transaction.atomic():
        allocate("KW", unit_id=one.pk, year=2026)
        transaction.set_rollback(True)

    assert allocate("KW", unit_id=one.pk, year=2026) == 2


@pytest.mark.django_db
@pytest.mark.req("SYS-10")
@pytest.mark.parametrize("change", [{"last": 1}, {"last": 5}, {"last": 3, "year": 2025}])
def test_the_database_refuses_to_turn_a_series_back_or_ahead(change):
    one = unit()
    allocate("KW", unit_id=one.pk, year=2026)
    allocate("KW", unit_id=one.pk, year=2026)

    with pytest.raises(DatabaseError, match="number_series_counts"), transaction.atomic():
        NumberSeries.objects.update(**change)

    assert list(NumberSeries.objects.values_list("last", "year")) == [(2, 2026)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_threads_that_number_at_once_make_no_gap_and_no_double():
    one = unit()
    given: list[int] = []
    broken: list[Exception] = []
    start = threading.Barrier(8)

    def work():
        try:
            start.wait()
            for turn in range(10):
                undone = turn % 4 == 3
                with transaction.atomic():
                    number = allocate("KW", unit_id=one.pk, year=2026)
                    transaction.set_rollback(undone)
                if not undone:
                    given.append(number)
        except Exception as fault:  # noqa: BLE001 - shown by the test
            broken.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    assert sorted(given) == list(range(1, 8 * 8 + 1))


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_our_own_mistake():
    with pytest.raises(AssertionError):
        allocate("KW", unit_id=None, year=2026)
