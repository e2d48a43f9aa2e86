"""Bringing listings in from files: preview, run, resume; the same file twice changes nothing (KOS-01)."""

from collections.abc import Container, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding import listing_file, listing_row
from tatausaha.business.boarding.listing_file import Format, RawRow
from tatausaha.business.boarding.listing_row import Listing
from tatausaha.business.boarding.models import ImportRow, ImportRun, ListingSource
from tatausaha.business.boarding.services import places
from tatausaha.business.boarding.services.listed_houses import Writer
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.ids import token
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Zone

CHUNK = 50
"""Rows written in one transaction; what is done and what is counted can never differ."""

LARGEST_FILE = 50 * 2**20


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
    samples: list[Listing] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


def _owner(by: Person) -> None:
    if not roles.is_owner(by):
        raise Refused(_("Daftar kos hanya dimasukkan oleh pemilik."))


def receive(name: str, content: BinaryIO, *, by: Person, at: datetime) -> ImportRun:
    """Keep a file and look at how it is written. Raises `Refused` when it is no list of houses."""
    _owner(by)
    content.seek(0, 2)
    if content.tell() > LARGEST_FILE:
        raise Refused(_("Berkas ini lebih dari 50 MB. Bagi dulu menjadi beberapa berkas."), field="file")
    form = listing_file.recognise(content)
    content.seek(0)
    kept = default_storage.save(f"listings/{token()}.csv", File(content))
    return ImportRun.objects.create(
        name=name[-200:],
        file=kept,
        encoding=form.encoding,
        delimiter=form.delimiter,
        columns=list(form.columns),
        total_rows=0,
        started_by=by,
        started_at=at,
    )


@contextmanager
def _rows(run: ImportRun, *, skip: int = 0) -> Iterator[Generator[RawRow]]:
    form = Format(run.encoding, run.delimiter, tuple(run.columns))
    with default_storage.open(run.file, "rb") as opened:
        rows = listing_file.rows(cast("BinaryIO", opened.file), form, skip=skip)
        try:
            yield rows
        finally:
            rows.close()


def preview(run: ImportRun, *, at: datetime, most: int | None = None) -> Preview:
    """Read the file without writing a house; with `most`, look at the first rows and count the others."""
    seen: set[str] = set()
    result = Preview()
    with _rows(run) as rows:
        while (most is None or result.looked_at < most) and (chunk := list(islice(rows, 500))):
            _look_at(chunk, seen, result, at)
        result.total = result.looked_at + sum(1 for _raw in rows)
    ImportRun.objects.filter(pk=run.pk).update(total_rows=result.total)
    return result


def _look_at(chunk: list[RawRow], seen: set[str], result: Preview, at: datetime) -> None:
    understood: list[Listing] = []
    for raw in chunk:
        result.looked_at += 1
        try:
            listing = _understood(raw, at, seen)
        except Refused as no:
            result.refused += 1
            if len(result.problems) < 20:
                result.problems.append((raw.line, raw.cells.get("nama_kos", "")[:120], str(no)))
            continue
        seen.add(listing.key)
        understood.append(listing)
        result.remarks += bool(listing.remarks)
        if len(result.samples) < 10:
            result.samples.append(listing)
    keys = [listing.key for listing in understood]
    known = dict(ListingSource.objects.filter(key__in=keys).values_list("key", "digest"))
    for listing in understood:
        if listing.key not in known:
            result.new += 1
        elif known[listing.key] == listing.digest:
            result.same += 1
        else:
            result.changed += 1


def _understood(raw: RawRow, at: datetime, seen: Container[str] = ()) -> Listing:
    if raw.problem:
        raise Refused(raw.problem)
    listing = listing_row.read(raw.cells, on=clock.day(at, Zone.WIB))
    if listing.key in seen:
        raise Refused(_("Rumah ini sudah ada di baris sebelumnya."))
    return listing


@transaction.atomic
def start(run: ImportRun, *, by: Person) -> ImportRun:
    """Agree to the preview; from now on the run goes on until its file is through."""
    _owner(by)
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
    _owner(by)
    waiting = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.PREVIEWED)
    waiting.update(state=ImportRun.State.DROPPED, finished_at=at)


def go_on(run: ImportRun, *, at: datetime, chunks: int | None = None) -> Iterator[ImportRun]:
    """Write the rows that are not written yet, chunk by chunk; each chunk is kept before the next begins.

    Two that go on with the same run at once do not write a row twice: whoever finds that
    the other was quicker stops.
    """
    run = ImportRun.objects.select_related("started_by").get(pk=run.pk)
    writer = Writer(by=run.started_by, at=at)
    with _rows(run, skip=run.done_rows) as rows:
        while run.state == ImportRun.State.RUNNING and (chunks is None or chunks > 0):
            chunk = list(islice(rows, CHUNK))
            ahead = _write(run, chunk, writer, at=at)
            if ahead is None:
                return
            run = ahead
            chunks = None if chunks is None else chunks - 1
            yield run
    if run.state == ImportRun.State.DONE:
        places.locate_all()


@transaction.atomic
def _write(run: ImportRun, chunk: list[RawRow], writer: Writer, *, at: datetime) -> ImportRun | None:
    fresh = ImportRun.objects.select_for_update(of=("self",)).select_related("started_by").get(pk=run.pk)
    if fresh.done_rows != run.done_rows or fresh.state != ImportRun.State.RUNNING:
        return None
    answers: list[ImportRow] = []
    for raw in chunk:
        answer = _one(fresh, raw, writer, at)
        if answer is not None:
            answers.append(answer)
    ImportRow.objects.bulk_create(answers)
    fresh.done_rows += len(chunk)
    fresh.total_rows = max(fresh.total_rows, fresh.done_rows)
    if len(chunk) < CHUNK:
        fresh.state, fresh.finished_at, fresh.total_rows = ImportRun.State.DONE, at, fresh.done_rows
    fresh.save()
    return fresh


def _one(run: ImportRun, raw: RawRow, writer: Writer, at: datetime) -> ImportRow | None:
    """Bring in one row; the answer is kept when it was refused or something was doubtful."""
    try:
        listing = _understood(raw, at)
        with transaction.atomic():
            outcome = writer.write(listing, run, raw.number)
    except Refused as no:
        run.refused += 1
        return ImportRow(run=run, number=raw.number, line=raw.line, reason=str(no), original=raw.cells)
    setattr(run, outcome, getattr(run, outcome) + 1)
    if not listing.remarks:
        return None
    return ImportRow(
        run=run,
        number=raw.number,
        line=raw.line,
        refused=False,
        reason=" ".join(listing.remarks),
        original=raw.cells,
    )


def go_on_with_all(at: datetime) -> None:
    """The worker's turn: every run that was agreed to and is not through yet."""
    for run in ImportRun.objects.filter(
        state=ImportRun.State.RUNNING, started_at__gt=at - timedelta(days=365)
    ):
        for _run in go_on(run, at=at):
            pass
