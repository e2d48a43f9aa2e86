"""How a short text reaches a phone. The default is a folder; `core.notices` registers its outbox.

People stand below notices, so the way out is handed in (`register`), not imported.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from tatausaha.core.kernel import ids

Send = Callable[[str, str, datetime], None]
"""`send(phone, text, at)`: takes a number in E.164 and a finished text."""


def to_folder(phone: str, text: str, at: datetime) -> None:
    """Lay the text as a file beside the mail of an embedded installation."""
    folder = Path(settings.MAIL_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{at:%Y%m%d-%H%M%S}-{phone.lstrip('+')}-{ids.token()[:6]}.txt"
    file.write_text(f"{phone}\n\n{text}\n", encoding="utf-8")


_way: list[Send] = [to_folder]


def register(send: Send) -> None:
    """Let texts leave by another way; called from `apps.py`."""
    _way[0] = send


def to_phone(phone: str, text: str, at: datetime) -> None:
    """Send a text to a phone by the registered way."""
    _way[0](phone, text, at)
