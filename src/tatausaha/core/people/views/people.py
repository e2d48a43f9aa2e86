"""The owner's pages about persons: find, write down, roles, papers, duplicates."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import FilterSet, Link
from tatausaha.core.people import accounts, duplicates, merging, papers, parting, queries, services
from tatausaha.core.people.forms_people import (
    MemberForm,
    MergeForm,
    NewPersonForm,
    PaperForm,
    PersonForm,
    RoleForm,
)
from tatausaha.core.people.models import Person
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only
from tatausaha.core.people.views.refusals import refuse

PAGE = 30
GROUPS = {
    "": gettext_lazy("Semua"),
    "work": gettext_lazy("Yang bekerja di sini"),
    "legal": gettext_lazy("Badan usaha"),
    "closed": gettext_lazy("Akun ditutup"),
}
"""Whom the list shows, by the word in its address."""


def _known(request: PersonRequest, pk: int) -> Person:
    person = queries.person_for(request.person, pk)
    if person is None:
        raise Http404
    return person


@owner_only
def persons(request: PersonRequest) -> HttpResponse:
    """Everybody, found by name, phone or e-mail."""
    text = request.GET.get("q", "").strip()
    group = request.GET.get("siapa", "")
    if group not in GROUPS:
        group = ""
    found = queries.people_with_roles(request.person, text, group)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    here = reverse("settings_people")
    links = tuple(
        Link(label, f"{here}?{urlencode({'siapa': code, 'q': text})}", current=code == group)
        for code, label in GROUPS.items()
    )
    shown = {"page": page, "q": text, "sets": [FilterSet(_("Siapa"), links)], "keep": {"siapa": group}}
    return render(request, "people/persons.html", shown)


@owner_only
def new_person(request: PersonRequest) -> HttpResponse:
    """Somebody new, without a login."""
    form = NewPersonForm(request.POST or None, at=request.at, initial={"language": "id", "kind": "natural"})
    if request.method == "POST" and form.is_valid():
        try:
            person = services.create_person(by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("%(name)s sudah dicatat.") % {"name": person})
            return redirect("settings_person", person.pk)
    title = _("Catat orang atau badan usaha")
    return render(request, "people/form_page.html", {"form": form, "title": title, "back": "settings_people"})


@owner_only
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """One person: data, roles, papers, login, history."""
    found = _known(request, pk)
    if found.merged_into_id:
        return redirect("settings_person", found.merged_into_id)
    return _page(request, found, RoleForm(owner=request.person), MemberForm())


def _page(
    request: PersonRequest, found: Person, role_form: RoleForm, member_form: MemberForm
) -> HttpResponse:
    shown = {
        "whose": found,
        "held": queries.roles_of(found),
        "papers": queries.papers_of(found),
        "login": queries.login_of(found),
        "merges": parting.merges_into(found),
        "members": queries.members_of(found),
        "changes": queries.changes_of(found)[:30],
        "events": queries.events_of(found)[:30],
        "role_form": role_form,
        "member_form": member_form,
    }
    wrong = role_form.errors or member_form.errors
    return render(request, "people/person.html", shown, status=422 if wrong else 200)


@owner_only
def edit_person(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct somebody's data; old and new stay known."""
    found = _known(request, pk)
    legal = found.kind == Person.Kind.LEGAL
    form = PersonForm(request.POST or None, at=request.at, legal=legal, initial=PersonForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_person(found, by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(
                request, _("Data %(name)s sudah disimpan.") % {"name": form.cleaned_data["name"]}
            )
            return redirect("settings_person", pk)
    return render(request, "people/form_page.html", {"form": form, "title": str(found), "person_back": found})


@require_POST
@owner_only
def give_role(request: PersonRequest, pk: int) -> HttpResponse:
    """Another role for a person."""
    found = _known(request, pk)
    form = RoleForm(request.POST, owner=request.person)
    if form.is_valid():
        try:
            services.give_role(person=found, by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Peran sudah diberikan kepada %(name)s.") % {"name": found})
            return redirect("settings_person", pk)
    return _page(request, found, form, MemberForm())


@require_POST
@owner_only
def end_role(request: PersonRequest, pk: int) -> HttpResponse:
    """A role ends."""
    role = queries.role_for(request.person, pk)
    if role is None:
        raise Http404
    try:
        services.end_role(role, by=request.person, at=request.at)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Peran %(name)s sudah diakhiri.") % {"name": role.person})
    return redirect("settings_person", role.person_id)


@require_POST
@owner_only
def add_member(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody acts for an organisation."""
    found = _known(request, pk)
    form = MemberForm(request.POST)
    if form.is_valid():
        capacity = form.cleaned_data["capacity"]
        member = queries.known_by_address(request.person, form.cleaned_data["contact"])
        try:
            if member is None:
                said = _("Belum ada satu orang dengan surel atau nomor HP itu. Catat dulu orangnya.")
                raise Refused(said, field="contact")  # noqa: TRY301
            services.add_member(found, person=member, capacity=capacity, by=request.person, at=request.at)
        except Refused as no:
            refuse(form, no)
        else:
            return redirect("settings_person", pk)
    return _page(request, found, RoleForm(owner=request.person), form)


@require_POST
@owner_only
def end_login(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody signs in no more."""
    login = queries.login_of(_known(request, pk))
    if login is None:
        raise Http404
    try:
        accounts.end_login(login, by=request.person, at=request.at)
    except Refused as no:
        messages.error(request, str(no))
    else:
        said = _("Akun %(name)s sudah ditutup. Semua perangkat dan tokennya sudah dikeluarkan.")
        messages.success(request, said % {"name": login.person})
    return redirect("settings_person", pk)


@require_POST
@owner_only
def reopen_login(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody whose login was closed signs in again."""
    login = queries.login_of(_known(request, pk))
    if login is None:
        raise Http404
    try:
        accounts.reopen_login(login, by=request.person, at=request.at)
    except Refused as no:
        messages.error(request, str(no))
    else:
        said = _("Akun %(name)s sudah dibuka lagi, dengan kata sandi yang lama.")
        messages.success(request, said % {"name": login.person})
    return redirect("settings_person", pk)


@owner_only
def add_paper(request: PersonRequest, pk: int) -> HttpResponse:
    """An identity paper of somebody, taken in at the counter."""
    found = _known(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            papers.add_paper(person=found, by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Identitas sudah disimpan, terkunci."))
            return redirect("settings_person", pk)
    return render(request, "people/paper_add.html", {"form": form, "whose": found})


@owner_only
def possible_duplicates(request: PersonRequest) -> HttpResponse:
    """Pairs that may be one person."""
    return render(request, "people/duplicates.html", {"pairs": duplicates.possible_duplicates()})


@owner_only
def compare(request: PersonRequest, keep: int, drop: int) -> HttpResponse:
    """Two records side by side; one person, or two."""
    one, other = _known(request, keep), _known(request, drop)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if "different" in request.POST:
                duplicates.tell_apart(one, other, by=request.person, at=request.at, reason=reason)
                messages.success(request, _("Keduanya dicatat sebagai orang yang berbeda."))
            else:
                merging.merge(one, other, by=request.person, at=request.at, reason=reason)
                said = _("Digabung menjadi %(name)s. Tidak ada riwayat yang hilang.") % {"name": one}
                messages.success(request, said)
                return redirect("settings_person", one.pk)
        except Refused as no:
            refuse(form, no)
        else:
            return redirect("settings_duplicates")
    sides = [queries.side_of(one), queries.side_of(other)]
    return render(request, "people/compare.html", {"form": form, "sides": sides, "keep": one, "drop": other})
