"""The paper of a move to another room."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tatausaha.business.boarding.models import RoomMove
from tatausaha.business.boarding.services import move_paper
from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.procedures import queries as cases
from tatausaha.core.web.requests import HouseRequest


@require_safe
@login_required
def paper(request: HouseRequest, number: str) -> HttpResponse:
    """The paper, for the tenant and for those who manage the house."""
    assert request.person is not None
    move = cases.case_for(request.person, number)
    if not isinstance(move, RoomMove):
        raise Http404
    return pdf_response(move_paper.print_move(move, by=request.person, at=request.at), move.paper_number)
