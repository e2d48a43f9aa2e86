"""Reports and books: for the unit's manager and the owner; whoever else is signed in finds nothing (KOS-16)."""

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.drafts import Draft, Line
from tatausaha.core.ledger.services import post
from tests.urls_by_role.cast import Cast


def journal(cast: Cast) -> str:
    """Income of the unit that was paid in cash."""
    made = post(
        Draft(
            key="melati|uji|1|masuk|0",
            unit=cast.unit,
            kind="test",
            lines=(
                Line(chart.CASH_DRAWER, 100_000, party=cast.manager),
                Line(chart.OTHER_INCOME, -100_000),
            ),
            event_on=cast.at.date(),
        ),
        by=cast.owner,
        at=cast.at,
    )
    return str(made.pk)


THINGS = {"journal": journal}

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "laporan/": ["GET /laporan/ login 404 404 404 200 200 200"],
    "laporan/<slug:code>/<int:year>/": ["GET /laporan/melati/2026/ login 404 404 404 200 404 200"],
    "laporan/<slug:code>/<str:month>/": [
        "GET /laporan/melati/2026-03/ login 404 404 404 200 404 200",
        "GET /laporan/melati/2026-99/ login 404 404 404 404 404 404",
    ],
    "laporan/<slug:code>/<str:month>/tutup/": [
        "POST /laporan/melati/2026-03/tutup/ login 404 404 404 302 404 302"
    ],
    "laporan/<slug:code>/<str:month>/koreksi/": [
        "GET /laporan/melati/2026-02/koreksi/ login 404 404 404 404 404 200"
    ],
    "laporan/<slug:code>/<str:month>/minta-izin/": [
        "GET /laporan/melati/2026-02/minta-izin/ login 404 404 404 200 404 200"
    ],
    "buku/": ["GET /buku/ login 404 404 404 200 200 200"],
    "buku/akun/<slug:code>/": ["GET /buku/akun/11101/ login 404 404 404 200 200 200"],
    "buku/jurnal/": ["GET /buku/jurnal/ login 404 404 404 200 200 200"],
    "buku/jurnal/<int:pk>/": ["GET /buku/jurnal/{journal}/ login 404 404 404 200 404 200"],
    "buku/jurnal/<int:pk>/pindah/": [
        "GET /buku/jurnal/{journal}/pindah/ login 404 404 404 404 404 200",
    ],
    "buku/jurnal/<int:pk>/balik/": [
        "GET /buku/jurnal/{journal}/balik/ login 404 404 404 404 404 200",
    ],
    "buku/neraca-saldo/<slug:code>/<str:month>/": [
        "GET /buku/neraca-saldo/melati/2026-03/ login 404 404 404 200 404 200"
    ],
    "buku/izin/": ["GET /buku/izin/ login 404 404 404 200 200 200"],
    "buku/izin/<int:pk>/": ["GET /buku/izin/999/ login 404 404 404 404 404 404"],
    "buku/izin/<int:pk>/cabut/": ["POST /buku/izin/999/cabut/ login 404 404 404 404 404 404"],
}
