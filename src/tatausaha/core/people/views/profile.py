"""Oneself: data, identity papers, a copy of everything."""

from django.conf import settings
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import papers, privacy, queries, roles, services
from tatausaha.core.people.forms_people import PaperForm, ProfileForm, RevealForm
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import signed_in
from tatausaha.core.people.views.refusals import refuse


@signed_in
def account(request: PersonRequest) -> HttpResponse:
    """What the house knows of me, and where to change it."""
    person = request.person
    form = ProfileForm(request.POST or None, initial=ProfileForm.initial_of(person), at=request.at)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.update_person(person, by=person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            translation.activate(person.language)
            messages.success(request, _("Data Anda sudah disimpan."))
            answer = redirect("account")
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                person.language,
                max_age=365 * 86400,
                samesite="Lax",
                httponly=True,
            )
            return answer
    shown = {"form": form, "papers": queries.papers_of(person), "login": queries.login_of(person)}
    return render(request, "people/account.html", shown)


@require_POST
@signed_in
def own_data(request: PersonRequest) -> HttpResponse:
    """A copy of everything that the house holds about me."""
    copy = privacy.hand_over(request.person, at=request.at)
    answer = JsonResponse(
        copy, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return answer


@signed_in
def add_own_paper(request: PersonRequest) -> HttpResponse:
    """An identity paper of mine."""
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            papers.add_paper(person=request.person, by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Identitas sudah disimpan, terkunci."))
            return redirect("account")
    return render(request, "people/paper_add.html", {"form": form, "whose": request.person, "mine": True})


@never_cache
@signed_in
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """A masked identity paper; number or file open after a reason, which is written down (KOS-07)."""
    found = queries.paper_for(request.person, pk)
    if found is None:
        raise Http404
    mine = found.person_id == request.person.pk
    form = RevealForm(
        request.POST or None, initial={"reason": _("Melihat identitas sendiri")} if mine else None
    )
    number = ""
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if "file" in request.POST:
                opened = papers.reveal_file(found, by=request.person, at=request.at, reason=reason)
                return HttpResponse(opened.content, content_type=opened.content_type)
            number = papers.reveal_number(found, by=request.person, at=request.at, reason=reason)
        except Refused as no:
            refuse(form, no)
    shown = {"form": form, "paper": found, "number": number, "mine": mine, "looks": queries.looks_at(found)}
    shown["owner"] = roles.is_owner(request.person)
    return render(request, "people/paper.html", shown)
