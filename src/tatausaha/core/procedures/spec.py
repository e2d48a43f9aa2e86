"""The words in which a procedure is written: frozen records over plain functions.

A procedure is one table. It names the states that a case can be in, how long it may stay
in each, and the steps between them: who may take one, what must be true, what follows.
Everything else (buttons, deadlines, worklists, audit trail, API, the printed SOP) is read
from it (SYS-09). The functions in the table carry their own Indonesian sentence (`says`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q
from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import words
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, Machine
from tatausaha.core.people.models import Person

if TYPE_CHECKING:
    from tatausaha.core.procedures.models import Tracked

Text = str | Promise
Deadline = Callable[[Any, datetime], datetime | None]


@dataclass(frozen=True)
class Act:
    """One taking of a step: who or what, when, and what was handed in with it.

    `at` is the moment at which it is done and recorded. A step of the clock holds from the
    deadline itself (`holds_from`), however late the sweep comes by.
    """

    step: str
    by: Actor
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    deadline: datetime | None = None

    @property
    def holds_from(self) -> datetime:
        """The instant from which the new state counts."""
        return self.deadline or self.at


Guard = Callable[[Any, Act], None]
"""Reads only; raises `Refused` with a whole sentence when the step cannot be taken now."""
Effect = Callable[[Any, Act], None]
"""What follows from a step, by calls to services, in the step's own transaction."""


@dataclass(frozen=True)
class Preview:
    """What a step will do, said before it is taken: figures in rupiah, and what they mean.

    `title` is for figures that say why the step is taken rather than what it does.
    """

    sums: tuple[Sum, ...] = ()
    sentences: tuple[Text, ...] = ()
    title: Text = ""


Foresee = Callable[[Any, Actor, datetime], Preview]
"""Reads only: what the step would do to the case, if this actor took it at that moment."""
Reckon = Callable[[Any, Act], Preview]
"""Reads only: what the step would do with what was handed in; raises `Refused` where it could not be taken so."""


def _nothing(_subject: Any, *_data: Any) -> Iterable[Any]:
    return ()


_F = TypeVar("_F", bound=Callable[..., Any])


def says(sentence: Text) -> Callable[[_F], _F]:
    """Give a guard or an effect the sentence that the printed SOP shows for it."""

    def mark(function: _F) -> _F:
        function.says = sentence  # type: ignore[attr-defined]
        return function

    return mark


@dataclass(frozen=True)
class Who:
    """Who may take a step: holders of a role in the case's unit, parties of the case, or a machine.

    `parties` are names of fields of the subject that hold a person. Plain data, so that one
    record answers for one person, selects a whole worklist, and prints itself.
    """

    label: Text
    roles: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    machine: Machine | None = None

    def allows(self, by: Actor, subject: "Tracked") -> bool:
        """Whether this actor may take the step in this case."""
        if not isinstance(by, Person):
            return by == self.machine
        if self.roles and roles.has_role(by, subject.unit_id, *self.roles):
            return True
        mine = roles.acts_for(by)
        return any(getattr(subject, f"{party}_id") in mine for party in self.parties)


@dataclass(frozen=True)
class Apart:
    """Four eyes: whoever stands in one of these fields of the case may not take the step.

    Plain data like `Who`, so that nobody's worklist shows what that person may not do. `says`
    is what the printed SOP shows, `refusal` what the person is told.
    """

    fields: frozenset[str]
    says: Text
    refusal: Text

    def keeps_out(self, by: Actor, subject: "Tracked") -> bool:
        """Whether this actor stands on both sides."""
        mine = roles.acts_for(by) if isinstance(by, Person) else frozenset()
        return any(getattr(subject, f"{field}_id") in mine for field in self.fields)


def apart(*fields: str, says: Text, refusal: Text) -> Apart:
    """The step is for others than the persons whom these fields of the case name."""
    return Apart(frozenset(fields), says, refusal)


def role(label: Text, *names: str) -> Who:
    """Holders of one of the roles in the unit of the case; the owner always."""
    return Who(label, roles=frozenset(names))


def party(label: Text, *names: str) -> Who:
    """The person whom a field of the case names, or whoever acts for that organisation."""
    return Who(label, parties=frozenset(names))


def machine(label: Text, kind: Machine) -> Who:
    """Nobody: the clock, money, or another case moves it."""
    return Who(label, machine=kind)


def either(label: Text, *those: Who) -> Who:
    """Any of several; machines cannot be mixed in."""
    assert not any(who.machine for who in those), "a step is taken by people or by a machine, not by both"
    return Who(
        label,
        roles=frozenset().union(*(who.roles for who in those)),
        parties=frozenset().union(*(who.parties for who in those)),
    )


@dataclass(frozen=True, eq=False)
class Step:
    """An edge of the table.

    `target` empty: the case stays where it is (a note, an extension). `quiet`: possible but
    not what the case waits for, so it makes no work for anybody's list. `done` is said to
    the person afterwards: what happens next and when. `due` names the cases that wait for the
    step, where not all in its states do: the others may still take it, and nobody is asked to;
    `again` is what it is called for them.
    `preview` is for steps that move money: people see its figures before they take the step,
    and are asked once; programs take it as before. `reckon` is its like for figures that follow
    from what is handed in: people fill in the form, see the figures, and take the step then.
    `apart` keeps those out who stand on the other side of the case: the maker from approving,
    the payer from confirming. `locks` names rows that the step needs locked beside those of the
    procedure, by the case and what was handed in. `topic` is what a quiet step is about: where a case
    allows many, its page shows those without a topic and folds the others away under theirs.
    """

    name: str
    label: Text
    source: str | tuple[str, ...]
    target: str | None
    who: Who
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    form: type[Form] | None = None
    quiet: bool = False
    topic: Text = ""
    danger: bool = False
    evidence: Text = ""
    done: Text = ""
    due: Q | None = None
    again: Text = ""
    preview: Foresee | None = None
    reckon: Reckon | None = None
    apart: Apart | None = None
    locks: "Callable[[Any, Mapping[str, Any]], Iterable[Any]]" = _nothing

    @property
    def opens(self) -> bool:
        """Whether a page comes before the step: it asks for something, or shows what will happen."""
        return self.form is not None or self.preview is not None

    @property
    def sources(self) -> tuple[str, ...]:
        """The states from which the step can be taken."""
        return (self.source,) if isinstance(self.source, str) else self.source


@dataclass(frozen=True, eq=False)
class State:
    """A node of the table: how long a case may stay, and what the clock does then.

    With `then`, a passed deadline has already happened: every other step is refused from
    that instant, whether or not the sweep has run. Without, it only makes the case late.
    `awaits` says in words whom or what the case waits for.
    """

    value: str
    until: Deadline | None = None
    then: Step | None = None
    awaits: Text = ""


@dataclass(frozen=True)
class Opening:
    """How a case is begun: who may (empty: anybody), with which form, by which service."""

    label: Text
    service: Callable[..., "Tracked"]
    form: type[Form]
    who: Who | None = None


@dataclass(frozen=True)
class Sop:
    """What the SOP sheet says beside the table (SYS-09); the revision adds dates and names."""

    number: str
    purpose: Text
    responsible: Text
    documents: Text = ""


@dataclass(frozen=True)
class NoPolicy:
    """A procedure without numbers of its own."""


def policy(
    default: Any,
    *,
    label: Text,
    unit: Text = "",
    low: Any = None,
    high: Any = None,
    help_text: Text = "",
    words: tuple[Text, ...] = (),
) -> Any:
    """A number of an SOP: a field of a policy dataclass, with its bounds and its words.

    Where the number chooses, `words` say what 0, 1, 2 … mean.
    """
    meta = {"label": label, "unit": unit, "low": low, "high": high, "help": help_text, "words": words}
    return field(default=default, metadata=meta)


CUSTOMER = _("Pelanggan")


@dataclass(frozen=True, eq=False)
class Procedure:
    """The whole life of one kind of case.

    `locks` names the rows (auxiliary rows or other cases) that must be locked before the
    case itself, in the fixed order in which they are given; `nudges` the cases that a step
    of this one may set in motion. `readers` are the roles that may see cases of their unit.
    `customer_label` is what the person of the case is called, where that is no customer.
    """

    code: str
    prefix: str
    title: Text
    model: "type[Tracked]"
    initial: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    sop: Sop
    policy: type[Any] = NoPolicy
    opening: Opening | None = None
    locks: Callable[[Any], Iterable[Any]] = _nothing
    nudges: Callable[[Any], Iterable[Any]] = _nothing
    readers: frozenset[str] = frozenset({"manager"})
    parties: frozenset[str] = frozenset({"customer"})
    customer_label: Text = CUSTOMER

    def state(self, value: str) -> State:
        """The record of a state; a state that is not in the table is our mistake."""
        return next(state for state in self.states if state.value == value)

    def step(self, name: str) -> Step | None:
        """The step of that name, if there is one."""
        return next((step for step in self.steps if step.name == name), None)

    def is_final(self, value: str) -> bool:
        """Whether no step leads out of the state to another."""
        return not any(value in step.sources and step.target not in (None, value) for step in self.steps)

    def is_lost(self, value: str) -> bool:
        """Whether a case rests there without having reached what it was begun for (cancelled, expired).

        Late money or another case may still move it; no person and no deadline waits for it.
        """
        into = [step for step in self.steps if step.target == value and value not in step.sources]
        out = [step for step in self.steps if value in step.sources and step.target not in (None, value)]
        resting = {Machine.MONEY, Machine.CASE}
        return (
            bool(into)
            and all(step.quiet or step.danger or step.who.machine == Machine.CLOCK for step in into)
            and all(step.who.machine in resting for step in out)
        )

    def is_settled(self, value: str) -> bool:
        """Whether the case has reached its end and can only be undone (a booked payment, an expense)."""
        out = [step for step in self.steps if value in step.sources and step.target not in (None, value)]
        return bool(out) and all(step.quiet and step.danger for step in out)

    def is_over(self, value: str) -> bool:
        """Whether nobody has anything to do in the state any more."""
        return self.is_final(value) or self.is_lost(value) or self.is_settled(value)

    def label_of(self, value: str) -> Text:
        """The state's name for people."""
        label: Text = dict(self.model._meta.get_field("status").flatchoices).get(value, value)  # noqa: SLF001
        return label

    def policy_fields(self) -> tuple[Any, ...]:
        """The fields of the policy, in their order."""
        return fields(self.policy)


def lasts(words_of: Callable[[Any], Text]) -> Callable[[_F], _F]:
    """Give a deadline the words that the printed SOP shows for it, made from the policy in force."""

    def mark(function: _F) -> _F:
        function.says = words_of  # type: ignore[attr-defined]
        return function

    return mark


def within(length: timedelta) -> Deadline:
    """So long after the state was entered."""

    def until(_subject: Any, since: datetime) -> datetime:
        return since + length

    return lasts(lambda _policy: words.span(length))(until)


def at_field(name: str) -> Deadline:
    """At the instant that a field of the case holds; no deadline while it is empty."""

    def until(subject: Any, _since: datetime) -> datetime | None:
        moment: datetime | None = getattr(subject, name)
        return moment

    return until


def by_policy(name: str, unit: str) -> Deadline:
    """So many days or hours (`unit`) as the case's own SOP revision says under `name`."""

    def until(subject: Any, since: datetime) -> datetime:
        return since + timedelta(**{unit: getattr(subject.policy, name)})

    return lasts(lambda numbers: words.span(timedelta(**{unit: getattr(numbers, name)})))(until)
