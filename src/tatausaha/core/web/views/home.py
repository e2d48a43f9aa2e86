"""The front door."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tatausaha.core.people.models import Zone
from tatausaha.core.web import offers
from tatausaha.core.web.requests import HouseRequest


@require_safe
def home(request: HouseRequest) -> HttpResponse:
    """Who the company is and what it offers; the first offer with a search leads."""
    offered = offers.offered()
    zone = request.company.zone if request.company else Zone.WIB
    shown = [(offer, offer.listings(request.at, zone)) for offer in offered if offer.listings]
    context = {
        "offers": offered,
        "search": next((offer for offer in offered if offer.search_label), None),
        "shown": [(offer, listings) for offer, listings in shown if listings],
    }
    return render(request, "web/home.html", context)
