"""One process leads; a start waits for another, but not for ever for a database that does not answer."""

import pytest

from tatausaha.config.leader import DatabaseLeadership, wait_for
from tatausaha.core.kernel.errors import Refused


class Lead:
    """Leads after a number of questions, and says meanwhile why not."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.trouble = ""

    def holds(self) -> bool:
        answer = self.answers.pop(0)
        self.trouble = answer or ""
        return answer is None

    def release(self) -> None:
        """Nothing to let go."""


NOBODY_LISTENS = {"host": "127.0.0.1", "port": 1, "dbname": "tatausaha", "user": "x", "password": "rahasia"}


def test_a_database_that_leads_nowhere_is_refused_with_its_answer_and_without_the_password(capsys) -> None:
    with pytest.raises(Refused, match=r"DATABASE_URL.*127\.0\.0\.1") as no:
        wait_for(DatabaseLeadership("preparation", NOBODY_LISTENS), patience=0)

    assert "Basis data belum menjawab" in capsys.readouterr().err
    assert "rahasia" not in str(no.value)


def test_a_database_that_is_only_starting_is_waited_for(capsys) -> None:
    wait_for(Lead("the database system is starting up", "the database system is starting up", None))

    assert capsys.readouterr().err.count("Basis data belum menjawab") == 1


def test_another_that_leads_is_waited_for_without_a_word(capsys) -> None:
    wait_for(Lead("", "", "", None), patience=0)

    assert capsys.readouterr().err == ""
