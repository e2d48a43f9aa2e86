"""Identity papers: sealed at rest, masked in lists, every look written down."""

from datetime import date
from io import BytesIO

import pytest
from cryptography.fernet import Fernet
from django.core.files.storage import default_storage
from PIL import Image

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import access, papers, vault
from tatausaha.core.people.models import Event, IdentityPaper, PaperView, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-07")]

NIK = "3201015508950001"


@pytest.fixture(autouse=True)
def _keys():
    yield
    vault.forget_keys()


def photo():
    out = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    out.seek(0)
    return out


@pytest.fixture
def ktp(company, rini, at):
    return papers.add_paper(
        person=rini, kind="ktp", number="3201 0155 0895 0001", file=photo(), by=rini, at=at
    )


def test_number_and_file_lie_sealed(ktp):
    row = IdentityPaper.objects.filter(pk=ktp.pk).values().get()

    assert row["number_masked"] == "3201••••••••0001"
    assert NIK not in str(dict(row))
    with default_storage.open(row["file_name"]) as file:
        stored = file.read()
    assert b"\xff\xd8\xff" not in stored[:20]
    assert vault.unseal(stored).startswith(b"\xff\xd8\xff")


def test_a_ktp_tells_the_birth_date(ktp, rini):
    rini.refresh_from_db()

    assert rini.born_on == date(1995, 8, 15)


@pytest.mark.parametrize(
    "data",
    [{"kind": "ktp", "number": "123"}, {"kind": "kartu", "number": NIK}, {"kind": "sim", "number": "#"},
     {"kind": "sim", "number": "1234567890123", "valid_until": date(2026, 3, 9)}],
)  # fmt: skip
def test_a_wrong_paper_is_refused_and_nothing_is_kept(company, rini, at, data):
    with pytest.raises(Refused):
        papers.add_paper(person=rini, by=rini, at=at, **data)

    assert not IdentityPaper.objects.exists()


def test_the_same_paper_is_kept_once(ktp, rini, at):
    with pytest.raises(Refused, match="sudah tercatat"):
        papers.add_paper(person=rini, kind="ktp", number=NIK, by=rini, at=at)


def test_a_look_is_written_down_with_its_reason(ktp, rini, hadi, at):
    assert papers.reveal_number(ktp, by=hadi, at=at, reason="Lapor kelurahan") == NIK
    opened = papers.reveal_file(ktp, by=rini, at=at, reason="Milik sendiri")

    assert opened.content_type == "image/jpeg"
    assert Image.open(BytesIO(opened.content)).size == (60, 40)
    assert list(PaperView.objects.order_by("pk").values_list("by", "what", "reason", "at")) == [
        (hadi.pk, "number", "Lapor kelurahan", at),
        (rini.pk, "file", "Milik sendiri", at),
    ]


@pytest.mark.req("KOS-16")
def test_strangers_see_nothing_and_a_manager_only_with_business(
    ktp, rini, budi, sari, unit, unit_wita, at, monkeypatch
):
    monkeypatch.setattr(access, "_relations", [])
    for nobody in (budi, sari):
        with pytest.raises(Refused, match="tidak berhak"):
            papers.reveal_number(ktp, by=nobody, at=at, reason="Ingin tahu")

    access.register_relation(lambda person: Unit.objects.filter(code="kenanga").values_list("pk", flat=True))
    assert not access.may_know(sari, rini)
    access.register_relation(
        lambda person: Unit.objects.filter(code="melati", pk__gt=0 if person == rini else 10**9).values_list(
            "pk", flat=True
        )
    )

    assert papers.reveal_number(ktp, by=sari, at=at, reason="Pendaftaran penghuni") == NIK
    assert not access.may_know(sari, budi)
    assert not access.may_know(None, rini)
    assert PaperView.objects.count() == 1


def test_a_look_without_a_reason_is_refused(ktp, hadi, at):
    with pytest.raises(Refused, match="alasan"):
        papers.reveal_number(ktp, by=hadi, at=at, reason=" a ")

    assert not PaperView.objects.exists()


def test_an_erased_paper_keeps_nothing_but_that_it_was(ktp, hadi, at, django_capture_on_commit_callbacks):
    file_name = ktp.file_name
    with django_capture_on_commit_callbacks(execute=True):
        papers.erase_paper(ktp, by=hadi, at=at, reason="Masa simpan habis")

    ktp.refresh_from_db()
    assert (ktp.number_sealed, ktp.number_hash, ktp.number_masked, ktp.erased_at) == ("", "", "••••••••", at)
    assert not default_storage.exists(file_name)
    with pytest.raises(Refused, match="sudah dihapus"):
        papers.reveal_number(ktp, by=hadi, at=at, reason="Masih ada?")
    assert Event.objects.get(kind=Event.Kind.PAPER_ERASED).details["reason"] == "Masa simpan habis"


def test_a_new_key_seals_and_the_old_one_still_opens(ktp, rini, hadi, at, monkeypatch):
    old = vault._kept("papers").strip()
    new = Fernet.generate_key().decode()
    monkeypatch.setenv("TATAUSAHA_PAPER_KEYS", f"{new},{old}")
    vault.forget_keys()
    assert papers.reveal_number(ktp, by=hadi, at=at, reason="Lapor RT") == NIK

    assert papers.reseal_all() == 1

    monkeypatch.setenv("TATAUSAHA_PAPER_KEYS", new)
    vault.forget_keys()
    ktp.refresh_from_db()
    assert papers.reveal_number(ktp, by=hadi, at=at, reason="Lapor RT") == NIK
    assert papers.reveal_file(ktp, by=hadi, at=at, reason="Lapor RT").content_type == "image/jpeg"
    assert papers.hash_of("ktp", NIK) == ktp.number_hash


def test_without_the_right_key_nothing_opens(ktp, monkeypatch):
    monkeypatch.setenv("TATAUSAHA_PAPER_KEYS", Fernet.generate_key().decode())
    vault.forget_keys()

    with pytest.raises(vault.Sealed):
        vault.unseal_text(ktp.number_sealed)


def test_keys_are_made_once_and_readable_by_nobody_else(settings, tmp_path):
    settings.HOME = tmp_path

    first = vault._kept("papers")

    assert vault._kept("papers") == first
    assert (tmp_path / "keys" / "papers").stat().st_mode & 0o077 == 0
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["papers"]
