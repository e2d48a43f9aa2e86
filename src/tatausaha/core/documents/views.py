"""The public page that says whether a paper is genuine (KOS-10)."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tatausaha.core.documents import queries
from tatausaha.core.documents.forms import CodeForm
from tatausaha.core.documents.limits import MINUTE, may_ask
from tatausaha.core.documents.numbers import kinds
from tatausaha.core.kernel import ids


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Asks for the code; a typed one leads to its paper."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid() and (code := ids.canonical(form.cleaned_data["kode"])).isalnum():
        return redirect("paper", token=code)
    return _private(render(request, "documents/check.html", {"form": form}))


@require_safe
def genuine(request: HttpRequest, token: str) -> HttpResponse:
    """Genuine, void, or unknown; a wrong code and an unknown one get the same answer."""
    if not may_ask(request, "paper"):
        answer = render(request, "documents/too_often.html", status=429)
        answer["Retry-After"] = str(MINUTE)
        return _private(answer)
    paper = queries.paper_of(token)
    facts = {
        "paper": paper,
        "kind": kinds[paper.kind].label if paper else "",
        "amount": paper.facts.get("amount") if paper else None,
        "due_on": date.fromisoformat(paper.facts["due_on"]) if paper and "due_on" in paper.facts else None,
        "form": CodeForm(),
    }
    return _private(render(request, "documents/genuine.html", facts, status=200 if paper else 404))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
