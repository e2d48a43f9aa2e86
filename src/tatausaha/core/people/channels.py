"""How a short text reaches a phone, and a mail a mailbox. The default is a folder; `core.notices` registers its outbox.

People stand below notices, so the way out is handed in (`register`), not imported.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from tatausaha.core.kernel import ids

Send = Callable[[str, str, datetime], None]
"""`send(phone, text, at)`: takes a number in E.164 and a finished text."""


def to_folder(phone: str, text: str, at: datetime) -> None:
    """Lay the text as a file beside the mail of an embedded installation."""
    folder = Path(settings.MAIL_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{at:%Y%m%d-%H%M%S}-{phone.lstrip('+')}-{ids.token()[:6]}.txt"
    file.write_text(f"{phone}\n\n{text}\n", encoding="utf-8")


Post = Callable[[EmailMessage, datetime], None]
"""`post(message, at)`: takes a finished mail."""


def at_once(message: EmailMessage, at: datetime) -> None:  # noqa: ARG001 - asked like the others
    """Hand the mail to the mail backend."""
    message.send()


_way: list[Send] = [to_folder]
_post: list[Post] = [at_once]


def register(send: Send) -> None:
    """Let texts leave by another way; called from `apps.py`."""
    _way[0] = send


def register_post(post: Post) -> None:
    """Let mails leave by another way; called from `apps.py`."""
    _post[0] = post


def to_mailbox(message: EmailMessage, at: datetime) -> None:
    """Send a mail by the registered way."""
    _post[0](message, at)


def to_phone(phone: str, text: str, at: datetime) -> None:
    """Send a text to a phone by the registered way."""
    _way[0](phone, text, at)
