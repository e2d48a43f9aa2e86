"""One's own API tokens: made, shown once, ended."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows import reauthentication
from django import forms
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tatausaha.core.api import scopes, tokens
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Link
from tatausaha.core.people import accounts


class TokenForm(forms.Form):
    """What a token is called, and what it may be used for."""

    name = forms.CharField(
        label=gettext_lazy("Nama token"),
        max_length=60,
        help_text=gettext_lazy("Nama program yang memakainya."),
    )
    scopes = forms.MultipleChoiceField(label=gettext_lazy("Hak"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = list(scopes.registry.items())  # type: ignore[attr-defined]


def _password_asked(request: HttpRequest) -> bool:
    """Whether the password (or second factor) must be given once more, as before every change of the key."""
    return bool(reauthentication.is_reauthentication_required(request, app="account"))


def _kept(typed: QueryDict) -> dict[str, Any]:
    """What was typed before the password was asked for."""
    return {"name": typed.get("name", "")[:60], "scopes": typed.getlist("scopes")}


def _after_password(typed: QueryDict) -> str:
    """The way to the password and back to this form, filled as it was."""
    here = f"{reverse('own_tokens')}?{urlencode(_kept(typed), doseq=True)}"
    return f"{reverse('account_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: here})}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_tokens(request: HttpRequest) -> HttpResponse:
    """The list, and a form for a new one; its secret is on this one answer and nowhere else.

    Before a new one, the address must be proven and the password given again (SYS-06).
    """
    person, at = request.person, request.at  # type: ignore[attr-defined]
    proven = accounts.has_proven_address(person)
    if request.method == "POST" and proven and _password_asked(request):
        return redirect(_after_password(request.POST))
    form, secret = TokenForm(request.POST or None, initial=_kept(request.GET)), ""
    if request.method == "POST" and form.is_valid():
        try:
            wanted = form.cleaned_data["scopes"]
            _token, secret = tokens.make(person=person, name=form.cleaned_data["name"], wanted=wanted, at=at)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            form = TokenForm()
    context = {
        "form": form,
        "secret": secret,
        "tokens": tokens.tokens_of(person),
        "zone": request.company.zone,  # type: ignore[attr-defined]
        "proven": proven,
        "crumbs": (Link(_("Akun saya"), reverse("account")),),
        "first_password": _after_password(request.GET) if proven and _password_asked(request) else "",
    }
    return render(request, "web/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    token = tokens.token_of(request.person, pk)  # type: ignore[attr-defined]
    if token is None:
        raise Http404
    tokens.end(token, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, _("Token “%(name)s” sudah diakhiri.") % {"name": token.name})
    return redirect("own_tokens")
