"""Papers go out once, may be voided once, and never change."""

import pytest
from django.db import DatabaseError, connection, transaction

from tatausaha.core.documents import queries
from tatausaha.core.documents.models import Paper
from tatausaha.core.documents.services import issue_paper, masked, void_paper
from tatausaha.core.documents.sheets import fingerprint
from tatausaha.core.kernel.errors import Conflict, Refused
from tatausaha.core.people.actors import Machine
from tests.core.documents.test_typesetting import receipt


@pytest.fixture
def paper(unit, sari, at):
    return issue_paper(
        receipt(), kind="receipt", unit=unit, holder="Rini Wulandari", amount=1_400_000, by=sari, at=at
    )


@pytest.mark.req("KOS-10")
def test_an_issued_paper_is_found_by_its_token_with_masked_facts(paper, unit, sari, at):
    assert queries.paper_of(paper.token.lower()) == paper
    assert queries.paper_numbered("receipt", "KW/MELATI/2026/00001") == paper
    said = {"lines": [["Sewa", 900_000], ["Deposit", 500_000]], "left": 0}
    assert paper.facts == {"name": "R*** W***", "amount": 1_400_000} | said
    assert paper.fingerprint == fingerprint(receipt())
    assert (paper.unit, paper.issued_by, paper.issued_at, paper.state) == (unit, sari, at, "genuine")


def test_a_paper_may_have_no_amount_and_be_issued_by_the_clock(unit, at):
    paper = issue_paper(receipt(), kind="sop", unit=None, holder="", amount=None, by=Machine.CLOCK, at=at)

    assert (paper.facts["name"], "amount" in paper.facts) == ("", False)
    assert (paper.issued_by, paper.unit) == (None, None)


def test_the_same_paper_again_is_the_first_one(paper, unit, sari, at):
    again = issue_paper(
        receipt(), kind="receipt", unit=unit, holder="Rini Wulandari", amount=1_400_000, by=sari, at=at
    )

    assert again == paper
    assert Paper.objects.count() == 1


@pytest.mark.req("SYS-10")
def test_another_content_under_the_same_number_is_refused(paper, unit, sari, at):
    with pytest.raises(Conflict):
        issue_paper(receipt(amount=9), kind="receipt", unit=unit, holder="Rini", amount=9, by=sari, at=at)

    assert Paper.objects.get().fingerprint == fingerprint(receipt())


@pytest.mark.req("SYS-10")
def test_a_voided_paper_says_who_when_and_why_and_keeps_its_first_reason(paper, sari, hadi, at):
    void_paper(paper, reason=" Transfer ditolak ", by=sari, at=at)
    void_paper(paper, reason="Lain", by=hadi, at=at)

    assert (paper.state, paper.void_reason, paper.voided_by, paper.voided_at) == (
        "void",
        "Transfer ditolak",
        sari,
        at,
    )


def test_voiding_needs_a_reason(paper, sari, at):
    with pytest.raises(Refused):
        void_paper(paper, reason="  ", by=sari, at=at)

    paper.refresh_from_db()
    assert paper.state == "genuine"


@pytest.mark.req("SYS-10")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE documents_paper SET number = 'KW/PALSU/2026/00001'",
        "UPDATE documents_paper SET facts = '{}'",
        "UPDATE documents_paper SET unit_id = NULL, state = 'void', voided_at = issued_at, void_reason = 'x'",
        "DELETE FROM documents_paper",
    ],
)
def test_not_even_raw_sql_changes_a_paper(paper, sql):
    with (
        pytest.raises(DatabaseError, match="paper_sealed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert Paper.objects.get().facts == paper.facts


@pytest.mark.req("SYS-10")
def test_not_even_raw_sql_makes_a_void_paper_genuine_again(paper, sari, at):
    void_paper(paper, reason="Salah", by=sari, at=at)

    with pytest.raises(DatabaseError, match="paper_sealed"), transaction.atomic():
        Paper.objects.update(state="genuine", voided_at=None, voided_by=None, void_reason="")

    assert Paper.objects.get().state == "void"


def test_a_void_paper_without_a_reason_is_refused_by_the_database(paper, at):
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.update(state="void", voided_at=at)


@pytest.mark.parametrize(("name", "mask"), [("Rini", "R***"), ("Ni Made  Sari", "N*** M*** S***"), ("", "")])
def test_a_mask_keeps_first_letters_only(name, mask):
    assert masked(name) == mask
