"""Reads about papers."""

from tatausaha.core.documents.models import Paper
from tatausaha.core.kernel import ids


def paper_of(code: str) -> Paper | None:
    """The paper that bears this public token, as scanned or as typed by a person."""
    token = ids.canonical(code)
    return Paper.objects.filter(token=token).select_related("unit").first() if len(token) == 26 else None


def paper_numbered(kind: str, number: str) -> Paper | None:
    """The paper of a kind with a number, if it went out before."""
    return Paper.objects.filter(kind=kind, number=number).first()
