"""Files that are not what their name says: known by their content, refused with a sentence, never served as sent."""

import base64

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tatausaha.business.boarding.models import Photo
from tatausaha.core.payments.models import Expense
from tatausaha.core.people import papers
from tatausaha.core.procedures.models import Attachment, Message
from tests.business.boarding.desk import PAPER
from tests.stories.bad_input import files
from tests.stories.bad_input.conftest import flat, photo

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07"), pytest.mark.req("SYS-04")]

EXPENSE = {
    "unit": "melati", "note": "Lampu teras", "category": "61601", "amount": "75.000",
    "occurred_on": "10/03/2026", "paid_from": "transfer", "no_note": "Struk hilang",
}  # fmt: skip


def statement(**other):
    return {name: value for name, value in PAPER.items() if isinstance(value, str)} | other


@pytest.fixture
def registering(booking, desk):
    """The down payment is in: Rini may register."""
    desk.cash(booking)
    return f"/kasus/{booking.number}/langkah/register/"


@pytest.mark.parametrize("kind", [*files.DISGUISED, *files.SCRIPTED])
@pytest.mark.parametrize("where", ["proof", "identity", "expense", "message", "house"])
def test_it_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    transfer, bill, booking, rini, sari, desk, browse, kind, where
):
    content = (files.DISGUISED | files.SCRIPTED)[kind]
    file = files.upload(content, "foto.jpg")
    match where:
        case "proof":
            browser, address = browse(rini), f"/bayar/{bill.number}/"
            form, kept = {"proof_form": "1", "proof": file, "sender": "BCA 1 a.n. Rini"}, "BCA 1 a.n. Rini"
        case "identity":
            desk.cash(booking)
            browser, address = browse(rini), f"/kasus/{booking.number}/langkah/register/"
            form, kept = statement(paper_file=file), "Bu Ratna"
        case "expense":
            browser, address = browse(sari), "/pengeluaran/baru/"
            form, kept = EXPENSE | {"photo": file}, "Lampu teras"
        case "message":
            browser, address = browse(rini), f"/kasus/{booking.number}/pesan/"
            form, kept = {"text": "Ini fotonya.", "file": file}, "Ini fotonya."
        case _:
            browser, address = browse(sari), "/kos-kelola/rumah/melati/foto/"
            form, kept = {"photo": file, "caption": "Dapur bersama"}, "Dapur bersama"

    page = browser.post(address, form)

    assert page.status_code in ({200, 422} if where == "house" else {422})
    shown = flat(page)
    assert any(
        word in shown for word in ("bukan foto", "rusak", "program atau lampiran", "terkunci sandi")
    ), shown
    assert kept in shown
    assert not Attachment.objects.exists()
    assert not Expense.objects.exists()
    assert not Message.objects.exists()
    assert not Photo.objects.exists()
    assert not rini.papers.exists()


@pytest.mark.parametrize("kind", [*files.DISGUISED, *files.SCRIPTED])
def test_a_program_gets_the_same_sentence_beside_the_field(transfer, rini, program, kind):
    content = base64.b64encode((files.DISGUISED | files.SCRIPTED)[kind]).decode()

    answer = program(rini).post(
        f"/cases/{transfer.number}/steps/submit", {"proof": {"name": "foto.jpg", "content": content}}
    )

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["proof"]
    transfer.refresh_from_db()
    assert transfer.status == "expected"


def test_a_pdf_named_jpg_is_taken_as_the_pdf_that_it_is(transfer, bill, rini, sari, browse):
    form = {"proof_form": "1", "proof": files.upload(files.pdf(), "bukti.jpg")}
    assert browse(rini).post(f"/bayar/{bill.number}/", form).status_code == 302

    kept = Attachment.objects.get()
    answer = browse(sari).get(f"/berkas/{kept.pk}/")

    assert kept.content_type == answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert kept.file.name.endswith(".pdf")


@pytest.mark.parametrize(
    "name", ['a"b\r\nX-Evil: 1.jpg', "../../etc/passwd", "n" * 250 + ".jpg", "<b>.jpg", "😀.jpg"]
)
def test_the_name_of_a_file_does_no_harm(transfer, bill, rini, browse, name):

    browser = browse(rini)
    assert (
        browser.post(f"/bayar/{bill.number}/", {"proof_form": "1", "proof": photo(name=name)}).status_code
        == 302
    )

    kept = Attachment.objects.get()
    answer = browser.get(f"/berkas/{kept.pk}/")
    page = browser.get(f"/kasus/{transfer.number}/")

    assert len(kept.name) <= 200
    assert ".." not in kept.file.name
    assert "X-Evil" not in answer.headers
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert "<b>.jpg" not in flat(page)


@pytest.mark.req("KOS-05")
def test_a_proof_loses_where_and_when_it_was_taken(transfer, bill, rini, browse):
    sent = files.photo_with_place()
    assert b"Telepon Rini" in sent
    form = {"proof_form": "1", "proof": files.upload(sent)}
    assert browse(rini).post(f"/bayar/{bill.number}/", form).status_code == 302

    kept = Attachment.objects.get().file.open("rb")
    content = kept.read()
    kept.seek(0)
    with Image.open(kept) as image:
        assert not dict(image.getexif())
        assert image.size == (800, 600)
    kept.close()
    assert b"Telepon Rini" not in content
    assert b"rahasia di dalam" not in content


@pytest.mark.req("KOS-07")
def test_an_identity_paper_loses_it_too_and_is_encrypted(registering, rini, sari, browse, at):
    form = statement(paper_file=files.upload(files.photo_with_place()))
    assert browse(rini).post(registering, form).status_code == 302

    paper = rini.papers.get()
    with default_storage.open(paper.file_name) as stored:
        assert not stored.read().startswith(b"\xff\xd8")
    opened = papers.reveal_file(paper, by=sari, at=at, reason="Memeriksa pendaftaran")
    assert opened.content_type == "image/jpeg"
    assert b"Telepon Rini" not in opened.content
    assert not Attachment.objects.exists()


@pytest.mark.req("KOS-01")
def test_a_photo_of_the_house_loses_it_before_the_public_sees_it(house, sari, browse):
    form = {"photo": files.upload(files.photo_with_place()), "caption": "Tampak depan"}
    assert browse(sari).post("/kos-kelola/rumah/melati/foto/", form).status_code == 302

    shot = Photo.objects.get()
    shown = browse().get(f"/kos/foto/{shot.token}/{max(shot.edges)}.webp")

    assert shown["Content-Type"] == "image/webp"
    assert b"Telepon Rini" not in shown.content
    assert b"EXIF" not in shown.content


@pytest.mark.req("KOS-07")
def test_a_paper_without_its_number_is_not_thrown_away_in_silence(registering, rini, browse):

    page = browse(rini).post(registering, statement(paper_file=photo(), paper_number=""))

    assert page.status_code == 422
    assert "Tulis juga nomor tanda pengenalnya" in flat(page)
    assert 'value="Bu Ratna"' in flat(page)
