"""The owner takes a merge back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import parting
from tatausaha.core.people.forms_people import MergeForm
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only
from tatausaha.core.people.views.refusals import refuse


@owner_only
def undo_merge(request: PersonRequest, pk: int) -> HttpResponse:
    """What will go back, and the reason."""
    merge = parting.merge_for(request.person, pk)
    if merge is None:
        raise Http404
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            parting.part(merge, by=request.person, at=request.at, reason=form.cleaned_data["reason"])
        except Refused as no:
            refuse(form, no)
        else:
            said = _("%(one)s dan %(other)s sekarang dua orang lagi.")
            messages.success(request, said % {"one": merge.keep, "other": merge.drop})
            return redirect("settings_person", merge.drop_id)
    return render(request, "people/part.html", {"form": form, "merge": merge})
