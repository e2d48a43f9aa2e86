"""The inbox, what a person chooses, and what could not be sent."""

import pytest

from tatausaha.core.notices import queries, services
from tatausaha.core.notices.kinds import kinds
from tatausaha.core.notices.models import Notice, Outgoing
from tatausaha.core.notices.sentences import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(rini, budi, unit, at):
    for number in (1, 2):
        note = Note(kind="case", title=f"Langkah {number}", link="/asli/", about="BK/1")
        services.tell(rini, note, key=f"k{number}", at=at, unit=unit)
    services.tell(budi, Note(kind="case", title="Rahasia Budi"), key="b", at=at)


def test_a_person_sees_their_own_notices_and_nobody_else_s(client, rini, told):
    client.force_login(rini.login)

    text = client.get("/pemberitahuan/").content.decode()

    assert "Langkah 1" in text
    assert "Langkah 2" in text
    assert "2 pemberitahuan belum dibaca" in text
    assert "Rahasia" not in text
    assert "Kiriman yang gagal" not in text


def test_visitors_sign_in_first(client, company):
    for address in ("/pemberitahuan/", "/pemberitahuan/setelan/", "/pemberitahuan/gagal/"):
        answer = client.get(address)

        assert answer.status_code == 302, address
        assert "next=" in answer["Location"]


def test_opening_a_notice_marks_it_read_and_leads_to_its_page(client, rini, told):
    client.force_login(rini.login)
    notice = Notice.objects.get(key="k1")

    answer = client.post(f"/pemberitahuan/{notice.pk}/baca/")

    assert (answer.status_code, answer["Location"]) == (302, "/asli/")
    assert queries.unread_count(rini) == 1


def test_the_notice_of_another_is_not_there(client, rini, budi, told):
    client.force_login(rini.login)
    notice = Notice.objects.get(key="b")

    assert client.post(f"/pemberitahuan/{notice.pk}/baca/").status_code == 404
    assert queries.unread_count(budi) == 1


def test_everything_can_be_marked_read_at_once(client, rini, budi, told):
    client.force_login(rini.login)

    text = client.post("/pemberitahuan/baca-semua/", follow=True).content.decode()

    assert "2 pemberitahuan ditandai sudah dibaca" in text
    assert (queries.unread_count(rini), queries.unread_count(budi)) == (0, 1)


def test_reading_needs_a_post(client, rini, told):
    client.force_login(rini.login)

    assert client.get("/pemberitahuan/baca-semua/").status_code == 405
    assert queries.unread_count(rini) == 2


def test_an_empty_inbox_says_what_will_be_here(client, rini):
    client.force_login(rini.login)

    assert "Belum ada pemberitahuan" in client.get("/pemberitahuan/").content.decode()


def test_a_long_inbox_has_pages_and_few_queries(client, rini, at, django_assert_max_num_queries):
    for number in range(35):
        services.tell(rini, Note(kind="work", title=f"Nomor {number:02d}"), key=str(number), at=at)
    client.force_login(rini.login)

    with django_assert_max_num_queries(14):
        first = client.get("/pemberitahuan/").content.decode()
    second = client.get("/pemberitahuan/?page=2").content.decode()

    assert ("Nomor 34" in first, "Nomor 04" in first) == (True, False)
    assert ("Nomor 34" in second, "Nomor 04" in second) == (False, True)


def test_a_person_chooses_which_kinds_come_by_mail(client, sari):
    client.force_login(sari.login)

    client.post("/pemberitahuan/setelan/", {"email": ["work", "money"]})

    wanted = {kind.code for kind, wished in queries.choices_for(sari) if wished}
    assert wanted == {"work", "money", *(code for code, kind in kinds.items() if kind.must)}
    text = client.get("/pemberitahuan/setelan/").content.decode()
    assert 'value="work" checked' in text
    assert 'value="case">' in text


def test_customers_choose_among_what_may_be_told_to_them(rini, sari):
    kinds_of = {
        person: {kind.code for kind, _wished in queries.choices_for(person)} for person in (rini, sari)
    }

    assert kinds_of[sari] == set(kinds)
    assert kinds_of[sari] - kinds_of[rini] == {
        "work",
        "system",
        "seal",
        "backup",
        "bank_account",
        "decision",
        "summary",
    }


def test_an_unknown_kind_is_not_kept(client, rini):
    client.force_login(rini.login)

    answer = client.post("/pemberitahuan/setelan/", {"email": ["nonsense"]})

    assert answer.status_code == 200
    assert {kind.code for kind, wished in queries.choices_for(rini) if wished} >= {"money", "case"}


def failed(at):
    return Outgoing.objects.create(
        channel="email", key="k", address="rini@contoh.id", payload={"text": "isi surat"}, state="failed",
        created_at=at, next_try_at=at, failed_at=at, last_error="OSError", attempts=8,
    )  # fmt: skip


@pytest.mark.req("SYS-04")
def test_the_owner_sees_what_could_not_be_sent_and_sends_it_again(client, hadi, at):
    message = failed(at)
    client.force_login(hadi.login)

    text = client.get("/pemberitahuan/gagal/").content.decode()
    assert "rini@contoh.id" in text
    assert "8 kali dicoba" in text
    assert "isi surat" not in text
    client.post(f"/pemberitahuan/gagal/{message.pk}/kirim-lagi/")

    message.refresh_from_db()
    assert message.state == "due"


@pytest.mark.req("SYS-06")
def test_nobody_but_the_owner_sees_or_sends_what_failed(client, sari, at):
    message = failed(at)
    client.force_login(sari.login)

    assert client.get("/pemberitahuan/gagal/").status_code == 404
    assert client.post(f"/pemberitahuan/gagal/{message.pk}/kirim-lagi/").status_code == 404
    message.refresh_from_db()
    assert message.state == "failed"
