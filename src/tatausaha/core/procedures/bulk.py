"""One step for many cases: each in its own transaction, so that one refusal stops none of the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries, services
from tatausaha.core.procedures.spec import Procedure, Step

LARGEST = 200
"""Cases in one go; a page never offers more."""


@dataclass(frozen=True)
class Outcome:
    """What became of one case: moved, or refused with a sentence."""

    number: str
    refusal: Refused | None


def perform_each(
    procedure: Procedure, numbers: Iterable[str], step: Step, *, by: Person, at: datetime
) -> list[Outcome]:
    """Take a step without inputs in every named case that the person may know of, in order of number."""
    assert not step.opens, f"{step.name} asks or shows something, case by case"
    wanted = queries.cases_for(by, procedure).filter(number__in=list(numbers)[:LARGEST]).order_by("number")
    outcomes = []
    for case in wanted.select_related("unit"):
        try:
            services.perform(case, step, by=by, at=at)
        except Refused as no:
            outcomes.append(Outcome(case.number, no))
        else:
            outcomes.append(Outcome(case.number, None))
    return outcomes
