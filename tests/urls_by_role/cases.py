"""What is read from a procedure's table: Hari ini, cases, SOP sheets."""

from tatausaha.core.procedures import conversation, policies
from tatausaha.core.procedures.models import Attachment
from tests.toys import request_desk
from tests.urls_by_role.cast import Cast


class _Photo:
    content, content_type, name, suffix = b"foto", "image/jpeg", "papan.jpg", ".jpg"


def case(cast: Cast) -> str:
    """A request of the customer to the unit, not yet evaluated."""
    return request_desk.submit(
        unit=cast.unit, customer=cast.customer, by=cast.customer, at=cast.at, note="Cetak rusak"
    ).number


def file(cast: Cast) -> str:
    """A photo that the customer sent with a message."""
    made = request_desk.submit(
        unit=cast.unit, customer=cast.customer, by=cast.customer, at=cast.at, note="Foto"
    )
    conversation.say(made, "Ini fotonya", by=cast.customer, at=cast.at, files=[_Photo()])
    return str(Attachment.objects.get().pk)


def internal_file(cast: Cast) -> str:
    """A photo in a note among colleagues."""
    made = request_desk.submit(
        unit=cast.unit, customer=cast.customer, by=cast.customer, at=cast.at, note="Foto"
    )
    conversation.say(made, "Jangan dikirim", by=cast.staff, at=cast.at, files=[_Photo()], internal=True)
    return str(Attachment.objects.get().pk)


def draft(cast: Cast) -> str:
    """A draft by the owner for the unit, which needs a reason to be approved by the owner alone."""
    made = policies.draft(
        request_desk.REQUEST, cast.unit, {"approval_days": 5}, by=cast.owner, at=cast.at,
        effective_on=cast.at.date(), reason="Rapat",
    )  # fmt: skip
    return str(made.pk)


THINGS = {"draft": draft, "case": case, "case_file": file, "internal_file": internal_file}

ROWS = {
    # address                                      anonymous stranger customer staff manager other owner
    "hari-ini/": ["GET /hari-ini/                    login 200 200 200 200 200 200"],
    "kasus/": [
        "GET /kasus/                                 login 200 200 200 200 200 200",
        "GET /kasus/?sop=toys.request                login 200 200 200 200 200 200",
        "GET /kasus/?sop=tidak.ada                   login 404 404 404 404 404 404",
    ],
    "kasus/langkah/": ["POST /kasus/langkah/         login 404 404 404 404 404 404"],
    "kasus/<str:number>/": [
        "GET /kasus/{case}/                          login 404 200 200 200 404 200",
        "GET /kasus/TREQ-26-99999/                   login 404 404 404 404 404 404",
    ],
    "kasus/<str:number>/langkah/<slug:step>/": [
        "GET /kasus/{case}/langkah/evaluate/         login 404 302 200 302 404 200",
        "GET /kasus/{case}/langkah/tidak-ada/        login 404 404 404 404 404 404",
        "POST /kasus/{case}/langkah/evaluate/        login 404 422 302 422 404 302",
        "POST /kasus/{case}/langkah/escalate/        login 404 404 404 404 404 404",
    ],
    "kasus/<str:number>/pesan/": ["POST /kasus/{case}/pesan/      login 404 302 302 302 404 302"],
    "berkas/<int:pk>/": [
        "GET /berkas/{case_file}/                    login 404 200 200 200 404 200",
        "GET /berkas/{internal_file}/                login 404 404 200 200 404 200",
        "GET /berkas/999999/                         login 404 404 404 404 404 404",
    ],
    "sop/": ["GET /sop/                              login 200 200 200 200 200 200"],
    "sop/<str:code>/": [
        "GET /sop/toys.request/                      login 200 200 200 200 200 200",
        "GET /sop/toys.intake/                       login 404 404 200 200 200 200",
    ],
    "sop/<str:code>/pdf/": ["GET /sop/toys.request/pdf/ login 200 200 200 200 200 200"],
    "sop/<str:code>/revisi/": ["GET /sop/toys.request/revisi/ login 404 404 404 200 200 200"],
    "sop/<str:code>/revisi/baru/": ["GET /sop/toys.request/revisi/baru/ login 404 404 404 200 200 200"],
    "sop/<str:code>/revisi/<int:pk>/setujui/": [
        "POST /sop/toys.request/revisi/{draft}/setujui/ login 404 404 404 302 404 422",
        "POST /sop/toys.request/revisi/999/setujui/ login 404 404 404 404 404 404",
    ],
    "sop/<str:code>/revisi/<int:pk>/buang/": [
        "POST /sop/toys.request/revisi/{draft}/buang/ login 404 404 404 302 404 302",
        "POST /sop/toys.request/revisi/999/buang/ login 404 404 404 404 404 404",
    ],
}

BODIES = {
    "POST /kasus/{case}/langkah/evaluate/": {"note": "penting"},
    "POST /kasus/{case}/pesan/": {"text": "Halo"},
}
