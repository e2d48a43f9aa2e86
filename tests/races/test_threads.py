"""The race helper and the database's cleaning hold what the races stand on."""

import pytest
from django.db import connection

from tatausaha.core.people.models import Company, Person, Unit
from tests.races.threads import errors, results, together


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_at_once_each_commit_and_see_each_other(unit: Unit, rini: Person) -> None:
    def take_the_only_code() -> Unit:
        return Unit.objects.create(business="boarding", code="satu", name="Satu", opened_on=unit.opened_on)

    outcomes = together([take_the_only_code] * 8)

    assert len(results(outcomes)) == 1
    assert len(errors(outcomes)) == 7
    assert Unit.objects.filter(code="satu").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_from_the_test_before() -> None:
    assert not Company.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_race_inside_a_rolled_back_transaction_is_refused() -> None:
    with pytest.raises(AssertionError, match="transaction=True"):
        together([lambda: None])


@pytest.mark.django_db(transaction=True)
def test_cleaning_gets_past_a_seal_and_keeps_it(company: Company) -> None:
    seal = {
        "sqlite": (
            "CREATE TRIGGER try_seal BEFORE DELETE ON people_company BEGIN SELECT RAISE(ABORT, 'sealed'); END"
        ),
        "postgresql": (
            "CREATE FUNCTION try_seal() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'sealed'; END $$;"
            "CREATE TRIGGER try_seal BEFORE TRUNCATE ON people_company EXECUTE FUNCTION try_seal()"
        ),
    }
    lift = {
        "sqlite": "DROP TRIGGER try_seal",
        "postgresql": "DROP TRIGGER try_seal ON people_company; DROP FUNCTION try_seal()",
    }
    with connection.cursor() as cursor:
        cursor.execute(seal[connection.vendor])

        connection.ops.execute_sql_flush([])

        assert not Company.objects.exists()
        cursor.execute(lift[connection.vendor])
