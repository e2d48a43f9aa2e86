"""Headers of files."""

from tatausaha.core.documents.responses import pdf_response


def test_a_private_pdf_is_shown_and_kept_by_no_cache():
    response = pdf_response(b"%PDF", "KW/MELATI/2026/00001")

    assert response.content == b"%PDF"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="KW-MELATI-2026-00001.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_a_public_pdf_may_be_kept_and_its_name_cannot_break_the_header():
    response = pdf_response(b"%PDF", 'SOP "a"\r\nX: y', private=False)

    assert response["Content-Disposition"] == 'inline; filename="SOP -a---X- y.pdf"'
    assert response["Cache-Control"] == "public, max-age=3600"
