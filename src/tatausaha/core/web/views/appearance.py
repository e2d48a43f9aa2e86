"""How the pages look to this visitor: theme, language, and which unit is looked at."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tatausaha.core.web import scope

COOKIE: Final = "tema"
YEAR: Final = 365 * 86400
THEMES: Final = (("auto", _("Ikut perangkat")), ("terang", _("Terang")), ("gelap", _("Gelap")))


def theme_of(request: HttpRequest) -> str:
    """The theme that this browser asked for; `auto` follows the device."""
    asked = request.COOKIES.get(COOKIE, "auto")
    return asked if asked in dict(THEMES) else "auto"


def back(request: HttpRequest, default: str = "home") -> HttpResponseRedirect:
    """To the page that the form stood on (`next`), or the default; never to another site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(wanted if safe and wanted.startswith("/") else resolve_url(default))


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep a theme or a language in a cookie for a year and go back to the page."""
    answer = back(request)
    theme, language = request.POST.get("theme", ""), request.POST.get("language", "")
    if theme in dict(THEMES):
        answer.set_cookie(COOKIE, theme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer


@require_POST
def choose_unit(request: HttpRequest) -> HttpResponse:
    """Look at one unit, or at all of them (empty), and go back to the page."""
    scope.choose(request, request.POST.get("unit", ""))
    return back(request)
