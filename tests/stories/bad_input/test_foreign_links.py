"""Links of somebody else's things: as if they did not exist, and nothing of them in the answer."""

import pytest
from allauth.account.models import EmailAddress

from tatausaha.core.payments.models import Receipt, Refund
from tatausaha.core.people import papers
from tatausaha.core.people.models import Login, PaperView, Person, Role
from tatausaha.core.procedures import conversation
from tatausaha.core.procedures.models import Attachment
from tests.business.boarding.desk import PAPER
from tests.stories.bad_input.conftest import flat, photo
from tests.stories.bad_input.test_disguised_files import statement

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-04"), pytest.mark.req("KOS-16")]

TELLTALE = (
    "Rini Rahasia",
    "TG/MELATI",
    "KW/MELATI",
    "100.000",
    "Kos Melati",
    "Kediri",
    "Bu Ratna",
    "BK-26-00001",
)


@pytest.fixture
def dewi(unit_wita, at):
    """Manages another house."""
    person = Person.objects.create(name="Dewi", phone="+6281200000005", email="dewi@contoh.id", created_at=at)
    login = Login.objects.create_user(person=person, password="rahasia-sekali")
    EmailAddress.objects.create(user=login, email=person.email, verified=True, primary=True)
    Role.objects.create(person=person, unit=unit_wita, name="manager", since=at)
    return person


@pytest.fixture
def things(booking, bill, rini, sari, desk, browse, at):
    """Everything of Rini's that has an address, after she paid, registered, and cancelled."""
    Person.objects.filter(pk=rini.pk).update(name="Rini Rahasia")
    rini.refresh_from_db()
    browser = browse(rini)
    browser.post(f"/bayar/{bill.number}/")
    browser.post(
        f"/bayar/{bill.number}/", {"proof_form": "1", "proof": photo(), "sender": "BCA Rini Rahasia"}
    )
    payment = bill.payments.get()
    browse(sari).post(f"/kasus/{payment.number}/langkah/confirm/", {})
    browser.post(f"/kasus/{booking.number}/langkah/register/", statement(paper_file=photo("blue")))
    conversation.say(booking, "Catatan petugas.", by=sari, at=at, internal=True)
    browse(sari).post(
        f"/kasus/{booking.number}/langkah/withdraw/", {"cause": "broken", "note": "Kamar rusak."}
    )
    payment.refresh_from_db()
    receipt = Receipt.objects.get(payment=payment)
    refund = Refund.objects.first()
    assert refund is not None
    return {
        "bill": f"/tagihan/{bill.number}/",
        "bill on paper": f"/tagihan/{bill.number}.pdf",
        "paying": f"/bayar/{bill.number}/",
        "receipt": f"/kuitansi/{receipt.number}/",
        "receipt on paper": f"/kuitansi/{receipt.number}.pdf",
        "payment": f"/kasus/{payment.number}/",
        "step of the payment": f"/kasus/{payment.number}/langkah/reverse/",
        "case": f"/kasus/{booking.number}/",
        "step of the case": f"/kasus/{booking.number}/langkah/register/",
        "refund": f"/kasus/{refund.number}/",
        "file": f"/berkas/{Attachment.objects.get().pk}/",
        "identity": f"/identitas/{rini.papers.get().pk}/",
        "api case": f"/api/v1/cases/{booking.number}",
        "api payment": f"/api/v1/money/payments/{payment.number}",
        "api refund": f"/api/v1/cases/{refund.number}",
        "api bill": f"/api/v1/money/invoice?number={bill.number}",
        "api file": f"/api/v1/files/{Attachment.objects.get().pk}",
    }


def body_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_stranger_and_another_manager_find_nothing(things, budi, dewi, browse, program):
    for person in (budi, dewi):
        for name, address in things.items():
            client = program(person).client if name.startswith("api") else browse(person)
            answer = client.get(address)
            body = body_of(answer).decode()
            assert answer.status_code == 404, (person, name)
            assert [word for word in TELLTALE if word in body.replace(address, "")] == [], (person, name)


def test_a_visitor_is_led_to_sign_in_and_sees_nothing(things, browse):
    for name, address in things.items():
        answer = browse().get(address)
        body = body_of(answer).decode()
        if name.startswith("api"):
            assert answer.status_code == 401, name
        else:
            assert (answer.status_code, answer.url.startswith("/akun/login/?next=")) == (302, True), name
        assert [word for word in TELLTALE if word in body] == [], name


def test_her_own_person_and_her_manager_do_see_them(things, rini, sari, browse, program):
    """So that the test above means something."""
    for person in (rini, sari):
        for name, address in things.items():
            client = program(person).client if name.startswith("api") else browse(person)
            answer = client.get(address)
            body_of(answer)
            expected = {200, 302} if name.startswith("step of") else {200}
            if (person, name) == (sari, "identity"):
                expected = {404}  # an unpaid booking opens nobody's papers; a secured one does
            assert answer.status_code in expected, (person, name)


def test_strangers_cannot_act_on_them_either(things, budi, dewi, browse, program, booking, bill):
    was = Attachment.objects.count()
    for person in (budi, dewi):
        browser, robot = browse(person), program(person)
        for name in ("payment", "case", "refund"):
            assert browser.post(f"{things[name]}langkah/cancel/", {"note": "x"}).status_code == 404, name
            assert browser.post(f"{things[name]}pesan/", {"text": "Halo"}).status_code == 404, name
        assert browser.post(things["paying"], {"proof_form": "1"}).status_code == 404
        assert browser.post(things["identity"], {"reason": "Ingin tahu"}).status_code == 404
        assert robot.post(f"/cases/{booking.number}/steps/cancel", {}).status_code == 404
        assert robot.post(f"/cases/{booking.number}/messages", {"text": "Halo"}).status_code == 404
        assert robot.post("/money/transfers", {"invoice": bill.number}).status_code == 404
        assert robot.post("/money/cash", {"invoice": bill.number, "amount": 1}).status_code == 404
    assert Attachment.objects.count() == was
    assert not PaperView.objects.exists()


@pytest.mark.req("KOS-06")
def test_another_manager_takes_no_cash_for_the_house(bill, dewi, browse):
    answer = browse(dewi).post("/terima-tunai/", {"tagihan": bill.number, "amount": "100.000"})

    assert "Tagihan itu tidak ada atau sudah lunas." in flat(answer)
    assert "Rini" not in flat(answer)
    assert not bill.payments.exists()


def test_lists_search_and_files_hold_nothing_of_others(things, budi, dewi, browse, program):
    for person in (budi, dewi):
        browser, robot = browse(person), program(person)
        for sop in ("boarding.booking", "payments.payment", "payments.refund"):
            for wish in ("", "&berkas=csv", "&q=Rini", "&keadaan=semua&berkas=xlsx"):
                answer = browser.get(f"/kasus/?sop={sop}{wish}")
                body = body_of(answer)
                assert b"Rini Rahasia" not in body, (person, sop, wish)
                assert b"BK-26-00001" not in body, (person, sop, wish)
        for path in ("/cases?q=Rini", "/worklist", "/money/invoices", "/cases?procedure=payments.refund"):
            assert "Rini" not in robot.client.get(f"/api/v1{path}").content.decode()
        for page in ("/hari-ini/", "/saya/tagihan/", "/tagihan/?berkas=csv", "/tagihan/?q=Rini"):
            assert b"Rini Rahasia" not in body_of(browser.get(page)), (person, page)


def test_a_tenant_of_the_same_house_is_a_stranger_too(things, rooms, budi, browse, program, desk):
    answer = program(budi).post(
        "/cases",
        {"procedure": "boarding.booking", "input": {"room": rooms[1].pk, "move_in_on": "12/03/2026",
         "occupant": "wanita", "plan": "down_payment"}},
    )  # fmt: skip
    assert answer.status_code == 201

    for name, address in things.items():
        client = program(budi).client if name.startswith("api") else browse(budi)
        assert client.get(address).status_code == 404, name


def test_each_look_at_a_paper_is_written_down_and_none_without_a_reason(things, sari, rini, browse):
    paper = rini.papers.get()
    assert papers.known_paper(rini, kind="ktp", number=PAPER["paper_number"], at=paper.added_at) == paper

    browse(sari).post(things["identity"], {"reason": ""})
    assert not PaperView.objects.exists()
