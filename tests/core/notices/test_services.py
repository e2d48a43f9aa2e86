"""People are told once, in their language, by the ways that they want."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils.translation import gettext_lazy

from tatausaha.core.notices import queries, services
from tatausaha.core.notices.models import Notice, Outgoing
from tatausaha.core.notices.outbox import send_due
from tatausaha.core.notices.sentences import Note
from tatausaha.core.people.models import Role

pytestmark = pytest.mark.django_db

DUE = Note(
    kind="money",
    title="Tagihan %(number)s jatuh tempo",
    text="Bayar sebelum %(on)s.",
    values={"number": "TG/1", "on": date(2026, 3, 13)},
    link="/tagihan/TG-1/",
    about="BK/1",
)


@pytest.mark.req("SYS-10")
def test_a_notice_stands_in_the_inbox_and_goes_out_by_mail(rini, unit, at, settings):
    settings.PUBLIC_URL = "https://maju.example"

    assert services.tell(rini, DUE, key="invoice|1|H-3", at=at, unit=unit)

    notice = queries.notices_for(rini).get()
    assert (notice.title, notice.text) == ("Tagihan TG/1 jatuh tempo", "Bayar sebelum Jumat, 13 Maret 2026.")
    assert (notice.link, notice.about, notice.unit, notice.at, notice.kind) == (
        "/tagihan/TG-1/",
        "BK/1",
        unit,
        at,
        "money",
    )
    assert send_due(at=at) == 1
    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == (["rini@contoh.id"], "Tagihan TG/1 jatuh tempo")
    for part in (
        "Halo Rini",
        "Bayar sebelum Jumat, 13 Maret 2026.",
        "https://maju.example/tagihan/TG-1/",
        "Kos Melati",
    ):
        assert part in sent.body
        assert part in sent.alternatives[0][0]


@pytest.mark.req("KOS-11")
def test_one_reminder_a_bill_and_step_however_often_the_job_runs(rini, at):
    told = [services.tell(rini, DUE, key="invoice|1|H-3", at=at + timedelta(hours=n)) for n in range(3)]
    other = services.tell(rini, DUE, key="invoice|1|H", at=at)

    assert (told, other) == ([True, False, False], True)
    assert (Notice.objects.count(), Outgoing.objects.count()) == (2, 2)


@pytest.mark.req("SYS-10")
def test_what_became_of_a_reminder_can_be_looked_up(rini, at):
    services.tell(rini, DUE, key="invoice|1|H-3", at=at)
    services.tell(rini, DUE, key="invoice|1|H-30", at=at)
    send_due(at=at, limit=1)

    assert list(queries.sendings("invoice|1|H-3").values_list("channel", "state")) == [("email", "sent")]


def test_nothing_is_told_when_its_cause_was_rolled_back(rini, at):
    with transaction.atomic():
        services.tell(rini, DUE, key="k", at=at)
        transaction.set_rollback(True)

    assert send_due(at=at) == 0
    assert queries.unread_count(rini) == 0


def test_who_has_no_address_is_told_in_the_inbox_only(rini, at):
    rini.email = ""

    services.tell(rini, DUE, key="k", at=at)

    assert (Notice.objects.count(), Outgoing.objects.count()) == (1, 0)


def test_who_declined_a_kind_gets_no_mail_of_it(rini, at):
    services.choose(rini, {"money": False, "case": True})

    services.tell(rini, DUE, key="k", at=at)
    services.tell(rini, Note(kind="case", title="Langkah"), key="l", at=at)

    assert list(Outgoing.objects.values_list("key", flat=True)) == ["l|email"]


def test_some_kinds_come_by_mail_only_when_asked_for(rini, at):
    work = Note(kind="work", title="Periksa kamar")
    services.tell(rini, work, key="k", at=at)
    services.choose(rini, {"work": True})
    services.tell(rini, work, key="l", at=at)

    assert list(Outgoing.objects.values_list("key", flat=True)) == ["l|email"]


def test_security_notices_cannot_be_declined_and_are_forgotten_once_sent(rini, at):
    services.choose(rini, {"security": False})

    services.tell(rini, Note(kind="security", title="Kata sandi diganti"), key="k", at=at)

    assert send_due(at=at) == 1
    assert Outgoing.objects.get().payload == {}


@pytest.mark.req("SYS-01")
def test_everybody_is_told_in_their_own_language(rini, budi, unit_wita, at):
    budi.language = "en"
    note = Note(
        kind="case",
        title=gettext_lazy("Masuk"),
        text="%(when)s %(word)s",
        values={"when": at, "word": lambda: str(gettext_lazy("Keluar"))},
    )

    services.tell(rini, note, key="1", at=at, unit=unit_wita)
    services.tell(budi, note, key="2", at=at, unit=unit_wita)

    assert queries.notices_for(rini).get().text == "Selasa, 10 Maret 2026 11.00 WITA Keluar"
    assert queries.notices_for(budi).get().text.startswith("Tuesday, 10 March 2026 11.00 WITA")


def test_a_per_cent_sign_in_a_plain_sentence_stays(rini, at):
    services.tell(rini, Note(kind="case", title="Uang muka 10% masuk"), key="k", at=at)

    assert queries.notices_for(rini).get().title == "Uang muka 10% masuk"


def test_holders_of_a_role_are_told_each_once_and_nobody_else(sari, hadi, rini, unit, unit_wita, at):
    Role.objects.create(
        person=rini, unit=unit, name="manager", since=at - timedelta(days=9), until=at - timedelta(days=1)
    )

    managers = services.tell_holders(unit, "manager", note=DUE, key="a", at=at)
    both = services.tell_holders(unit, "manager", "owner", note=DUE, key="b", at=at)
    again = services.tell_holders(unit, "manager", "owner", note=DUE, key="b", at=at)
    elsewhere = services.tell_holders(unit_wita, "manager", note=DUE, key="c", at=at)

    assert (managers, both, again, elsewhere) == (1, 2, 0, 0)
    assert sorted(Notice.objects.values_list("person__name", flat=True)) == ["Pak Hadi", "Sari", "Sari"]


@pytest.mark.parametrize("link", ["https://jahat.example/", "//jahat.example/", "tagihan/"])
def test_a_notice_leads_nowhere_outside_the_house(rini, at, link):
    with pytest.raises(AssertionError):
        services.tell(rini, Note(kind="case", title="X", link=link), key="k", at=at)


def test_a_mail_cannot_carry_markup_or_header_lines_of_a_name(rini, at):
    services.tell(rini, Note(kind="case", title="<b>Kamar</b>\nBcc: x@y.z"), key="k", at=at)

    assert send_due(at=at) == 1
    assert mail.outbox[0].subject == "<b>Kamar</b> Bcc: x@y.z"
    assert "&lt;b&gt;Kamar" in mail.outbox[0].alternatives[0][0]
    assert "<b>Kamar</b>" in mail.outbox[0].body


def test_a_merged_person_s_notices_are_read_together(rini, budi, at):
    services.tell(budi, DUE, key="k", at=at)
    budi.merged_into = rini
    budi.save()

    assert queries.unread_count(rini) == 1
    assert services.mark_all_read(rini, at=at) == 1
    assert queries.unread_count(rini) == 0


def test_the_unread_count_is_one_query_and_none_for_visitors(rini, at, django_assert_num_queries):
    services.tell(rini, DUE, key="k", at=at)

    with django_assert_num_queries(1):
        assert queries.unread_count(rini) == 1
    with django_assert_num_queries(0):
        assert queries.unread_count(None) == 0
