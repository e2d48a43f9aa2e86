"""Files go out with the right headers."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def pdf_response(content: bytes, name: str, *, private: bool = True) -> HttpResponse:
    """A PDF shown in the browser, saved as `name` (`KW/JMB1/2026/00012` -> `KW-JMB1-2026-00012.pdf`).

    A private one is kept by no cache on the way and none at the reader's.
    """
    response = HttpResponse(content, content_type="application/pdf")
    file = "".join(c if c.isalnum() or c in "-_. " else "-" for c in name).removesuffix(".pdf")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=f"{file}.pdf") or "inline"
    )
    response["Cache-Control"] = "private, no-store" if private else "public, max-age=3600"
    response["X-Robots-Tag"] = "noindex"
    response["X-Content-Type-Options"] = "nosniff"
    return response
