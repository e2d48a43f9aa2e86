"""Addresses for tests of the page kit: the house, every component, and forms that write down what came."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from tatausaha.config.urls import handler400  # noqa: F401 - Django reads it here
from tatausaha.core.web import formkit
from tatausaha.core.web.once import once
from tatausaha.core.web.views import errors, gallery

received: list[dict[str, str]] = []
"""What reached the views, in order."""


class Payment(forms.Form):
    """One amount."""

    amount = formkit.RupiahField(label="Jumlah")


PAGE = (
    "{% extends 'base.html' %}{% load once %}{% block content %}"
    "<form method='post'>{% csrf_token %}{% form_key %}{{ form }}</form>{% endblock %}"
)


@once
def pay(request: HttpRequest) -> HttpResponse:
    """Takes an amount, writes it down, leads to its own result."""
    form = Payment(request.POST or None)
    if request.method == "POST" and form.is_valid():
        received.append(request.POST.dict())
        return HttpResponseRedirect(f"/hasil/{len(received)}/")
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


@once
@login_required
def pay_as_somebody(request: HttpRequest) -> HttpResponse:
    """The same for people who signed in."""
    received.append(request.POST.dict() | {name: str(file.name) for name, file in request.FILES.items()})
    return HttpResponseRedirect("/")


@once
def fail(request: HttpRequest) -> HttpResponse:
    """Always fails."""
    raise RuntimeError(request.path)


def result(request: HttpRequest, number: int) -> HttpResponse:
    """What became of it."""
    return HttpResponse(f"hasil {number}")


def work_page(request: HttpRequest) -> HttpResponse:
    """A page of the workspace."""
    return render(request, "base.html")


def forbidden(request: HttpRequest) -> HttpResponse:
    """A page that nobody may see."""
    return HttpResponseForbidden(render(request, "403.html").content)


urlpatterns = [
    path("", include("tatausaha.config.urls")),
    path("gaya/", gallery.gallery, name="gallery"),
    path("bayar-uji/", pay),
    path("bayar-masuk/", pay_as_somebody),
    path("gagal-uji/", fail),
    path("hasil/<int:number>/", result),
    path("kerja-uji/", work_page, name="today"),
    path("terlarang-uji/", forbidden),
    path("besar-uji/", errors.too_large),
    path("sering-uji/", errors.too_many),
]
