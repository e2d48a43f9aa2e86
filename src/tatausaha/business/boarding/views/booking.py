"""Booking a room (KOS-02)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tatausaha.business.boarding import queries
from tatausaha.business.boarding.models import Booking, Room
from tatausaha.business.boarding.procedure.forms import BookRoomForm
from tatausaha.business.boarding.services.booking import book_by
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.web.once import once
from tatausaha.core.web.requests import HouseRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def book_room(request: HouseRequest, code: str, number: str) -> HttpResponse:
    """Choose services and the day of moving in, see the four numbers, book."""
    room = get_object_or_404(queries.public_room(code, number))
    today = clock.day(request.at, room.house.unit.zone)
    counter = roles.has_role(request.person, room.house.unit, "manager")
    form = BookRoomForm(request.POST or None, room=room, on=today, counter=counter, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        try:
            booking = _book(request, room, form)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _held(booking, request.person))
            return redirect(booking)
    chosen = form.chosen_services(_services(request))
    context = {"room": room, "house": room.house, "form": form, "counter": counter}
    try:
        context["quote"] = queries.quote(room, chosen, queries.terms_of(room.house, at=request.at), today)
    except Refused as no:
        context["refused"] = no.sentence
    return render(request, "boarding/book.html", context, status=422 if form.errors else 200)


def _held(booking: Booking, by: Person | None) -> str:
    """What is said once the room is held: to the prospect, or to the manager about the prospect."""
    until = words.until(booking.hold_until, booking.unit.zone)
    if booking.customer_id == (by.pk if by else None):
        return _("Kamar ditahan untuk Anda sampai %(until)s. Bayar sebelum itu.") % {"until": until}
    return _("Kamar ditahan untuk %(name)s sampai %(until)s. Terima pembayarannya di sini.") % {
        "name": booking.customer, "until": until,
    }  # fmt: skip


def _asked(request: HouseRequest) -> dict[str, object]:
    asked: dict[str, object] = {"services": _services(request)}
    if day := request.GET.get("masuk", "")[:20]:
        asked["move_in_on"] = day
    return asked


def _services(request: HouseRequest) -> list[str]:
    """Named by the page of the room, or by this page when it counts anew while one ticks."""
    return request.GET.getlist("layanan") + request.GET.getlist("services")


def _book(request: HouseRequest, room: Room, form: BookRoomForm) -> Booking:
    assert request.person is not None
    data = {"services": [], **form.cleaned_data}
    return book_by(room=room, by=request.person, at=request.at, **data)
