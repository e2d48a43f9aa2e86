"""What was handed in with a step, as people read it."""

from tatausaha.core.procedures.models import Passage
from tatausaha.core.web import readable


def test_a_box_that_shows_only_in_doubt_says_nothing_where_there_was_none():
    def told(**evidence):
        passage = Passage(procedure="payments.payment", step="confirm", evidence=evidence)
        return [str(fact.value) for fact in readable.facts_of(passage, "Asia/Jakarta")]

    assert told(amount=100_040, sure=False) == ["Rp100.040"]
    assert told(amount=100_040, sure=True) == ["Rp100.040", "ya"]
