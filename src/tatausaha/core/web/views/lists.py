"""Lists of cases: filters as links, search, files, and one step for many."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import export
from tatausaha.core.payments import queries as payments
from tatausaha.core.people import roles
from tatausaha.core.procedures import bulk, queries, registry
from tatausaha.core.procedures.spec import Procedure
from tatausaha.core.web import caselist, scope
from tatausaha.core.web.once import once

A_PAGE = 50
A_FILE = 50_000


def _procedure(code: str) -> Procedure:
    procedure = registry.by_code(code)
    if procedure is None:
        raise Http404
    return procedure


def _wished(request: HttpRequest, wish: caselist.Wish) -> Any:
    units = [wish.unit.pk] if wish.unit else None
    if units is None and (chosen := scope.chosen(request)) and len(scope.units(request)) > 1:
        units = [chosen.pk]
    return queries.listed(
        request.person,  # type: ignore[attr-defined]
        wish.procedure,
        at=request.at,  # type: ignore[attr-defined]
        status=wish.status,
        units=units,
        late=wish.late,
        text=wish.text,
    )


@require_safe
@login_required
def cases(request: HttpRequest) -> HttpResponseBase:
    """One kind of case as a list, a CSV or an XLSX; without `sop`, the kinds that there are."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    if not (code := request.GET.get("sop", "")):
        if text := request.GET.get("q", "").strip()[:80]:
            return _anywhere(request, text)
        return render(
            request,
            "web/case/kinds.html",
            {"kinds": queries.seen_by(person), "works": roles.works_here(person)},
        )
    procedure = _procedure(code)
    units = scope.units(request)
    wish = caselist.read(procedure, request.GET, units)
    found = _wished(request, wish)
    if (wanted := request.GET.get("berkas")) in {"csv", "xlsx"}:
        write = export.csv_file if wanted == "csv" else export.xlsx_file
        return write(procedure.code, caselist.head(procedure), caselist.rows(found[:A_FILE], procedure))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [caselist.line(case, procedure, at) for case in page]
    context = {
        "procedure": procedure,
        "title": capfirst(str(procedure.title)),
        "wish": wish,
        "filters": caselist.filters(wish, units),
        "page": page,
        "lines": lines,
        "tells_units": _tells_units(request, lines),
        "steps": caselist.bulk_steps(wish, person),
        "keep": {"sop": code, "keadaan": wish.status or caselist.ALL},
        "files": {kind: f"{wish.url()}&berkas={kind}" for kind in ("csv", "xlsx")},
    }
    return render(request, "web/case/list.html", context)


def _anywhere(request: HttpRequest, text: str) -> HttpResponse:
    """Whatever answers to the words, of every kind; a number leads straight to its page."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    exact = (
        queries.case_for(person, text)
        or billing.invoice_for(person, text)
        or payments.receipt_for(person, text)
    )
    if exact is not None:
        return redirect(exact)
    start = (max(1, int(page)) - 1) * A_PAGE if (page := request.GET.get("page", "1")[:5]).isdecimal() else 0
    found, count = queries.page_of(
        person, registry.procedures(), at=at, text=text, limit=A_PAGE, offset=start
    )
    lines = [caselist.line(case, registry.procedure_of(case), at) for case in found]
    page_links = Paginator(range(count), A_PAGE).get_page(request.GET.get("page"))
    context = {"text": text, "lines": lines, "page": page_links, "tells_units": _tells_units(request, lines)}
    return render(request, "web/case/found.html", context)


def _tells_units(request: HttpRequest, lines: list[caselist.Line]) -> bool:
    """Whether the column of the units says anything: to whoever manages one alone it never does."""
    return len(scope.units(request)) > 1 or len({line.unit for line in lines}) > 1


@require_POST
@login_required
@once
def cases_step(request: HttpRequest) -> HttpResponse:
    """One step for all ticked cases of a list; each that is refused is named with its reason."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    procedure = _procedure(request.POST.get("sop", ""))
    wish = caselist.read(procedure, request.POST, scope.units(request))
    step = procedure.step(request.POST.get("step", ""))
    if step is None or step.opens or step.who.machine:
        raise Http404
    outcomes = bulk.perform_each(procedure, request.POST.getlist("case"), step, by=person, at=at)
    moved = sum(outcome.refusal is None for outcome in outcomes)
    if moved:
        said = ngettext(
            "“%(step)s” dicatat untuk %(n)d kasus.", "“%(step)s” dicatat untuk %(n)d kasus.", moved
        )
        messages.success(request, said % {"step": step.label, "n": moved})
    if not outcomes:
        messages.warning(request, _("Centang dulu kasus yang dimaksud."))
    for outcome in outcomes:
        if outcome.refusal:
            messages.warning(request, f"{outcome.number}: {outcome.refusal}")
    return redirect(wish.url())
