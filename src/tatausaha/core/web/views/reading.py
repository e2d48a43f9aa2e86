"""What the house understands of a value while it is typed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.web import formkit

LONGEST = 60


@require_safe
def read_back(request: HttpRequest, kind: str) -> HttpResponse:
    """The reading of the one value in the query, or the sentence that says why there is none."""
    if kind not in formkit.READINGS:
        raise Http404
    typed = str(next(iter(request.GET.values()), ""))[:LONGEST]
    understood, sentence = "", ""
    try:
        understood = formkit.reading(kind, typed) if typed.strip() else ""
    except Refused as no:
        sentence = str(no)
    return render(request, "forms/reading.html", {"understood": understood, "sentence": sentence})
