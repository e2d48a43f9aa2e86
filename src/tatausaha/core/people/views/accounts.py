"""What allauth lacks: a forgotten password by phone number."""

from typing import Any

from allauth.account.views import PasswordResetView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import identity, phone_reset
from tatausaha.core.people.forms import PhoneResetForm


class ForgottenView(PasswordResetView):  # type: ignore[misc]  # allauth is untyped here
    """One field; a phone number goes on to the page that asks for the code."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remember which way the answer went."""
        if form.phone:
            self.success_url = reverse("account_reset_by_phone")
        answer: HttpResponse = super().form_valid(form)
        return answer


@require_http_methods(["GET", "POST"])
def reset_by_phone(request: HttpRequest) -> HttpResponse:
    """Code and new password; wrong three times means asking for another code."""
    phone = phone_reset.running(request)
    if not phone:
        return redirect("account_reset_password")
    form = PhoneResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            phone_reset.finish(request, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field, str(no))
            if not phone_reset.running(request):
                messages.error(request, str(no))
                return redirect("account_reset_password")
        else:
            messages.success(request, _("Kata sandi sudah diganti. Silakan masuk."))
            return redirect("account_login")
    shown = {"form": form, "phone": identity.shown_phone(phone)}
    return render(request, "account/password_reset_by_phone.html", shown)
