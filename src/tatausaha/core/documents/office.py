"""Papers of the office: the SOP sheet and the monthly report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tatausaha.core.documents.sheets import Sheet


@dataclass(frozen=True)
class SopStep:
    """One step of an SOP: who takes it, on what condition, leaving what, within which time."""

    number: str
    what: str
    who: str
    condition: str = ""
    evidence: str = ""
    within: str = ""


@dataclass(frozen=True)
class SopChapter:
    """A chapter in prose before the steps: general rules, qualifications."""

    title: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Disposition:
    """A line of the disposition: `Dibuat oleh`, name, post, and the day of the mark, if it was set."""

    role: str
    name: str
    post: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SopSheet(Sheet):
    """The controlled sheet of an SOP (SYS-09). What a legacy SOP left blank is printed as a dash.

    `number` is the Nomor Surat, verbatim. `status` is said on the sheet (`Berlaku`, `Digantikan
    revisi 3`). `policies` are the SOP's numbers, name and value in words.
    """

    template: ClassVar[str] = "documents/sop.typ"

    title: str
    status: str
    effective_on: date | None = None
    revision: int | None = None
    revised_on: date | None = None
    purpose: str
    responsible: str
    supporting: Sequence[str] = ()
    chapters: Sequence[SopChapter] = ()
    steps: Sequence[SopStep] = ()
    policies: Sequence[tuple[str, str]] = ()
    dispositions: Sequence[Disposition] = ()
    content_hash: str = ""
    drawing: str = ""
    drawing_said: str = ""


@dataclass(frozen=True)
class ReportRow:
    """One account: this month, the month before, the year so far (whole rupiah; none prints a dash).

    `budget` and `variance` stand beside this month's figure where the report tells of budgets.
    """

    label: str
    amount: int
    before: int | None = None
    year: int | None = None
    budget: int | None = None
    variance: int | None = None


@dataclass(frozen=True)
class Bars:
    """A month in the chart: its short name and two figures in rupiah."""

    label: str
    income: int
    expense: int


@dataclass(frozen=True)
class CashRow:
    """A line of the movement of cash; `total` closes a block."""

    label: str
    amount: int
    total: bool = False


@dataclass(frozen=True)
class BothRow:
    """An account by right and by cash, in rupiah; `total` is the result."""

    label: str
    accrual: int
    cash: int
    total: bool = False


@dataclass(frozen=True)
class PlanSums:
    """What stands beside the sums in rupiah: budget and variance of income, expense and result, none without one."""

    income: tuple[int | None, int | None]
    expense: tuple[int | None, int | None]
    result: tuple[int | None, int | None]


@dataclass(frozen=True)
class ChangeRow:
    """A figure of the version before, and of this one, in rupiah."""

    label: str
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class MonthReport(Sheet):
    """Laporan bulanan of a unit or the company (KOS-15): income, expense, cash, a chart, the seal.

    `seal` is the head of the books at `as_of` (said in words); `changed` tells why a version
    after the first exists. The report says so on every page. `version` 0 was never closed.
    """

    template: ClassVar[str] = "documents/month_report.typ"

    month: str
    income: Sequence[ReportRow]
    expense: Sequence[ReportRow]
    cash: Sequence[CashRow] = ()
    both: Sequence[BothRow] = ()
    bridge: Sequence[CashRow] = ()
    plan: PlanSums | None = None
    months: Sequence[Bars] = ()
    remarks: Sequence[str] = ()
    as_of: str
    seal: str
    version: int = 1
    changed: str = ""
    changes: Sequence[ChangeRow] = ()
    prepared_by: str = ""
    prepared_as: str = "Pengelola"
    place: str = ""


@dataclass(frozen=True)
class SpanRow:
    """A line over several months or years, in rupiah: each amount, what stands for all, the year before.

    `suffix` is said behind every figure of a line that is no money.
    """

    label: str
    amounts: Sequence[int]
    total: int
    before: int | None = None
    suffix: str = ""
    budget: int | None = None
    variance: int | None = None


@dataclass(frozen=True, kw_only=True)
class YearReport(Sheet):
    """Laporan tahunan of a unit or the company (KOS-15): its months side by side, the sums first.

    `year` may say several years, then the columns are years. `before` heads the column of the year
    before, where it is told; `cash` leads from profit by right to profit by cash, its last line.

    Never sealed as a whole: `seal` is the head of the books at `as_of` (said in words).
    """

    template: ClassVar[str] = "documents/year_report.typ"

    year: str
    months: Sequence[str]
    income: Sequence[SpanRow]
    expense: Sequence[SpanRow]
    income_total: SpanRow
    expense_total: SpanRow
    result: SpanRow
    before: str = ""
    cash: Sequence[SpanRow] = ()
    standing_title: str = ""
    standing: Sequence[SpanRow] = ()
    strips: Sequence[SpanRow] = ()
    planned: bool = False
    remarks: Sequence[str] = ()
    as_of: str
    seal: str


@dataclass(frozen=True)
class ClosingRow:
    """An account with the debit or the credit that empties it, in rupiah."""

    code: str
    label: str
    debit: int
    credit: int


@dataclass(frozen=True, kw_only=True)
class ClosingSheet(Sheet):
    """Jurnal penutup of a unit's year: printed from the books as of a moment, never posted.

    `result` is the profit in rupiah, a loss below zero; `seal` the head of the books at `as_of`.
    """

    template: ClassVar[str] = "documents/closing.typ"

    year: str
    lines: Sequence[ClosingRow]
    total: int
    result: int
    as_of: str
    seal: str
