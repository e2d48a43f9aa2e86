"""SOP pages: the list, the sheet of each procedure with its diagram, its revisions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.documents.sheets import print_sheet
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Link
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import policies, revisions
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.procedures.spec import Procedure
from tatausaha.core.web import diagrams, scope, sopprint, sopsheet
from tatausaha.core.web.once import once
from tatausaha.core.web.revising import ApprovalForm, RevisionForm


def asked_procedure(request: HttpRequest, code: str, *, writing: bool = False) -> Procedure:
    """The procedure of that code, if this person may read its SOP (or write a revision of it)."""
    person = request.person  # type: ignore[attr-defined]
    procedure = sopsheet.procedure_for(person, code)
    if procedure is None or (writing and not revisions.may_write(person)):
        raise Http404
    return procedure


@require_safe
@login_required
def sops(request: HttpRequest) -> HttpResponse:
    """All SOPs that this person may read, with number and revision in force."""
    at = request.at  # type: ignore[attr-defined]
    lines = [
        (procedure, policies.in_force(procedure, None, at=at))
        for procedure in sopsheet.procedures_for(request.person)  # type: ignore[attr-defined]
    ]
    return render(request, "web/sop/list.html", {"lines": lines})


@require_safe
@login_required
def sop_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The SOP sheet in force, for the chosen unit or the company (SYS-09)."""
    procedure = asked_procedure(request, code)
    revision = policies.in_force(procedure, scope.chosen(request), at=request.at)  # type: ignore[attr-defined]
    context = {
        "sheet": sopsheet.sheet_of(procedure, revision),
        "drawing": diagrams.draw(procedure),
        "may_revise": revisions.may_write(request.person),  # type: ignore[attr-defined]
        "crumbs": (Link(_("SOP"), reverse("sop")),),
    }
    return render(request, "web/sop/sheet.html", context)


@require_safe
@login_required
def sop_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same sheet as a PDF."""
    procedure, at = asked_procedure(request, code), request.at  # type: ignore[attr-defined]
    revision = policies.in_force(procedure, scope.chosen(request), at=at)
    paper = sopprint.paper_of(procedure, revision, company=request.company, printed_at=at)  # type: ignore[attr-defined]
    return pdf_response(print_sheet(paper), f"{paper.number} rev {revision.revision}")


def _crumbs(procedure: Procedure) -> tuple[Link, ...]:
    sheet = Link(capfirst(str(procedure.title)), reverse("sop_sheet", args=[procedure.code]))
    return (Link(_("SOP"), reverse("sop")), sheet)


@require_safe
@login_required
def sop_revisions(request: HttpRequest, code: str) -> HttpResponse:
    """The history of an SOP: who changed which number, who approved it, from when it holds."""
    return _revisions(request, asked_procedure(request, code, writing=True))


def _revisions(
    request: HttpRequest, procedure: Procedure, *, approval: Any = None, of: int = 0, status: int = 200
) -> HttpResponse:
    person = request.person  # type: ignore[attr-defined]
    lines = [
        {
            "entry": entry,
            "changes": [
                {
                    "label": change.field.metadata["label"],
                    "before": sopsheet.said_value(change.before, change.field.metadata),
                    "after": sopsheet.said_value(change.after, change.field.metadata),
                }
                for change in entry.changes
            ],
            "approval": _approval(entry.revision, person, approval if entry.revision.pk == of else None),
            "droppable": entry.revision.stage == SopRevision.Stage.DRAFT
            and (entry.revision.made_by_id == person.pk or roles.is_owner(person)),
        }
        for entry in revisions.history(person, procedure)
    ]
    context = {"lines": lines, "procedure": procedure, "crumbs": _crumbs(procedure)}
    return render(request, "web/sop/revisions.html", context, status=status)


def _approval(revision: SopRevision, person: Person, given: ApprovalForm | None) -> ApprovalForm | None:
    """The owner's form below a draft: as it was sent, or empty."""
    if revision.stage != SopRevision.Stage.DRAFT or not roles.is_owner(person):
        return None
    own = revision.made_by_id == person.pk
    return given or ApprovalForm(auto_id=f"setuju-{revision.pk}-%s", own=own)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def sop_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Write a revision: the numbers as they are, to be changed; the owner approves it afterwards."""
    procedure = asked_procedure(request, code, writing=True)
    person, at = request.person, request.at  # type: ignore[attr-defined]
    units = tuple(revisions.units_of_writer(person))
    wanted = request.POST.get("unit", request.GET.get("unit", ""))
    unit = next((unit for unit in units if unit.code == wanted), None)
    if unit is None and not roles.is_owner(person):
        unit = units[0]
    form = RevisionForm(
        request.POST or None,
        procedure=procedure,
        values=policies.values_in_force(procedure, unit, at=at),
        units=units,
        company=roles.is_owner(person),
        today=clock.day(at, sopsheet.JAKARTA),
        initial={"unit": unit.code if unit else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            policies.draft(
                procedure, unit, form.changed_values(), by=person, at=at,
                effective_on=form.cleaned_data["effective_on"], reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Konsep revisi disimpan. Revisi berlaku setelah disetujui pemilik."))
            return redirect("sop_revisions", code=code)
    context = {"form": form, "procedure": procedure, "crumbs": _crumbs(procedure)}
    return render(request, "web/sop/draft.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
@once
def sop_approve(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put a draft in force from its date; the owner's own draft only with a written reason."""
    procedure = asked_procedure(request, code, writing=True)
    person, at = request.person, request.at  # type: ignore[attr-defined]
    draft = revisions.known_to(person, procedure).filter(pk=pk).first()
    if draft is None:
        raise Http404
    own = roles.is_owner(person) and draft.made_by_id == person.pk
    form = ApprovalForm(request.POST, auto_id=f"setuju-{pk}-%s", own=own)
    if form.is_valid():
        try:
            done = policies.approve(draft, by=person, at=at, exception=form.cleaned_data.get("exception", ""))
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            said = _(
                "Revisi %(number)s disetujui. Kasus yang sudah berjalan tetap memakai revisinya sendiri."
            )
            messages.success(request, said % {"number": done.revision})
            return redirect("sop_revisions", code=code)
    if not roles.is_owner(person) or draft.stage != SopRevision.Stage.DRAFT:
        messages.warning(request, " ".join(map(str, form.non_field_errors())))
        return redirect("sop_revisions", code=code)
    return _revisions(request, procedure, approval=form, of=pk, status=422)


@require_POST
@login_required
@once
def sop_drop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a draft back: what was mistyped, or what nobody wants any more."""
    procedure = asked_procedure(request, code, writing=True)
    person, at = request.person, request.at  # type: ignore[attr-defined]
    draft = revisions.known_to(person, procedure).filter(pk=pk).first()
    if draft is None:
        raise Http404
    try:
        policies.drop(draft, by=person, at=at)
    except Refused as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Konsep revisi dibuang. Angka yang berlaku tidak berubah."))
    return redirect("sop_revisions", code=code)
