"""Condition sheets on a phone: made line by line by the manager, read side by side by the tenant (KOS-12)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding.forms_sheets import ChecklistForm, LineForm, NewLineForm
from tatausaha.business.boarding.models import ConditionItem, ConditionSheet, Stay
from tatausaha.business.boarding.queries import keeping
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.business.boarding.services import condition_paper, sheets
from tatausaha.business.boarding.views.keep import fill_in, house_of, person_of
from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.procedures import queries as cases
from tatausaha.core.web.casefile import step_url
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Chip, Link, Tone
from tatausaha.core.web.requests import HouseRequest

KINDS = {"masuk": ConditionSheet.Kind.IN, "keluar": ConditionSheet.Kind.OUT}
_FORM = ["GET", "HEAD", "POST"]


def _stay(request: HouseRequest, number: str, kind: str) -> Stay:
    stay = reads.stay_for(request.person, number)
    if stay is None or kind not in KINDS:
        raise Http404
    return stay


def address(stay: Stay, kind: str) -> str:
    """The page of a sheet, by the kind as it is kept."""
    slug = next(slug for slug, kept in KINDS.items() if kept == kind)
    return reverse("boarding:sheet", args=[stay.number, slug])


@require_http_methods(_FORM)
@login_required
@once
def sheet(request: HouseRequest, number: str, kind: str) -> HttpResponse:
    """A sheet: for the manager the draft to fill, for both the two ends of the stay side by side."""
    stay = _stay(request, number, kind)
    staff = cases.is_staff_of(request.person, stay)
    if request.method == "POST":
        if not staff:
            raise Http404
        return _change(request, stay, kind)
    return _page(request, stay, kind, staff=staff)


def _change(request: HouseRequest, stay: Stay, kind: str) -> HttpResponse:
    """Begin the sheet, add a thing to it, or call the rest good."""
    person, act = request.person, request.POST.get("aksi", "")
    assert person is not None
    found = reads.sheet_of(stay, KINDS[kind])
    form = NewLineForm(request.POST if act == "tambah" else None)
    try:
        if found is None:
            sheets.begin(stay, KINDS[kind], by=person, at=request.at)
        elif act == "sisanya-baik":
            count = sheets.rest_is_good(found, by=person)
            said = ngettext("%(count)d barang dicatat baik.", "%(count)d barang dicatat baik.", count)
            messages.success(request, said % {"count": count})
        elif act == "tambah":
            if not form.is_valid():
                return _page(request, stay, kind, staff=True, form=form, status=422)
            sheets.add_line(found, form.cleaned_data["name"], by=person)
    except Refused as no:
        if act != "tambah":
            messages.warning(request, str(no))
            return redirect("boarding:sheet", stay.number, kind)
        form.add_error("name", str(no))
        return _page(request, stay, kind, staff=True, form=form, status=422)
    return redirect("boarding:sheet", stay.number, kind)


def _page(
    request: HouseRequest, stay: Stay, kind: str, *, staff: bool, form: NewLineForm | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    one = reads.sheet_of(stay, KINDS[kind])
    if one and not one.handed_at and not staff:
        one = None  # a draft is the manager's own
    before = reads.sheet_of(stay, ConditionSheet.Kind.IN)
    lines = list(reads.lines_of(one)) if one else []
    earlier = list(reads.lines_of(before)) if kind == "keluar" and before and before.handed_at else []
    left = [line for line in lines if not line.state]
    draft = staff and one is not None and not one.handed_at
    context: dict[str, Any] = {
        "stay": stay, "sheet": one, "kind": kind, "staff": staff, "draft": draft, "chip": _chip(one),
        "lines": lines, "left": left, "done": len(lines) - len(left),
        "pairs": reads.pairs(earlier, lines) if kind == "keluar" else reads.pairs(lines, []),
        "form": form or NewLineForm(), "crumbs": [Link(stay.number, stay.get_absolute_url())],
        "hand_over": step_url(stay.number, f"sheet_{KINDS[kind]}"), "title": _title(stay, kind),
        "answer": step_url(stay.number, "agree") if _asks(request, stay, one) else "",
        "object": step_url(stay.number, "object"),
    }  # fmt: skip
    return render(request, "boarding/sheets/sheet.html", context, status=status)


def _asks(request: HouseRequest, stay: Stay, one: ConditionSheet | None) -> bool:
    """Whether the sheet waits for the word of whoever looks at it."""
    waits = one is not None and one.handed_at is not None and one.sealed_at is None
    return waits and request.person is not None and stay.customer_id == request.person.pk


def _title(stay: Stay, kind: str) -> str:
    said = _("Lembar masuk kamar %(room)s") if kind == "masuk" else _("Lembar keluar kamar %(room)s")
    return said % {"room": stay.room.number}


def _chip(one: ConditionSheet | None) -> Chip:
    if one is None:
        return Chip(_("Belum dibuat"))
    if one.sealed_at:
        return Chip(_("Disetujui penghuni") if one.agreed_at else _("Disegel"), Tone.DONE)
    return Chip(_("Menunggu jawaban penghuni"), Tone.GOING) if one.handed_at else Chip(_("Konsep"), Tone.SOON)


@require_http_methods(_FORM)
@login_required
@once
def line(request: HouseRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """One thing: how it is, with a photo; saved, it leads to the next that was not looked at."""
    stay = _stay(request, number, kind)
    item = reads.line_for(request.person, number, KINDS[kind], pk)
    if item is None or item.sheet.handed_at:
        raise Http404
    form = LineForm(request.POST or None, request.FILES or None, item=item)
    if request.method == "POST" and form.is_valid():
        assert request.person is not None
        try:
            sheets.fill_line(item, by=request.person, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            following = reads.unseen(item.sheet).first()
            if following is None:
                return redirect("boarding:sheet", number, kind)
            return redirect("boarding:sheet_line", number, kind, following.pk)
    lines = list(reads.lines_of(item.sheet))
    context = {
        "stay": stay, "item": item, "form": form, "kind": kind, "count": len(lines),
        "place": [one.pk for one in lines].index(item.pk) + 1, "over": _title(stay, kind),
        "crumbs": [Link(stay.number, stay.get_absolute_url()), Link(_title(stay, kind), address(stay, KINDS[kind]))],
    }  # fmt: skip
    return render(request, "boarding/sheets/line.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@cache_control(private=True, max_age=86_400)
def photo(request: HouseRequest, token: str, edge: int) -> HttpResponse:
    """The photo of a line, for the tenant and the manager of the stay alone."""
    item: ConditionItem | None = reads.photo_for(request.person, token)
    if item is None or edge not in item.photo_edges:
        raise Http404
    with default_storage.open(sheets.path_of(item, edge)) as kept:
        return HttpResponse(kept.read(), content_type="image/jpeg")


@require_safe
@login_required
def paper(request: HouseRequest, number: str, kind: str) -> HttpResponse:
    """The sheet as PDF, photos in pairs."""
    stay = _stay(request, number, kind)
    one = reads.sheet_of(stay, KINDS[kind])
    if one is None or not one.handed_at:
        raise Http404
    assert request.person is not None
    return pdf_response(condition_paper.print_sheet_of(one, by=request.person, at=request.at), one.number)


@require_http_methods(_FORM)
@login_required
@once
def checklist(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """What is looked at in rooms of a type."""
    house, person = house_of(request, code), person_of(request)
    room_type = get_object_or_404(keeping.types_of(house), pk=pk)
    names = reads.checklist(room_type) or [str(name) for name in sheets.USUAL]
    form = ChecklistForm(request.POST or None, initial={"names": "\n".join(names)})
    return fill_in(
        request, form,
        lambda data: sheets.set_checklist(room_type, data["names"].splitlines(), by=person, at=request.at),
        house=house, title=_("Daftar periksa %(type)s") % {"type": room_type},
        lead=_("Lembar kondisi kamar tipe ini dimulai dari daftar ini."),
        done=_("Daftar periksa disimpan. Lembar yang sudah dibuat tidak berubah."),
        to=reverse("boarding:types", args=[code]),
    )  # fmt: skip
