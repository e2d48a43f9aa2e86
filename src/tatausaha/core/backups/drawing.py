"""The recovery key as a picture that a phone reads."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def picture(text: str) -> SafeString:
    """A QR code as SVG, black on white also on a dark page."""
    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, border=2, scale=4, light="white")
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - drawn by our own hand
