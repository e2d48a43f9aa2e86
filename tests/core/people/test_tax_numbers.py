"""An NPWP that is a NIK is personal like the KTP: sealed, masked, and each look at it written down."""

import pytest
from django.forms import ChoiceField

from tatausaha.business.boarding.procedure.forms import RegistrationForm
from tatausaha.core.people import papers, privacy, services
from tatausaha.core.people.forms_people import PaperForm
from tatausaha.core.people.models import Event, IdentityPaper, PaperView, Person, PersonChange

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-06")]

NIK, MASKED = "3201015508950001", "3201••••••••0001"
OTHER = "3201015508950002"


@pytest.fixture
def ayu(company, hadi, at):
    return services.create_person(name="Ayu", tax_number=NIK, by=hadi, at=at)


def sealed_of(person):
    return IdentityPaper.objects.filter(person=person, kind="npwp", erased_at=None)


def everywhere():
    """Every value of the tables in which a person's data and its changes stand."""
    kinds = (Person, PersonChange, Event, IdentityPaper)
    return " ".join(str(row) for kind in kinds for row in kind.objects.values())


def test_it_stands_nowhere_in_clear(ayu, hadi, at):
    services.update_person(ayu, tax_number=OTHER, by=hadi, at=at)

    ayu.refresh_from_db()
    assert ayu.tax_number == "3201••••••••0002"
    assert PersonChange.objects.get(field="tax_number").old == MASKED
    assert NIK not in everywhere()
    assert OTHER not in everywhere()
    assert NIK not in str(privacy.own_data(ayu, at=at))


def test_a_look_at_the_whole_number_is_written_down(ayu, hadi, at):
    paper = sealed_of(ayu).get()

    assert paper.number_masked == MASKED
    assert papers.reveal_number(paper, by=hadi, at=at, reason="Faktur pajak") == NIK
    assert PaperView.objects.get(paper=paper).reason == "Faktur pajak"


def test_the_masked_number_of_an_unchanged_form_changes_nothing(ayu, hadi, at):
    kept = sealed_of(ayu).get()

    services.update_person(ayu, name="Ayu Lestari", tax_number="3201 •••• •••• 0001", by=hadi, at=at)

    ayu.refresh_from_db()
    assert (ayu.name, ayu.tax_number) == ("Ayu Lestari", MASKED)
    assert sealed_of(ayu).get() == kept


@pytest.mark.parametrize("typed", ["", "09.254.294.3-407.000"])
def test_a_number_that_is_no_nik_takes_the_sealed_one_away(ayu, hadi, at, typed):
    services.update_person(ayu, tax_number=typed, by=hadi, at=at)

    ayu.refresh_from_db()
    assert ayu.tax_number == ("0092542943407000" if typed else "")
    assert not sealed_of(ayu).exists()


def test_the_pages_show_it_masked(ayu, hadi, browser_of_settings):
    page = browser_of_settings(hadi, ayu)

    assert "3201 •••• •••• 0001" in page
    assert NIK not in page.replace(" ", "")


@pytest.fixture
def browser_of_settings(client):
    def read(person, whose):
        client.force_login(person.login)
        return "".join(client.get(f"/setelan/orang/{whose.pk}/{end}").text for end in ("", "ubah/"))

    return read


@pytest.mark.parametrize("field", [PaperForm.base_fields["kind"], RegistrationForm.base_fields["paper_kind"]])
def test_it_is_no_identity_document_that_may_be_handed_in(field):
    assert isinstance(field, ChoiceField)
    assert "npwp" not in dict(field.choices)
    assert "ktp" in dict(field.choices)
