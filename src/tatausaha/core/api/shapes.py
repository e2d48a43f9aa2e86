"""The answers of the API, as types: what OpenAPI describes is what is sent."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class FieldProblem(Schema):
    """One wrong input."""

    field: str = Field(description="Name of the input; empty for the whole request.")
    detail: str = Field(description="A sentence that may be shown to a person.")


class Problem(Schema):
    """An error, as RFC 9457 has it."""

    type: str = Field(description="Stable code, `urn:tatausaha:…`.")
    title: str
    status: int
    detail: str = Field(description="A sentence that may be shown to a person.")
    errors: list[FieldProblem] | None = None


class UnitOut(Schema):
    """A business unit."""

    code: str
    name: str
    zone: str = Field(description="Time zone that decides its days and months.")


class StateOut(Schema):
    """A state of a procedure."""

    value: str
    label: str
    final: bool = Field(description="No step leads out of it.")
    deadline: str = Field(description="How long a case may stay, in words; empty without a limit.")
    then: str | None = Field(description="The step that the clock takes at the deadline.")


class StepOut(Schema):
    """A step of a procedure, with the JSON Schema of its inputs."""

    name: str
    label: str
    sources: list[str]
    target: str | None = Field(description="Nothing: the case stays in its state.")
    who: str
    by_machine: bool = Field(description="Taken by time, by money, or by another case; never by a request.")
    conditions: list[str]
    follows: list[str]
    inputs: dict[str, Any] = Field(description="JSON Schema of the body of POST …/steps/{step}.")


class PolicyOut(Schema):
    """A number of the SOP, as it is in force."""

    name: str
    label: str
    unit: str
    value: Any


class SopOut(Schema):
    """The SOP sheet's identity."""

    number: str
    revision: int
    effective_on: date
    purpose: str
    responsible: str


class ProcedureLine(Schema):
    """A procedure in the list."""

    code: str
    title: str
    prefix: str = Field(description="Letters with which its case numbers begin.")
    may_open: bool
    url: str


class ProcedureOut(ProcedureLine):
    """A procedure, whole: its table as it runs."""

    sop: SopOut
    states: list[StateOut]
    steps: list[StepOut]
    policy: list[PolicyOut]
    opening: dict[str, Any] | None = Field(description="JSON Schema of `input` in POST /cases.")


class CaseLine(Schema):
    """A case in a list."""

    number: str
    procedure: str
    headline: str
    status: str
    status_label: str
    since: datetime
    deadline_at: datetime | None
    late: bool
    opened_at: datetime
    unit: UnitOut
    url: str


class CasePage(Schema):
    """A part of a list."""

    items: list[CaseLine]
    count: int = Field(description="How many there are in all.")
    limit: int
    offset: int


class OptionOut(Schema):
    """A step that this person may take here, or the reason why it cannot be taken now."""

    step: str
    label: str
    allowed: bool
    reason: str | None
    quiet: bool = Field(description="Possible, but not what the case waits for.")
    danger: bool
    inputs: dict[str, Any] = Field(description="JSON Schema of the body.")
    url: str


class FileOut(Schema):
    """A file that was handed in."""

    id: int
    name: str
    purpose: str
    content_type: str
    size: int = Field(description="Bytes.")
    sha256: str
    url: str


class PassageOut(Schema):
    """A step that was taken. Never changed."""

    step: str
    label: str
    source: str
    target: str
    actor: str = Field(description="`person`, `clock`, `money` or `case`.")
    who: str
    program: str | None = Field(
        description="The token by which a program acted as the person. Customers see that of their own steps."
    )
    at: datetime = Field(description="When it holds; for the clock the deadline itself.")
    recorded_at: datetime
    note: str
    evidence: dict[str, Any] | None = Field(description="Customers see that of their own steps.")
    files: list[FileOut]


class MessageOut(Schema):
    """A sentence of the conversation."""

    who: str
    text: str
    internal: bool
    at: datetime
    files: list[FileOut]


class CustomerOut(Schema):
    """For whom the case is."""

    id: int
    name: str


class CaseOut(CaseLine):
    """A case, whole."""

    customer: CustomerOut | None
    revision: int
    options: list[OptionOut]
    passages: list[PassageOut]
    messages: list[MessageOut]
    business: dict[str, Any] = Field(description="What the business adds; money in whole rupiah.")


class WorkOut(Schema):
    """A line of the worklist."""

    number: str
    procedure: str
    headline: str
    status: str
    status_label: str
    since: datetime
    deadline_at: datetime | None
    late: bool
    step: str | None = Field(description="The one next step of this person.")
    step_label: str | None
    url: str


class Worklist(Schema):
    """What is due from this person, oldest deadline first."""

    items: list[WorkOut]


class MessageIn(Schema):
    """A message to send."""

    text: str = Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")
    internal: bool = Field(False, description="Only for those who work there.")


class Me(Schema):
    """Whose token this is."""

    id: int
    name: str
    scopes: list[str]
    units: list[UnitOut] | None = Field(description="Where roles are held; nothing: everywhere.")
    at: datetime = Field(description="The system's clock.")
