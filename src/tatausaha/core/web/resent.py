"""A form that was changed after it was sent (by the back button) and sent again under the same key.

What the first sending brought is kept sealed beside its key, without passwords; of files only
name and size. So the second can be told apart, both can be shown, and the changed one can be
sent as a form of its own.
"""

import json
import re
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from tatausaha.core.people import vault
from tatausaha.core.web import parking
from tatausaha.core.web.parking import Parked

_MACHINE: Final = re.compile(rf"^({parking.OWNER}|form_key|next|shown)$")
"""Fields that a person neither types nor chooses."""


@dataclass(frozen=True)
class Line:
    """One input as it was sent first and as it came again; empty where it was not filled."""

    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def sealed_content(request: HttpRequest) -> str:
    """What a POST brings, sealed, for the row of its key; nothing when it is too large to keep."""
    form = parking.taken(request, at=request.at)  # type: ignore[attr-defined]
    return vault.seal_text(json.dumps(_content(request, form))) if form else ""


def changes(kept: str, request: HttpRequest) -> list[Line]:
    """Both sendings side by side when they differ; nothing when they are the same or the first is not known."""
    form = parking.taken(request, at=request.at)  # type: ignore[attr-defined]
    if not kept or form is None:
        return []
    try:
        first = [tuple(pair) for pair in json.loads(vault.unseal_text(kept))]
    except vault.Sealed:
        return []
    again = _content(request, form)
    return _side_by_side(first, again) if first != again else []


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person typed or chose in the form that was sent, in a fixed order."""
    form = parking.taken(request, at=request.at)  # type: ignore[attr-defined]
    return _content(request, form) if form else []


def renewed(form: Parked, key: str) -> list[list[str]]:
    """The fields of a form under a new key, so that it counts as another one."""
    return [[name, key if name == "form_key" else value] for name, value in form.fields]


def _content(request: HttpRequest, form: Parked) -> list[tuple[str, str]]:
    files = [
        (name, f"{file.name} ({file.size})")
        for name, file in request.FILES.items()
        if not isinstance(file, list)
    ]
    typed = [(name, value.replace("\r\n", "\n")) for name, value in form.fields if not _MACHINE.match(name)]
    return sorted(typed + files, key=lambda pair: pair[0])


def _side_by_side(first: list[tuple[str, str]], again: list[tuple[str, str]]) -> list[Line]:
    lines = []
    for name in dict.fromkeys(name for name, _value in (*first, *again)):
        before = [value for known, value in first if known == name]
        after = [value for known, value in again if known == name]
        for n in range(max(len(before), len(after))):
            line = Line("".join(before[n : n + 1]), "".join(after[n : n + 1]))
            if line.before.strip() or line.after.strip():
                lines.append(line)
    return lines
