"""A forgotten password is set anew by a code that only the phone receives."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import accounts, channels
from tatausaha.core.people.codes import code_text, new_code
from tatausaha.core.people.models import Login

KEPT = "people_phone_reset"
LASTS = timedelta(minutes=15)
ATTEMPTS = 3


def begin(request: HttpRequest, phone: str) -> None:
    """Send a code if the number has a login; the answer is the same if it has none."""
    at: datetime = request.at  # type: ignore[attr-defined]
    login = Login.objects.filter(phone=phone, is_active=True).first()
    state: dict[str, Any] = {"phone": phone, "at": at.isoformat(), "failed": 0}
    if login and (login.phone_verified or not login.email):
        state |= {"login": login.pk, "code": new_code()}
        channels.to_phone(phone, code_text(str(request.company or "Tatausaha"), state["code"]), at)  # type: ignore[attr-defined]
    request.session[KEPT] = state


def running(request: HttpRequest) -> str:
    """The number that a code was sent to in this session; empty without one."""
    return str(request.session.get(KEPT, {}).get("phone", ""))


def finish(request: HttpRequest, *, code: str, password: str) -> Login:
    """Set the password if the code is right; three wrong ones, or 15 minutes, end it.

    Raises `Refused`. Sessions of the login end, since they carry the old password's mark.
    """
    at: datetime = request.at  # type: ignore[attr-defined]
    state: dict[str, Any] = request.session.get(KEPT, {})
    if not state or not timedelta() <= at - datetime.fromisoformat(state["at"]) < LASTS:
        request.session.pop(KEPT, None)
        raise Refused(_("Kode sudah tidak berlaku. Minta kode baru."))
    typed = "".join(sign for sign in code if sign in "0123456789")
    if not secrets.compare_digest(typed, state.get("code", "-")):
        state["failed"] += 1
        request.session[KEPT] = state
        if state["failed"] >= ATTEMPTS:
            del request.session[KEPT]
            raise Refused(_("Kode salah tiga kali. Minta kode baru."))
        raise Refused(_("Kode salah. Periksa lagi pesan terakhir yang Anda terima."), field="code")
    login = accounts.new_password_by_phone(Login.objects.get(pk=state["login"]), password=password, at=at)
    del request.session[KEPT]
    return login
