"""The SOP sheet as a paper: the same sentences as on the page."""

from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tatausaha.core.documents.office import Disposition, SopSheet, SopStep
from tatausaha.core.documents.sheets import Letterhead
from tatausaha.core.kernel import clock
from tatausaha.core.people.models import Company
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.procedures.spec import Procedure
from tatausaha.core.web import diagrams, sopsheet
from tatausaha.core.web.sopsheet import JAKARTA, Sheet, StepLine


def paper_of(
    procedure: Procedure, revision: SopRevision, *, company: Company, printed_at: datetime
) -> SopSheet:
    """The sheet of a revision, ready for the printer (SYS-09)."""
    sheet = sopsheet.sheet_of(procedure, revision)
    return SopSheet(
        number=revision.document_number or procedure.sop.number,
        head=Letterhead.of(company, revision.unit),
        issued_on=clock.day(printed_at, JAKARTA),
        title=sheet.title,
        status=_("Berlaku")
        if revision.stage == SopRevision.Stage.APPROVED
        else str(revision.get_stage_display()),
        effective_on=revision.effective_on,
        revision=revision.revision,
        revised_on=_revised(revision),
        purpose=str(procedure.sop.purpose),
        responsible=str(procedure.sop.responsible),
        supporting=tuple(part for part in [str(procedure.sop.documents)] if part),
        steps=tuple(_step(sheet, line) for line in sheet.steps),
        policies=tuple((str(fact.label), str(fact.value)) for fact in sheet.values),
        dispositions=_dispositions(sheet, revision),
        content_hash=revision.content_hash,
        drawing=render_to_string("web/sop/drawing.svg", {"drawing": diagrams.draw(procedure)}),
        drawing_said=_(
            "Angka pada panah adalah nomor langkah. Panah putus-putus berjalan sendiri: waktu, uang masuk, "
            "atau kasus lain. Angka di sudut kotak: langkah yang tidak mengubah keadaan."
        ),
    )


def _dispositions(sheet: Sheet, revision: SopRevision) -> tuple[Disposition, ...]:
    """Who made and who approved it; what somebody approved here bears its day instead of a signature."""
    made, approved = sheet.signatures
    on = clock.day(revision.approved_at, JAKARTA) if revision.approved_by and revision.approved_at else None
    return (
        Disposition(role=made.what, name=made.name, post=made.post),
        Disposition(role=approved.what, name=approved.name, post=approved.post, on=on),
    )


def _revised(revision: SopRevision) -> date | None:
    moment = revision.approved_at or revision.made_at
    return clock.day(moment, JAKARTA) if revision.revision else None


def _step(sheet: Sheet, line: StepLine) -> SopStep:
    within = {deadline.state: deadline.length for deadline in sheet.deadlines}
    return SopStep(
        number=str(line.number),
        what=f"{line.label} ({line.source} → {line.target})",
        who=line.who,
        condition=" ".join(line.conditions),
        evidence=line.evidence,
        within=within.get(line.source, ""),
    )
