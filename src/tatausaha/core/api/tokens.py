"""Making, finding and ending tokens."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.core.api import scopes
from tatausaha.core.api.models import ApiToken
from tatausaha.core.kernel import ids
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note
from tatausaha.core.people import accounts
from tatausaha.core.people.models import Person

PREFIX = "tts_"
"""Every token begins with it, so that one that leaked into a file or a chat can be recognised."""
MOST = 20
_SEEN = timedelta(minutes=1)
UNPROVEN = gettext_lazy("Buktikan dulu surel atau nomor HP akun ini. Sesudah itu token bisa dibuat.")


def make(*, person: Person, name: str, wanted: Iterable[str], at: datetime) -> tuple[ApiToken, str]:
    """A new token and its secret text, which is shown once and kept nowhere.

    Raises `Refused` while neither e-mail nor phone of the login is proven (whoever typed
    somebody else's address would act under it), without a name, without a known scope, or when
    the person has `MOST` already.
    """
    if not accounts.has_proven_address(person):
        raise Refused(UNPROVEN)
    codes = scopes.sorted_known(wanted)
    if not name.strip():
        raise Refused(_("Beri nama token ini, misalnya nama program yang memakainya."), field="name")
    if not codes:
        raise Refused(_("Pilih paling sedikit satu hak."), field="scopes")
    if tokens_of(person).filter(ended_at__isnull=True).count() >= MOST:
        raise Refused(_("Anda sudah punya %(most)s token. Akhiri yang tidak dipakai lagi.") % {"most": MOST})
    secret = f"{PREFIX}{ids.token()}{ids.token()}"
    token = ApiToken.objects.create(
        person=person,
        name=name.strip()[:60],
        digest=digest(secret),
        start=secret[:8],
        scopes=" ".join(codes),
        made_at=at,
    )
    return token, secret


def end(token: ApiToken, *, at: datetime) -> None:
    """The token opens nothing from now on; ending twice keeps the first moment."""
    ApiToken.objects.filter(pk=token.pk, ended_at__isnull=True).update(ended_at=max(at, token.made_at))


def end_all(person: Person, at: datetime) -> int:
    """Every running token of a person ends, for his password was renewed or his login closed; how many.

    He is told, so that a program that stops is no riddle.
    """
    running = ApiToken.objects.filter(person=person, ended_at__isnull=True)
    newest = running.order_by("-pk").first()
    if newest is None:
        return 0
    ended = running.update(ended_at=Greatest(Value(at, DateTimeField()), F("made_at")))
    notices.tell(person, _ended(ended), key=f"token-ends|{person.pk}|{newest.pk}|{at.isoformat()}", at=at)
    return ended


def _ended(many: int) -> Note:
    return Note(
        "security",
        gettext_lazy("Token untuk program sudah diakhiri"),
        gettext_lazy(
            "%(many)s token berakhir karena kata sandi akun diganti atau akun ditutup. "
            "Program yang memakainya perlu token baru."
        ),
        {"many": many},
        link="/akun/token/",
    )


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """All tokens of a person, running ones first, newest first."""
    return ApiToken.objects.filter(person=person).order_by("-ended_at", "-made_at")


def token_of(person: Person, pk: int) -> ApiToken | None:
    """One token, if it is this person's."""
    return ApiToken.objects.filter(person=person, pk=pk).first()


def bearer(secret: str, *, at: datetime) -> ApiToken | None:
    """The running token behind a secret text; that it was used is noted once a minute.

    Whose login was ended, who was merged or forgotten opens nothing with it any more.
    """
    if not secret.startswith(PREFIX):
        return None
    token = (
        ApiToken.objects.select_related("person")
        .filter(digest=digest(secret), ended_at__isnull=True)
        .filter(person__merged_into__isnull=True, person__anonymised_at__isnull=True)
        .exclude(person__login__is_active=False)
        .first()
    )
    if token and (token.last_used_at is None or at - token.last_used_at >= _SEEN):
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)
    return token


def digest(secret: str) -> str:
    """What is kept of a secret text of 260 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
