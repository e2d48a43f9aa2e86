"""The case page, its steps, its conversation and its files: one set of views for every procedure."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tatausaha.core.kernel import words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import conversation, queries, services
from tatausaha.core.procedures.forms import filled
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import Option
from tatausaha.core.procedures.spec import Act, Preview, Procedure, Step
from tatausaha.core.web import casefile, resent
from tatausaha.core.web.once import once
from tatausaha.core.web.panels import listed_at
from tatausaha.core.web.parts import Fact, Link
from tatausaha.core.web.talking import TalkForm


def _asker(request: HttpRequest) -> tuple[Person, Any]:
    person = request.person  # type: ignore[attr-defined]
    assert person is not None, "only behind login_required"
    return person, request.at  # type: ignore[attr-defined]


def _case(request: HttpRequest, number: str) -> Tracked:
    """The case as time has made it; unknown ones do not exist for this person."""
    person, at = _asker(request)
    case = queries.case_for(person, number)
    if case is None:
        raise Http404
    try:
        return services.settle(case, at=at)
    except Refused:  # the clock may not move it; the page shows it as it stands
        return queries.case_for(person, number) or case


@require_safe
@login_required
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: where it stands, what can be done, what was done, what was said (SYS-10)."""
    return _page(request, _case(request, number))


def _page(
    request: HttpRequest, case: Tracked, *, talk: TalkForm | None = None, status: int = 200
) -> HttpResponse:
    person, at = _asker(request)
    file = casefile.open_for(person, case, at)
    context = {
        "file": file,
        "zone": case.unit.zone,
        "crumbs": _crumbs(file.procedure, person),
        "facts": _facts(file.procedure, case, staff=file.staff),
        "sop_url": reverse("sop_sheet", args=[file.procedure.code]),
        "talk": talk or TalkForm(staff=file.staff),
    }
    return render(request, "web/case/page.html", context, status=status)


def _crumbs(procedure: Procedure, person: Person) -> tuple[Link, ...]:
    own = listed_at(procedure.code)
    everything = reverse(own) if own else f"{reverse('cases')}?sop={procedure.code}"
    first = _("Hari ini") if roles.works_here(person) else _("Beranda")
    return (Link(first, reverse("today")), Link(capfirst(str(procedure.title)), everything))


def _facts(procedure: Procedure, case: Tracked, *, staff: bool) -> tuple[Fact, ...]:
    """What holds of every case; customers know who they are and need no number of an SOP."""
    customer = case.customer.name if case.customer and staff else ""
    lines = [
        Fact(_("Unit usaha"), case.unit.name),
        Fact(procedure.customer_label, customer),
        Fact(_("Dibuka"), words.moment(case.opened_at, case.unit.zone)),
        Fact(_("SOP"), f"{procedure.sop.number}, {_('revisi')} {case.revision.revision}" if staff else ""),
    ]
    return tuple(line for line in lines if line.value)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def case_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Ask for what a step needs, and take it. Whoever comes second is told who was first."""
    person, at = _asker(request)
    subject = _case(request, number)
    taken = procedure_of(subject).step(step)
    if taken is None or taken.who.machine:
        raise Http404
    if request.method == "POST":
        return _take(request, subject, taken)
    if not taken.opens:
        return redirect(subject)
    option = _option(subject, taken, by=person, at=at)
    if option is None or option.refusal:
        messages.warning(request, str(services.why_not(subject, taken, by=person, at=at)))
        return redirect(subject)
    form = filled(taken.form, by=person, at=at, subject=subject) if taken.form else None
    return _ask(request, subject, taken, form)


def _option(subject: Tracked, step: Step, **who: Any) -> Option | None:
    return next((option for option in services.options(subject, **who) if option.step is step), None)


def _take(request: HttpRequest, subject: Tracked, step: Step) -> HttpResponse:
    person, at = _asker(request)
    form: Form | None = None
    if step.form:
        form = filled(step.form, request.POST, request.FILES, by=person, at=at, subject=subject)
        if not form.is_valid():
            return _ask(request, subject, step, form, status=422)
    try:
        if (look := _look_first(request, subject, step, form)) is not None:
            return look
        done = services.perform(subject, step, by=person, at=at, data=form.cleaned_data if form else None)
    except Refused as no:
        if form is None:
            messages.warning(request, str(no))
            return redirect(subject)
        if queries.status_now(subject) not in step.sources:
            return _ask(request, subject, step, form, gone=str(no), status=409)
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _ask(request, subject, step, form, status=422)
    messages.success(request, _said(done, step))
    return redirect(done)


def _said(case: Tracked, step: Step) -> str:
    """What happened, and what happens next."""
    done = _("“%(step)s” sudah dicatat.") % {"step": step.label}
    if step.done:
        return f"{done} {step.done}"
    if not step.target:
        return done
    state = procedure_of(case).label_of(case.status)
    return f"{done} " + _("%(number)s sekarang %(state)s.") % {"number": case.number, "state": state}


def _foreseen(request: HttpRequest, subject: Tracked, step: Step, form: Form | None) -> Preview | None:
    """What would happen; with figures that follow from the form, once it is filled in."""
    person, at = _asker(request)
    if step.reckon:
        if form is None or not form.is_bound or not form.is_valid():
            return None
        return step.reckon(subject, Act(step.name, person, at, form.cleaned_data))
    return step.preview(subject, person, at) if step.preview else None


def _mark(request: HttpRequest, step: Step, preview: Preview | None) -> str:
    """What tells the figures that were shown from others, and what was handed in for them."""
    if preview is None:
        return ""
    typed = resent.typed(request) if step.reckon else []
    return sha256(repr((preview.sums, typed)).encode()).hexdigest()[:16]


def _look_first(request: HttpRequest, subject: Tracked, step: Step, form: Form | None) -> HttpResponse | None:
    """The page with the figures of now, for whoever was shown others, or none where the form makes them.

    Programs were shown none. A step that is not to be taken any more has no figures: its
    refusal says who was first.
    """
    seen = request.POST.get("shown", "")
    if not (step.reckon or (seen and step.preview)) or subject.status not in step.sources:
        return None
    foreseen = _foreseen(request, subject, step, form)
    if seen == _mark(request, step, foreseen):
        return None
    return _ask(
        request, subject, step, form, foreseen=foreseen, changed=bool(seen), status=409 if seen else 200
    )


def _ask(
    request: HttpRequest, subject: Tracked, step: Step, form: Form | None, *, gone: str = "",
    changed: bool = False, status: int = 200, foreseen: Preview | None = None,
) -> HttpResponse:  # fmt: skip
    procedure = procedure_of(subject)
    if foreseen is None and not gone and not step.reckon:
        foreseen = _foreseen(request, subject, step, form)
    context = {
        "case": subject,
        "step": step,
        "form": form,
        "preview": foreseen,
        "mark": _mark(request, step, foreseen),
        "changed": changed,
        "gone": gone,
        "first": step.reckon and foreseen is None,
        "files": [file for passage in queries.passages_of(subject) for file in passage.attachments.all()],
        "follows": [effect.says for effect in step.effects],  # type: ignore[attr-defined]
        "crumbs": (*_crumbs(procedure, _asker(request)[0]), Link(subject.number, subject.get_absolute_url())),
    }
    return render(request, "web/case/step.html", context, status=status)


@require_POST
@login_required
@once
def case_say(request: HttpRequest, number: str) -> HttpResponse:
    """Add a message to the conversation."""
    person, at = _asker(request)
    subject = _case(request, number)
    form = TalkForm(request.POST, request.FILES, staff=queries.is_staff_of(person, subject))
    if not form.is_valid():
        return _page(request, subject, talk=form, status=422)
    try:
        conversation.say(
            subject,
            form.cleaned_data["text"],
            by=person,
            at=at,
            internal=form.cleaned_data.get("internal", False),
            files=[file] if (file := form.cleaned_data["file"]) else (),
        )
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _page(request, subject, talk=form, status=422)
    return redirect(f"{subject.get_absolute_url()}#pesan")


@require_safe
@login_required
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a case, for those who may know of it; shown in the browser under its own name."""
    person, _at = _asker(request)
    found = queries.attachment_for(person, pk)
    if found is None:
        raise Http404
    return FileResponse(found.file.open("rb"), filename=found.name, content_type=found.content_type)
