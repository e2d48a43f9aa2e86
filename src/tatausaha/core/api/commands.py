"""`tatausaha token`: a token for a person, from the command line."""

from argparse import ArgumentParser, Namespace
from datetime import timedelta

from django.utils.translation import gettext as _

from tatausaha.core.api import idempotency, scopes, tokens
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.commands import Command
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.tasks import Task
from tatausaha.core.people.models import Login


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("orang", help="surel atau nomor HP (+62…) akun masuk orang itu")
    parser.add_argument("--nama", default="baris perintah", help="nama token, misalnya nama programnya")
    parser.add_argument(
        "--hak", nargs="+", default=[scopes.READ], help="hak token: read, act (baku: read)", metavar="HAK"
    )
    parser.add_argument(
        "--akhiri", type=int, metavar="NOMOR", help="akhiri token ini, tanpa membuat yang baru"
    )


def _run(asked: Namespace) -> int:
    """Print the secret alone on standard output, so that a script can keep it."""
    try:
        person = Login.objects.get_by_natural_key(asked.orang).person
    except Login.DoesNotExist as nobody:
        raise Refused(_("Tidak ada akun masuk dengan surel atau nomor HP itu.")) from nobody
    at = clock.now()
    if asked.akhiri is not None:
        token = tokens.token_of(person, asked.akhiri)
        if token is None:
            raise Refused(_("Orang ini tidak punya token bernomor itu."))
        tokens.end(token, at=at)
        print(f"Token {token.pk} ({token.name}) sudah diakhiri.")
        return 0
    _token, secret = tokens.make(person=person, name=asked.nama, wanted=asked.hak, at=at)
    print(secret)
    return 0


TOKEN = Command("token", "buat token API untuk seseorang (ditampilkan sekali)", _run, _configure)

FORGET = Task("forget kept API answers", timedelta(hours=6), lambda at: idempotency.clear(at=at))
