"""What leaves the house: after the commit, at least once, by one worker at a time, without secrets."""

import logging
import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from tatausaha.core.kernel import tasks
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices import channels, outbox
from tatausaha.core.notices.channels import Undeliverable
from tatausaha.core.notices.models import Notice, Outgoing
from tatausaha.core.notices.outbox import LEASE, PAUSES, put, send_again, send_due
from tatausaha.core.people import channels as people_channels
from tests.races.threads import errors, results, together

pytestmark = pytest.mark.django_db


class Pigeon:
    """A channel that remembers what it carried, and does as it is told."""

    def __init__(self, fault=None):
        self.carried = []
        self.fault = fault

    def send(self, message):
        assert not [block for block in connection.atomic_blocks if not block._from_testcase], "no transaction"
        if self.fault:
            raise self.fault
        self.carried.append(message.key)


@pytest.fixture
def pigeon(monkeypatch):
    bird = Pigeon()
    monkeypatch.setitem(channels.channels, "pigeon", bird)
    return bird


def message(at, key="a", **other):
    return put("pigeon", key=key, address="loft", payload={"text": "halo"}, at=at, **other)


@pytest.mark.req("SYS-04")
def test_a_message_is_sent_once_and_says_when(pigeon, at):
    one = message(at)

    assert (send_due(at=at), send_due(at=at)) == (1, 0)

    one.refresh_from_db()
    assert pigeon.carried == ["a"]
    assert (one.state, one.attempts, one.lease_until) == ("sent", 1, None)
    assert timedelta() <= one.sent_at - at < timedelta(seconds=5)


def test_the_same_key_is_one_message(pigeon, at):
    assert message(at) == message(at)

    assert send_due(at=at) == 1


def test_what_was_rolled_back_is_not_sent(pigeon, at):
    with transaction.atomic():
        message(at)
        transaction.set_rollback(True)

    assert send_due(at=at) == 0
    assert pigeon.carried == []


def test_a_message_waits_for_its_time(pigeon, at):
    message(at)

    assert send_due(at=at - timedelta(seconds=1)) == 0
    assert send_due(at=at) == 1


def test_the_oldest_goes_first_and_no_more_than_asked(pigeon, at):
    for minute in (3, 1, 2):
        message(at + timedelta(minutes=minute), key=str(minute))

    assert send_due(at=at + timedelta(hours=1), limit=2) == 2
    assert pigeon.carried == ["1", "2"]


@pytest.mark.req("SYS-04")
def test_a_fault_is_tried_again_with_growing_pauses_and_then_given_up(pigeon, hadi, at):
    pigeon.fault = OSError("connection refused")
    one = message(at)
    waited = []
    now = at
    for _attempt in range(len(PAUSES)):
        assert send_due(at=now) == 0
        one.refresh_from_db()
        waited.append(round((one.next_try_at - now).total_seconds() / 60))
        assert one.state == "due"
        assert send_due(at=one.next_try_at - timedelta(seconds=5)) == 0
        now = one.next_try_at

    send_due(at=now)

    one.refresh_from_db()
    assert waited == [1, 5, 15, 60, 240, 720, 1440]
    assert (one.state, one.attempts, one.last_error) == ("failed", len(PAUSES) + 1, "OSError")
    assert send_due(at=now + timedelta(days=30)) == 0
    assert [(n.person, n.title, n.link) for n in Notice.objects.all()] == [
        (hadi, "Satu kiriman tidak sampai", "/pemberitahuan/gagal/")
    ]


def test_a_slow_channel_does_not_keep_the_worker_for_long(pigeon, monkeypatch, at):
    passed = [0.0]
    monkeypatch.setattr(outbox.time, "monotonic", lambda: passed[0])

    def slow(_message):
        passed[0] += 9
        raise OSError

    monkeypatch.setattr(pigeon, "send", slow)
    for number in range(9):
        message(at, key=str(number))

    assert send_due(at=at) == 0
    assert Outgoing.objects.filter(attempts=1).count() == 3


def test_the_content_of_what_was_sent_long_ago_is_dropped(pigeon, at):
    one = message(at)
    send_due(at=at)
    waiting = message(at, key="b")

    assert outbox.forget_sent(at=at + timedelta(days=89)) == 0
    assert outbox.forget_sent(at=at + timedelta(days=91)) == 1
    one.refresh_from_db()
    waiting.refresh_from_db()
    assert (one.payload, one.state, waiting.payload) == ({}, "sent", {"text": "halo"})


def test_the_worker_knows_what_to_do_here():
    assert {"send what is due", "forget what was sent long ago"} <= tasks.registry.keys()


def test_one_faulty_message_does_not_hold_up_the_others(monkeypatch, pigeon, at):
    monkeypatch.setitem(channels.channels, "broken", Pigeon(fault=KeyError("x")))
    put("broken", key="bad", address="x", payload={}, at=at - timedelta(hours=1))
    message(at, key="good")

    assert send_due(at=at) == 1
    assert pigeon.carried == ["good"]


def test_what_can_never_arrive_fails_at_once_with_its_reason(pigeon, hadi, at):
    pigeon.fault = Undeliverable("Nomor ini tidak ada di WhatsApp.")
    one = message(at)

    assert send_due(at=at) == 0

    one.refresh_from_db()
    assert (one.state, one.attempts, one.last_error) == ("failed", 1, "Nomor ini tidak ada di WhatsApp.")


def test_a_failed_message_can_be_sent_again_from_the_start(pigeon, at):
    pigeon.fault = Undeliverable("penuh")
    one = message(at)
    send_due(at=at)
    one.refresh_from_db()
    pigeon.fault = None

    send_again(one, at=at + timedelta(days=1))

    assert send_due(at=at + timedelta(days=1)) == 1
    one.refresh_from_db()
    assert (one.state, one.attempts, one.failed_at) == ("sent", 1, None)
    with pytest.raises(Refused):
        send_again(one, at=at)


@pytest.mark.req("SYS-04")
def test_when_a_worker_dies_in_the_middle_its_lease_ends_and_another_sends(pigeon, at):
    pigeon.fault = SystemExit("killed")  # goes through as a kill does: nothing is noted
    message(at)
    with pytest.raises(SystemExit):
        send_due(at=at)
    pigeon.fault = None

    assert send_due(at=at + LEASE - timedelta(seconds=5)) == 0
    assert send_due(at=at + LEASE + timedelta(seconds=5)) == 1
    assert Outgoing.objects.get().attempts == 2


def test_a_message_that_kills_every_worker_is_given_up(pigeon, hadi, at):
    pigeon.fault = SystemExit("killed")
    message(at)
    for turn in range(len(PAUSES) + 1):
        with pytest.raises(SystemExit):
            send_due(at=at + 2 * LEASE * turn)

    assert send_due(at=at + timedelta(days=1)) == 0
    assert Outgoing.objects.get().state == "failed"


def test_a_slow_worker_whose_lease_ended_does_not_undo_what_another_did(pigeon, monkeypatch, at):
    def slow(_message):
        pigeon.fault = None
        monkeypatch.setattr(pigeon, "send", Pigeon.send.__get__(pigeon))
        assert send_due(at=at + 2 * LEASE) == 1
        raise OSError

    monkeypatch.setattr(pigeon, "send", slow)
    message(at)

    send_due(at=at, limit=1)

    assert Outgoing.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_sending_inside_a_transaction_is_our_own_mistake(pigeon, at):
    message(at)

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        send_due(at=at)

    assert pigeon.carried == []


@pytest.mark.race
@pytest.mark.req("SYS-04")
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_every_message_once(pigeon, at):
    for number in range(40):
        message(at, key=str(number))

    outcomes = together([lambda: send_due(at=at)] * 4)

    assert errors(outcomes) == []
    assert sum(results(outcomes)) == 40
    assert sorted(pigeon.carried) == sorted(str(number) for number in range(40))


@pytest.mark.race
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_does_not_wait_for_what_another_is_claiming(pigeon, at):
    first, second = message(at, key="1"), message(at + timedelta(seconds=1), key="2")
    claimed, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Outgoing.objects.select_for_update().get(pk=first.pk)
            claimed.set()
            assert done.wait(20)

    def work():
        assert claimed.wait(20)
        sent = send_due(at=second.next_try_at)
        done.set()
        return sent

    outcomes = together([hold, work])

    assert errors(outcomes) == []
    assert pigeon.carried == ["2"]


def test_secrets_are_neither_logged_nor_kept(pigeon, caplog, at):
    caplog.set_level(logging.DEBUG)
    pigeon.fault = smtplib.SMTPAuthenticationError(535, b"password hunter2 for code 991827")
    one = put(
        "pigeon", key="k", address="rini@contoh.id", payload={"text": "kode 991827"}, at=at, secret=True
    )
    send_due(at=at)
    one.refresh_from_db()

    assert one.last_error == "SMTPAuthenticationError 535"
    assert caplog.records
    for secret in ("991827", "hunter2", "rini@contoh.id"):
        assert secret not in caplog.text

    pigeon.fault = None
    assert send_due(at=one.next_try_at) == 1
    one.refresh_from_db()
    assert one.payload == {}


def test_what_is_no_secret_is_kept_with_what_was_sent(pigeon, at):
    one = message(at)
    send_due(at=at)
    one.refresh_from_db()

    assert one.payload == {"text": "halo"}


def test_a_ready_made_chat_that_was_opened_counts_as_opened_and_not_as_sent(at):
    one = outbox.note_opened(key="invoice|1|H-3|wa", address="+62812", at=at)

    assert (one.state, one.sent_at) == ("opened", None)
    assert send_due(at=at) == 0
    assert outbox.note_opened(key="invoice|1|H-3|wa", address="+62812", at=at) == one


@pytest.mark.req("SYS-04")
def test_mail_has_a_text_and_a_page_and_its_key(at):
    put(
        "email",
        key="k|email",
        address="rini@contoh.id",
        payload={"subject": "Tagihan", "text": "Halo", "html": "<p>Halo</p>"},
        at=at,
    )

    assert send_due(at=at) == 1
    sent = mail.outbox[0]
    assert (sent.to, sent.subject, sent.body) == (["rini@contoh.id"], "Tagihan", "Halo")
    assert [tuple(part) for part in sent.alternatives] == [("<p>Halo</p>", "text/html")]
    assert sent.extra_headers["Idempotency-Key"] == "k|email"


def test_mail_goes_to_a_folder_where_no_server_is_set(at, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    put("email", key="k", address="rini@contoh.id", payload={"subject": "S", "text": "Halo Rini"}, at=at)

    send_due(at=at)

    (file,) = (tmp_path / "mail").iterdir()
    assert "Halo Rini" in file.read_text()


def test_a_sign_in_code_leaves_by_the_outbox_and_is_forgotten(at, settings, tmp_path):
    settings.MAIL_ROOT = tmp_path / "mail"

    people_channels.to_phone("+6281200000001", "Kode Anda 991827", at)

    one = Outgoing.objects.get()
    assert (one.channel, one.address, one.secret) == ("phone", "+6281200000001", True)
    assert send_due(at=at) == 1
    (file,) = (tmp_path / "mail").iterdir()
    assert "Kode Anda 991827" in file.read_text()
    one.refresh_from_db()
    assert one.payload == {}


def test_a_mail_of_the_account_pages_leaves_by_the_outbox_and_is_forgotten(client, rini, clock_at, at):
    clock_at(at)

    client.post(reverse("account_reset_password"), {"email": "rini@contoh.id"})

    assert mail.outbox == []
    assert send_due(at=at) == 1
    assert mail.outbox[0].to == ["rini@contoh.id"]
    assert "/akun/password/reset/key/" in mail.outbox[0].body
    assert Outgoing.objects.get().payload == {}
