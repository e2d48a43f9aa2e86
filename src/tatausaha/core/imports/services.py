"""Bringing a table in: keep it, say what it would do, agree, row by row, go on; the same file twice changes nothing."""

import logging
from collections.abc import Container, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.imports.kinds import Desk, Item, Job, Kind, Outcome, kind_of, registry
from tatausaha.core.imports.models import ImportRow, ImportRun
from tatausaha.core.kernel import tablefile
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.ids import token
from tatausaha.core.kernel.tablefile import Format, RawRow
from tatausaha.core.people.models import Person

CHUNK = 50
"""Rows written in one transaction; what is done and what is counted can never differ."""

LARGEST_FILE = 50 * 2**20
_SAMPLES, _PROBLEMS = 20, 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """A row that would be refused, and why."""

    line: int
    subject: str
    reason: str


@dataclass
class Preview:
    """What a file would do: counts, the first rows as understood, the first reasons of refusal."""

    total: int = 0
    looked_at: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    remarks: int = 0
    samples: list[tuple[Item, Outcome]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def good(self) -> int:
        """Rows that are not known to be refused."""
        return self.total - self.refused

    def count(self, outcome: Outcome) -> None:
        """One more row that would do this."""
        self.new += outcome == Outcome.CREATED
        self.changed += outcome == Outcome.UPDATED
        self.same += outcome == Outcome.UNCHANGED

    def refuse(self, raw: RawRow, kind: Kind, reason: str) -> None:
        """One more row that would be refused."""
        self.refused += 1
        if len(self.problems) < _PROBLEMS:
            self.problems.append(Problem(raw.line, raw.cells.get(kind.subject, "")[:120], reason))


def _allow(kind: Kind, by: Person) -> None:
    if not kind.may(by):
        raise Refused(str(kind.no_right))


def receive(
    kind: Kind,
    name: str,
    content: BinaryIO,
    *,
    by: Person,
    at: datetime,
    options: Mapping[str, Any] | None = None,
) -> ImportRun:
    """Keep a file and look at how it is written. Raises `Refused` when it is no table of this kind."""
    _allow(kind, by)
    content.seek(0, 2)
    if content.tell() > LARGEST_FILE:
        raise Refused(_("Berkas ini lebih dari 50 MB. Bagi dulu menjadi beberapa berkas."), field="file")
    with tablefile.as_text(content, kind.required) as text:
        form = tablefile.recognise(text, kind.known, kind.required)
        text.seek(0)
        kept = default_storage.save(f"imports/{kind.code}/{token()}.csv", File(text))
    run = ImportRun.objects.create(
        kind=kind.code, options=dict(options or {}), name=name[-200:], file=kept, encoding=form.encoding,
        delimiter=form.delimiter, columns=list(form.columns), total_rows=0, started_by=by, started_at=at,
    )  # fmt: skip
    run.refresh_from_db(fields=["options"])  # as every later reader finds them
    return run


@contextmanager
def _rows(run: ImportRun, *, skip: int = 0) -> Iterator[Generator[RawRow]]:
    form = Format(run.encoding, run.delimiter, tuple(run.columns))
    with default_storage.open(run.file, "rb") as opened:
        rows = tablefile.rows(cast("BinaryIO", opened.file), form, skip=skip)
        try:
            yield rows
        finally:
            rows.close()


def preview(run: ImportRun, *, at: datetime, most: int | None = None) -> Preview:
    """Read the file without writing anything of it; with `most`, look at the first rows and count the others."""
    kind = kind_of(run)
    desk = kind.open(Job(run, run.started_by, at))
    seen: dict[str, int] = {}
    result = Preview()
    with _rows(run) as rows:
        while (most is None or result.looked_at < most) and (chunk := list(islice(rows, 500))):
            _look_at(chunk, kind, desk, seen, result)
        result.total = result.looked_at + sum(1 for _raw in rows)
    ImportRun.objects.filter(pk=run.pk).update(total_rows=result.total)
    return result


def _look_at(chunk: list[RawRow], kind: Kind, desk: Desk[Any], seen: dict[str, int], result: Preview) -> None:
    understood: list[tuple[RawRow, Item]] = []
    for raw in chunk:
        result.looked_at += 1
        try:
            item = _understood(raw, desk, seen)
        except Refused as no:
            result.refuse(raw, kind, str(no))
            continue
        seen[item.key] = raw.line
        understood.append((raw, item))
    answers = desk.foresee([item for _raw, item in understood])
    for (raw, item), answer in zip(understood, answers, strict=True):
        if isinstance(answer, Refused):
            result.refuse(raw, kind, str(answer))
            continue
        result.count(answer)
        result.remarks += bool(item.remarks)
        if len(result.samples) < _SAMPLES:
            result.samples.append((item, answer))


def _understood(raw: RawRow, desk: Desk[Any], seen: Container[str] = ()) -> Item:
    if raw.problem:
        raise Refused(raw.problem)
    item: Item = desk.read(raw.cells)
    if item.key in seen:
        raise Refused(_("Isi baris ini sudah ada di baris sebelumnya."))
    return item


@transaction.atomic
def start(run: ImportRun, *, by: Person) -> ImportRun:
    """Agree to the preview; from now on the run goes on until its file is through."""
    _allow(kind_of(run), by)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == ImportRun.State.DROPPED:
        raise Refused(_("Impor ini sudah dibatalkan. Unggah berkasnya lagi."))
    if run.state == ImportRun.State.PREVIEWED:
        run.state = ImportRun.State.RUNNING
        run.save(update_fields=["state"])
    return run


@transaction.atomic
def drop(run: ImportRun, *, by: Person, at: datetime) -> None:
    """Do not bring the file in after all."""
    _allow(kind_of(run), by)
    waiting = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.PREVIEWED)
    waiting.update(state=ImportRun.State.DROPPED, finished_at=at)


def go_on(run: ImportRun, *, at: datetime, chunks: int | None = None) -> Iterator[ImportRun]:
    """Write the rows that are not written yet, chunk by chunk; each chunk is kept before the next begins.

    Two that go on with the same run at once do not write a row twice: whoever finds that
    the other was quicker stops.
    """
    run = ImportRun.objects.select_related("started_by").get(pk=run.pk)
    kind = kind_of(run)
    desk = kind.open(Job(run, run.started_by, at))
    with _rows(run, skip=run.done_rows) as rows:
        while run.state == ImportRun.State.RUNNING and (chunks is None or chunks > 0):
            chunk = list(islice(rows, CHUNK))
            ahead = _write(run, chunk, desk, at=at)
            if ahead is None:
                return
            run = ahead
            chunks = None if chunks is None else chunks - 1
            yield run
    if run.state == ImportRun.State.DONE:
        kind.done(at)


@transaction.atomic
def _write(run: ImportRun, chunk: list[RawRow], desk: Desk[Any], *, at: datetime) -> ImportRun | None:
    fresh = ImportRun.objects.select_for_update(of=("self",)).select_related("started_by").get(pk=run.pk)
    if fresh.done_rows != run.done_rows or fresh.state != ImportRun.State.RUNNING:
        return None
    answers: list[ImportRow] = []
    for raw in chunk:
        answer = _one(fresh, raw, desk)
        if answer is not None:
            answers.append(answer)
    ImportRow.objects.bulk_create(answers)
    fresh.done_rows += len(chunk)
    fresh.total_rows = max(fresh.total_rows, fresh.done_rows)
    if len(chunk) < CHUNK:
        fresh.state, fresh.finished_at, fresh.total_rows = ImportRun.State.DONE, at, fresh.done_rows
    fresh.save()
    return fresh


def _one(run: ImportRun, raw: RawRow, desk: Desk[Any]) -> ImportRow | None:
    """Bring in one row; the answer is kept when it was refused or something was doubtful."""
    try:
        item = _understood(raw, desk)
        with transaction.atomic():
            outcome = desk.write(item, raw.number)
    except Refused as no:
        return _refused(run, raw, str(no))
    except (IntegrityError, DataError) as no:  # it would stop this file for good, and every file after it
        said = str(no).partition("\n")[0]  # what follows is the row itself, with what it tells of people
        log.error("import %s: the database refused row %s: %s", run.pk, raw.number, said)  # noqa: TRY400
        return _refused(run, raw, _("Baris ini tidak diterima basis data. Periksa isinya, lalu impor lagi."))
    setattr(run, outcome, getattr(run, outcome) + 1)
    if not item.remarks:
        return None
    return ImportRow(
        run=run,
        number=raw.number,
        line=raw.line,
        refused=False,
        reason=" ".join(item.remarks),
        original=raw.cells,
    )


def _refused(run: ImportRun, raw: RawRow, reason: str) -> ImportRow:
    run.refused += 1
    return ImportRow(run=run, number=raw.number, line=raw.line, reason=reason, original=raw.cells)


def go_on_with_all(at: datetime) -> None:
    """The worker's turn: every run that was agreed to and is not through yet."""
    for run in ImportRun.objects.filter(
        state=ImportRun.State.RUNNING, started_at__gt=at - timedelta(days=365), kind__in=registry
    ):
        for _run in go_on(run, at=at):
            pass
