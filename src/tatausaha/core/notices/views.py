"""The inbox of a person, its settings, and what could not be sent."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices import outbox, queries, services
from tatausaha.core.notices.forms import ChoicesForm
from tatausaha.core.people import roles

PAGE = 30


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that this person was told, newest first."""
    page = Paginator(queries.notices_for(_person(request)), PAGE).get_page(request.GET.get("page"))
    unread = queries.unread_count(_person(request))
    return render(
        request, "notices/inbox.html", {"page": page, "unread": unread, "owner": _is_owner(request)}
    )


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    notice = get_object_or_404(queries.notices_for(_person(request)), pk=pk)
    services.mark_read(notice, at=request.at)  # type: ignore[attr-defined]
    return redirect(notice.link or "inbox")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = services.mark_all_read(_person(request), at=request.at)  # type: ignore[attr-defined]
    done = ngettext(
        "%(count)s pemberitahuan ditandai sudah dibaca.",
        "%(count)s pemberitahuan ditandai sudah dibaca.",
        count,
    )
    messages.success(request, done % {"count": count})
    return redirect("inbox")


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Which kinds also go out by e-mail."""
    person = _person(request)
    chosen = queries.choices_for(person)
    if request.method == "POST":
        form = ChoicesForm(request.POST, codes=[kind.code for kind, _wanted in chosen])
        if form.is_valid():
            wanted = form.cleaned_data["email"]
            services.choose(person, {kind.code: kind.code in wanted for kind, _wanted in chosen})
            messages.success(request, _("Pilihan Anda disimpan."))
            return redirect("notice_settings")
    return render(request, "notices/settings.html", {"chosen": chosen, "address": person.email})


@require_safe
@login_required
def failed(request: HttpRequest) -> HttpResponse:
    """What could not be sent; for owners."""
    if not _is_owner(request):
        raise Http404
    page = Paginator(queries.failed_for(_person(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/failed.html", {"page": page})


@require_POST
@login_required
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed message anew."""
    message = get_object_or_404(queries.failed_for(_person(request)), pk=pk)
    try:
        outbox.send_again(message, at=request.at)  # type: ignore[attr-defined]
        messages.success(request, _("Kiriman dicoba lagi dalam satu menit."))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("notices_failed")


def _person(request: HttpRequest) -> Any:
    return request.person  # type: ignore[attr-defined]


def _is_owner(request: HttpRequest) -> bool:
    return roles.is_owner(_person(request))
