"""What a token may be used for; businesses and rooms add scopes of their own at start-up."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tatausaha.core.procedures.spec import Text

READ, ACT = "read", "act"

registry: dict[str, Text] = {
    READ: _("membaca apa yang boleh Anda lihat"),
    ACT: _("membuka kasus, mengambil langkah, dan mengirim pesan atas nama Anda"),
}
"""Code of a scope and what it allows, in words."""


def register(code: str, label: Text) -> None:
    """Make a scope known."""
    registry[code] = label


def sorted_known(codes: Iterable[str]) -> list[str]:
    """The known ones among the codes, in the order of the registry, each once."""
    wanted = set(codes)
    return [code for code in registry if code in wanted]
