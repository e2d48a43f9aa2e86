"""How often one may ask, counted for all web processes at once where there are several."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tatausaha.config.databases import CACHE_TABLE, shared_cache
from tatausaha.core.documents import limits
from tatausaha.core.documents.models import Asked
from tests.races.threads import together

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-06")]


def test_each_key_is_counted_by_itself():
    assert [limits.count("token:1"), limits.count("token:1"), limits.count("token:2")] == [1, 2, 1]


def test_what_several_processes_share_is_kept_in_postgresql():
    assert (connection.vendor == "postgresql") is settings.COUNT_IN_DATABASE


@pytest.mark.postgresql
def test_a_new_minute_begins_anew_and_old_counts_are_forgotten(at):
    limits.count("token:1")
    limits.count("token:1")
    Asked.objects.update(minute=at)

    assert limits.count("token:1") == 1

    Asked.objects.update(minute=at)
    assert limits.forget(at + timedelta(hours=23)) == 0
    assert limits.forget(at + timedelta(hours=25)) == 1


@pytest.mark.postgresql
def test_an_answered_request_of_a_program_costs_one_statement_more(django_assert_num_queries):
    with django_assert_num_queries(1):
        limits.count("token:1")


@pytest.mark.race
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_asks_at_once_from_many_sides_is_counted_each_time():
    together([lambda: limits.count("token:1")] * 20)

    assert limits.count("token:1") == 21


def test_failed_sign_ins_are_remembered_for_all_processes(settings, rini):
    settings.CACHES = {"default": shared_cache()}
    call_command("createcachetable")

    for _ in range(20):
        answer = Client().post("/akun/login/", {"login": "rini@contoh.id", "password": "salah"})

    assert "Terlalu banyak percobaan" in answer.text
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {CACHE_TABLE}")
        assert cursor.fetchone()[0] > 0, "kept where every process looks"
    known = Client().post("/akun/login/", {"login": "rini@contoh.id", "password": "rahasia-sekali"})
    assert "Terlalu banyak percobaan" in known.text
