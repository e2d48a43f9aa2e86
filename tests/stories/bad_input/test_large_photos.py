"""A photo of 40 MB: re-encoded and kept small, or refused with a sentence; memory stays bounded."""

import json
import subprocess
import sys
from io import BytesIO

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image

from tatausaha.business.boarding.models import Photo
from tatausaha.core.payments.models import Expense
from tatausaha.core.procedures.models import Attachment
from tests.stories.bad_input import files
from tests.stories.bad_input.conftest import flat
from tests.stories.bad_input.test_disguised_files import EXPENSE, registering, statement

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07")]

__all__ = ["registering"]

GROWTH = 160 * 2**20
"""Bytes by which a process may grow while it takes in one such photo."""

MEASURED = """
import json, resource, sys
from pathlib import Path
import django
django.setup()
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.handlers.wsgi import WSGIRequest
from django.urls import get_resolver
from tatausaha.core.payments.forms import ProofForm
from tatausaha.core.kernel import uploads

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

body = Path(sys.argv[1])
get_resolver().url_patterns
warm = uploads.photo(open(sys.argv[2], "rb"))
before = peak()
with body.open("rb") as stream:
    request = WSGIRequest({
        "REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=batas",
        "CONTENT_LENGTH": str(body.stat().st_size), "wsgi.input": stream, "PATH_INFO": "/",
    })
    form = ProofForm(request.POST, request.FILES)
    sure = form.is_valid()
kept = form.cleaned_data["proof"] if sure else None
print(json.dumps({"grown": peak() - before, "kept": len(kept.content) if kept else 0,
                  "errors": form.errors.get_json_data()}))
"""


@pytest.fixture(params=["jpeg", "png"])
def large(request):
    return {"jpeg": files.large_jpeg, "png": files.large_png}[request.param]()


@pytest.mark.req("KOS-05")
def test_memory_stays_bounded_while_one_is_taken_in(large, tmp_path):
    body, small = tmp_path / "body", tmp_path / "small.jpg"
    head = (
        b'--batas\r\nContent-Disposition: form-data; name="proof"; filename="foto.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n"
    )
    body.write_bytes(head + large + b"\r\n--batas--\r\n")
    small.write_bytes(files.photo_with_place())

    made = subprocess.run(
        [sys.executable, "-c", MEASURED, str(body), str(small)], check=True, capture_output=True, text=True
    )

    seen = json.loads(made.stdout)
    assert seen["errors"] == {}
    assert 0 < seen["kept"] < 8 * 2**20
    assert seen["grown"] < GROWTH, f"grown by {seen['grown'] / 2**20:.0f} MB"


def test_as_a_proof_it_is_kept_small(transfer, bill, rini, browse, large):
    answer = browse(rini).post(f"/bayar/{bill.number}/", {"proof_form": "1", "proof": files.upload(large)})

    assert answer.status_code == 302
    kept = Attachment.objects.get()
    assert kept.content_type == "image/jpeg"
    assert kept.size < 8 * 2**20
    transfer.refresh_from_db()
    assert transfer.status == "submitted"


@pytest.mark.req("KOS-07")
def test_as_an_identity_paper_it_is_kept_small(registering, rini, browse):
    answer = browse(rini).post(registering, statement(paper_file=files.upload(files.large_jpeg())))

    assert answer.status_code == 302
    assert rini.papers.get().file_type == "image/jpeg"


@pytest.mark.req("KOS-01")
def test_as_a_photo_of_the_house_it_is_kept_small(house, sari, browse):
    form = {"photo": files.upload(files.large_jpeg()), "caption": "Tampak depan"}

    assert browse(sari).post("/kos-kelola/rumah/melati/foto/", form).status_code == 302
    shot = Photo.objects.get()
    assert len(browse().get(f"/kos/foto/{shot.token}/{max(shot.edges)}.webp").content) < 4 * 2**20


@pytest.mark.req("KOS-14")
def test_as_the_note_of_an_expense_it_is_kept_small(house, sari, browse):
    answer = browse(sari).post("/pengeluaran/baru/", EXPENSE | {"photo": files.upload(files.large_jpeg())})

    assert answer.status_code == 302
    assert Expense.objects.get().amount == 75_000
    assert Attachment.objects.get().size < 8 * 2**20


def test_a_program_sends_it_as_a_form_with_files(transfer, rini, program):
    student = program(rini)
    answer = student.client.post(
        f"/api/v1/cases/{transfer.number}/steps/submit",
        {"proof": files.upload(files.large_jpeg())},
        headers={"idempotency-key": "besar"},
    )

    assert answer.status_code == 200, answer.content
    assert Attachment.objects.get().size < 8 * 2**20


def test_a_program_that_sends_it_as_text_is_told_how(transfer, rini, program):
    large = {"proof": {"name": "foto.jpg", "content": "A" * (5 * 2**20)}}

    answer = program(rini).post(f"/cases/{transfer.number}/steps/submit", large)

    assert answer.status_code == 413
    assert (
        answer.json()["detail"] == "Isi permintaan terlalu besar; kirim berkas sebagai multipart/form-data."
    )


def test_one_beyond_the_limit_is_refused_with_both_sizes(transfer, bill, rini, browse):
    file = TemporaryUploadedFile("film.jpg", "image/jpeg", 0, None)
    file.write(b"\xff\xd8\xff\xe0")
    file.truncate(51 * 2**20)
    file.seek(0)

    page = browse(rini).post(
        f"/bayar/{bill.number}/", {"proof_form": "1", "proof": file, "sender": "BCA 1 a.n. Rini"}
    )

    file.close()
    assert page.status_code == 422
    assert "paling besar" in flat(page)
    assert 'value="BCA 1 a.n. Rini"' in flat(page)
    assert not Attachment.objects.exists()


def test_few_bytes_that_unfold_to_a_giant_are_refused(transfer, bill, rini, browse):
    made = BytesIO()
    Image.new("L", (20_000, 20_000)).save(made, "PNG", compress_level=9)

    page = browse(rini).post(
        f"/bayar/{bill.number}/", {"proof_form": "1", "proof": files.upload(made.getvalue())}
    )

    assert page.status_code == 422
    assert "terlalu banyak piksel" in flat(page)
