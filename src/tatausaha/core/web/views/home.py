"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tatausaha.core.web import offers


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who the company is and what it offers; the first offer with a search leads."""
    offered = offers.offered()
    search = next((offer for offer in offered if offer.search_label), None)
    return render(request, "web/home.html", {"offers": offered, "search": search})
