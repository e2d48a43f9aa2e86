"""What every template may use."""

from typing import Any

from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """The company, the signed-in person and the moment of the request."""
    return {
        "company": getattr(request, "company", None),
        "person": getattr(request, "person", None),
        "at": getattr(request, "at", None),
    }
