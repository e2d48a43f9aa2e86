"""The pages about oneself and the owner's settings: what they do, and who never sees them."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from tatausaha.core.people import access, accounts, papers, services
from tatausaha.core.people.models import (
    Company,
    Event,
    IdentityPaper,
    Login,
    Merge,
    PaperView,
    Person,
    Role,
    Unit,
)

pytestmark = pytest.mark.django_db

NIK = "3201015508950001"


def photo(name="ktp.jpg"):
    out = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    out.seek(0)
    out.name = name
    return out


@pytest.fixture
def enter(client):
    """Sign a person in, as if through the page."""

    def sign_in(person):
        client.force_login(person.login)
        return client

    return sign_in


@pytest.fixture
def ktp(company, rini, at):
    return papers.add_paper(person=rini, kind="ktp", number=NIK, file=photo(), by=rini, at=at)


def text(answer):
    return answer.content.decode()


def owner_pages(unit, person, role):
    return [
        reverse("settings"),
        reverse("settings_company"),
        reverse("settings_units"),
        reverse("settings_unit_new"),
        reverse("settings_unit", args=[unit.code]),
        reverse("settings_people"),
        reverse("settings_person_new"),
        reverse("settings_duplicates"),
        reverse("settings_compare", args=[person.pk, role.person_id]),
        reverse("settings_person", args=[person.pk]),
        reverse("settings_person_edit", args=[person.pk]),
        reverse("settings_role_give", args=[person.pk]),
        reverse("settings_member_add", args=[person.pk]),
        reverse("settings_paper_add", args=[person.pk]),
        reverse("settings_login_end", args=[person.pk]),
        reverse("settings_role_end", args=[role.pk]),
    ]


@pytest.mark.req("KOS-16")
@pytest.mark.req("SYS-06")
@pytest.mark.parametrize("who", ["sari", "rini"])
def test_settings_do_not_exist_for_whoever_is_not_the_owner(enter, hadi, sari, rini, unit, who):
    client = enter({"sari": sari, "rini": rini}[who])
    role = Role.objects.get(person=sari)

    for page in owner_pages(unit, hadi, role):
        assert client.post(page, {"name": "manager"}).status_code == 404, page
        assert client.get(page).status_code in {404, 405}, page
    assert Role.objects.filter(until__isnull=True).count() == 2


def test_nobody_gets_in_without_a_login(client, hadi, sari, unit):
    for page in [
        *owner_pages(unit, hadi, Role.objects.get(person=sari)),
        reverse("account"),
        "/identitas/1/",
    ]:
        answer = client.get(page)
        assert answer.status_code == 405 or answer["Location"].startswith(reverse("account_login")), page


def test_every_page_of_the_owner_opens(enter, hadi, sari, rini, unit):
    client = enter(hadi)
    for page in owner_pages(unit, rini, Role.objects.get(person=sari)):
        answer = client.get(page)
        assert answer.status_code in {200, 405}, page


def test_the_owner_changes_the_company(enter, hadi, company):
    answer = enter(hadi).post(
        reverse("settings_company"),
        {"name": "CV Maju Terus", "phone": "0361 123456", "zone": "Asia/Makassar"},
    )

    assert answer.status_code == 302
    assert Company.objects.values_list("name", "phone", "zone").get() == (
        "CV Maju Terus", "+62361123456", "Asia/Makassar",
    )  # fmt: skip


def test_the_owner_opens_and_closes_a_unit(enter, hadi):
    client = enter(hadi)
    made = client.post(
        reverse("settings_unit_new"),
        {"business": "office", "name": "Kantor Denpasar", "zone": "Asia/Makassar"},
    )

    assert made["Location"] == reverse("settings_unit", args=["kantor-denpasar"])
    client.post(made["Location"], {"name": "Kantor Bali", "closed_on": "31 Desember 2099"})
    assert Unit.objects.values_list("name", "closed_on").get() == ("Kantor Bali", date(2099, 12, 31))
    refused = client.post(made["Location"], {"name": "Kantor Bali", "closed_on": "1/1/2020"})
    assert "sebelum dibuka" in text(refused)


def test_people_are_found_by_what_the_owner_knows_of_them(
    enter, hadi, rini, budi, django_assert_max_num_queries
):
    client = enter(hadi)
    for q in ("rin", "RINI@contoh", "0812-0000-0001", "+62 812 0000 0001"):
        found = text(client.get(reverse("settings_people"), {"q": q}))
        assert ("Rini" in found, "Budi" in found) == (True, False), q
    assert "Tidak ada yang cocok" in text(client.get(reverse("settings_people"), {"q": "zzz"}))
    with django_assert_max_num_queries(12):
        client.get(reverse("settings_people"))


def test_the_list_is_narrowed_to_who_works_here_organisations_and_closed_accounts(
    enter, hadi, sari, rini, budi, at
):
    services.create_organisation(name="CV Mitra", by=hadi, at=at)
    accounts.end_login(budi.login, by=hadi, at=at)
    Person.objects.filter(pk=rini.pk).update(anonymised_at=at, name="Data dihapus")
    client = enter(hadi)

    def listed(group):
        page = text(client.get(reverse("settings_people"), {"siapa": group}))
        return {name for name in ("Sari", "CV Mitra", "Budi", "Data dihapus") if f">{name}</a>" in page}

    assert listed("work") == {"Sari"}
    assert listed("legal") == {"CV Mitra"}
    assert listed("closed") == {"Budi"}
    assert listed("") == listed("lain") == {"Sari", "CV Mitra", "Budi"}


def test_the_history_says_which_role(enter, hadi, rini, unit, at):
    services.give_role(person=rini, name="staff", unit=unit, by=hadi, at=at)

    assert "Peran diberikan: Staf · Kos Melati" in text(
        enter(hadi).get(reverse("settings_person", args=[rini.pk]))
    )


def test_the_owner_writes_down_and_corrects_somebody(enter, hadi):
    client = enter(hadi)
    made = client.post(
        reverse("settings_person_new"),
        {
            "kind": "natural",
            "name": "Ayu",
            "phone": "0812 9999 0001",
            "born_on": "15/8/1995",
            "language": "id",
        },
    )
    person = Person.objects.get(name="Ayu")
    assert made["Location"] == reverse("settings_person", args=[person.pk])

    client.post(
        reverse("settings_person_edit", args=[person.pk]),
        {"name": "Ayu Lestari", "phone": "0812 9999 0001", "born_on": "15/8/1995", "language": "id"},
    )

    page = text(client.get(made["Location"]))
    assert "Ayu Lestari" in page
    assert "Nama: Ayu → Ayu Lestari" in page
    assert "0812-9999-0001" in page


def test_a_wrong_input_is_said_beside_its_field_and_nothing_typed_is_lost(enter, hadi):
    answer = enter(hadi).post(
        reverse("settings_person_new"),
        {"kind": "natural", "name": "Ayu", "email": "bukan surel", "tax_number": "12", "language": "id"},
    )

    assert answer.status_code == 200
    assert "alamat surel yang lengkap" in text(answer)
    assert 'value="bukan surel"' in text(answer)
    assert not Person.objects.filter(name="Ayu").exists()


@pytest.mark.req("SYS-06")
def test_roles_are_given_and_ended_on_the_page(enter, hadi, rini, unit):
    client = enter(hadi)
    client.post(reverse("settings_role_give", args=[rini.pk]), {"name": "manager", "unit": unit.pk})
    role = Role.objects.get(person=rini)
    assert (role.name, role.unit, role.given_by, role.until) == ("manager", unit, hadi, None)

    client.post(reverse("settings_role_end", args=[role.pk]))
    role.refresh_from_db()
    assert role.until is not None
    mine = Role.objects.get(person=hadi)
    said = client.post(reverse("settings_role_end", args=[mine.pk]), follow=True)
    assert "Pemilik terakhir" in text(said)
    wrong = client.post(reverse("settings_role_give", args=[rini.pk]), {"name": "manager", "unit": ""})
    assert wrong.status_code == 422
    assert "<details open>" in text(wrong)
    assert 'value="manager" selected' in text(wrong)
    assert text(wrong).count("peran lain dipegang di satu unit") == 2
    assert client.post(reverse("settings_role_give", args=[rini.pk]), {"name": "raja"}).status_code == 422
    assert Role.objects.filter(until__isnull=True).count() == 1


def test_an_organisation_gets_a_member_by_his_number(enter, hadi, rini, at):
    body = services.create_organisation(name="CV Lain", by=hadi, at=at)
    client = enter(hadi)
    page = reverse("settings_member_add", args=[body.pk])

    client.post(page, {"contact": "0812-0000-0001", "capacity": "Direktur"})
    unknown = client.post(page, {"contact": "0812-0000-0999", "capacity": "Direktur"}, follow=True)

    assert [(one.person, one.capacity) for one in body.members.all()] == [(rini, "Direktur")]
    assert "Catat dulu orangnya" in text(unknown)
    assert 'value="0812-0000-0999"' in text(unknown)
    assert "Direktur" in text(client.get(reverse("settings_person", args=[body.pk])))


def test_a_login_is_closed_but_not_ones_own(enter, hadi, rini):
    client = enter(hadi)
    client.post(reverse("settings_login_end", args=[rini.pk]))
    client.post(reverse("settings_login_end", args=[hadi.pk]))

    assert dict(Login.objects.values_list("person", "is_active")) == {rini.pk: False, hadi.pk: True}


@pytest.mark.req("SYS-07")
def test_duplicates_are_compared_and_merged(enter, hadi, rini, at):
    twin = services.create_person(name="Rini W", phone="081200000001", by=hadi, at=at)
    client = enter(hadi)
    page = reverse("settings_compare", args=[rini.pk, twin.pk])
    assert page in text(client.get(reverse("settings_duplicates")))

    client.post(page, {"reason": "Orang yang sama", "same": "1"})

    twin.refresh_from_db()
    assert twin.merged_into == rini
    assert Merge.objects.get().by == hadi
    assert "Tidak ada catatan ganda" in text(client.get(reverse("settings_duplicates")))
    moved = client.get(reverse("settings_person", args=[twin.pk]))
    assert moved["Location"] == reverse("settings_person", args=[rini.pk])


def test_two_people_are_told_apart(enter, hadi, rini, at):
    twin = services.create_person(name="Rini W", phone="081200000001", by=hadi, at=at)
    client = enter(hadi)

    client.post(
        reverse("settings_compare", args=[rini.pk, twin.pk]), {"reason": "Ibu dan anak", "different": "1"}
    )

    assert Event.objects.get(kind=Event.Kind.NOT_SAME).details == {"other": twin.pk, "reason": "Ibu dan anak"}
    assert "Tidak ada catatan ganda" in text(client.get(reverse("settings_duplicates")))
    assert not Merge.objects.exists()


def test_i_change_my_own_data_and_language(enter, rini):
    client = enter(rini)

    answer = client.post(
        reverse("account"),
        {"name": "Rini Wulandari", "phone": "0812 0000 0001", "language": "en", "address": "Jl. 1"},
    )

    assert answer["Location"] == reverse("account")
    assert answer.cookies["django_language"].value == "en"
    rini.refresh_from_db()
    assert (rini.name, rini.address, rini.language) == ("Rini Wulandari", "Jl. 1", "en")


def test_i_get_a_copy_of_my_data(enter, rini, ktp):
    answer = enter(rini).post(reverse("own_data"))

    assert answer.json()["orang"][0]["name"] == "Rini"
    assert NIK not in text(answer)
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(person=rini, kind=Event.Kind.EXPORTED).count() == 1


@pytest.mark.req("KOS-07")
def test_i_add_my_identity_and_lists_show_it_masked(enter, rini):
    client = enter(rini)

    client.post(reverse("own_paper_add"), {"kind": "ktp", "number": NIK, "file": photo()})

    paper = IdentityPaper.objects.get()
    assert (paper.person, paper.file_type) == (rini, "image/jpeg")
    page = text(client.get(reverse("account")))
    assert "3201••••••••0001" in page
    assert NIK not in page


@pytest.mark.req("KOS-07")
def test_a_wrong_nik_and_a_wrong_file_get_their_sentences(enter, rini):
    client = enter(rini)
    fake = BytesIO(b"halo")
    fake.name = "ktp.jpg"

    assert "16 angka" in text(client.post(reverse("own_paper_add"), {"kind": "ktp", "number": "123"}))
    assert "bukan foto" in text(
        client.post(reverse("own_paper_add"), {"kind": "ktp", "number": NIK, "file": fake})
    )
    assert not IdentityPaper.objects.exists()


@pytest.mark.req("KOS-07")
def test_number_and_file_open_after_a_reason_that_is_written_down(enter, hadi, ktp):
    client = enter(hadi)
    page = reverse("identity_paper", args=[ktp.pk])
    assert NIK not in text(client.get(page))

    refused = client.post(page, {"reason": "", "number": "1"})
    shown = client.post(page, {"reason": "Lapor kelurahan", "number": "1"})
    file = client.post(page, {"reason": "Lapor kelurahan", "file": "1"})

    assert NIK not in text(refused)
    assert NIK in text(shown)
    assert "no-store" in shown["Cache-Control"]
    assert "no-store" in file["Cache-Control"]
    assert (file["Content-Type"], Image.open(BytesIO(file.content)).size) == ("image/jpeg", (60, 40))
    assert list(PaperView.objects.order_by("pk").values_list("by", "what", "reason")) == [
        (hadi.pk, "number", "Lapor kelurahan"),
        (hadi.pk, "file", "Lapor kelurahan"),
    ]
    assert "Lapor kelurahan" in text(client.get(page))


@pytest.mark.req("KOS-16")
def test_a_paper_does_not_exist_for_strangers_and_managers_without_business(
    enter, ktp, budi, sari, unit, monkeypatch
):
    monkeypatch.setattr(access, "_relations", [])
    page = reverse("identity_paper", args=[ktp.pk])
    for nobody in (budi, sari):
        assert enter(nobody).get(page).status_code == 404
        assert enter(nobody).post(page, {"reason": "Ingin tahu", "number": "1"}).status_code == 404
    access.register_relation(lambda person: Unit.objects.filter(pk=unit.pk).values_list("pk", flat=True))

    assert enter(sari).get(page).status_code == 200
    assert not PaperView.objects.exists()
