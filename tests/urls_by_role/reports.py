"""Reports and books: managers of the unit and the owner; for anybody else there is no such page (KOS-16)."""

from datetime import date

from tatausaha.core.ledger import chart, months
from tatausaha.core.ledger.services import Draft, Line, grant, install_chart, post
from tatausaha.core.reports import linefiles
from tatausaha.core.reports.models import Summary, TaxDeposit
from tests.urls_by_role.cast import Cast


def journal(cast: Cast) -> str:
    """A correction of the owner in the unit, in the running month."""
    install_chart()
    draft = Draft(
        key="melati|table|1|x|0", unit=cast.unit, kind="correction", event_on=date(2026, 3, 1),
        lines=(Line(chart.BANK, 1000), Line(chart.SALES_INCOME, -1000)),
    )  # fmt: skip
    return str(post(draft, by=cast.owner, at=cast.at).pk)


def lock_pass(cast: Cast) -> str:
    """The manager's pass to the month before."""
    ym = months.before(months.of(cast.at.date()))
    held = grant(
        person=cast.manager, unit=cast.unit, from_ym=ym, to_ym=ym, reason="Nota air tertinggal",
        ends_at=cast.at.replace(hour=20), max_journals=1, by=cast.owner, at=cast.at,
    )  # fmt: skip
    return str(held.pk)


def account(_cast: Cast) -> str:
    """The bank account of the chart."""
    install_chart()
    return chart.BANK


def summary(cast: Cast) -> str:
    """The summary that the owner was sent on a day."""
    told = Summary.objects.create(
        person=cast.owner,
        on=date(2026, 3, 2),
        at=cast.at,
        begins_at=cast.at,
        said=[{"title": "Kas", "lines": []}],
    )
    return told.on.isoformat()


def line_file(cast: Cast) -> str:
    """A workbook of journal lines that the manager asked for."""
    day = cast.at.date()
    return str(linefiles.ask(unit=cast.unit, first_on=day, last_on=day, by=cast.manager, at=cast.at).pk)


def deposit(cast: Cast) -> str:
    """Tax of February that the owner paid to the state."""
    install_chart()
    made = TaxDeposit.objects.create(
        ym=202602, amount=1000, paid_on=date(2026, 3, 2), ntpn="0123456789ABCDEF", unit=cast.unit,
        account_id=int(chart.BANK), by=cast.owner, at=cast.at,
    )  # fmt: skip
    return str(made.pk)


THINGS = {
    "deposit": deposit,
    "line_file": line_file, "account": account, "journal": journal, "lock_pass": lock_pass, "summary": summary,
}  # fmt: skip

ROWS = {
    # address                                            anonymous stranger customer staff manager other owner
    "ringkasan/": ["GET /ringkasan/                            login 404 404 404 404 404 200"],
    "ringkasan/jadwal/": [
        "GET /ringkasan/jadwal/                     login 404 404 404 404 404 200",
        "POST /ringkasan/jadwal/                    login 404 404 404 404 404 422",
    ],
    "ringkasan/whatsapp/": [
        "GET /ringkasan/whatsapp/                   login 404 404 404 404 404 200",
        "POST /ringkasan/whatsapp/                  login 404 404 404 404 404 302",
    ],
    "ringkasan/<str:day>/": [
        "GET /ringkasan/{summary}/                  login 404 404 404 404 404 200",
        "GET /ringkasan/2026-02-30/                 login 404 404 404 404 404 404",
        "GET /ringkasan/2020-01-01/                 login 404 404 404 404 404 404",
    ],
    # address                                            anonymous stranger customer staff manager other owner
    "laporan/": ["GET /laporan/                              login 404 404 404 200 200 200"],
    "laporan/pajak/": [
        "GET /laporan/pajak/                        login 404 404 404 404 404 200",
        "GET /laporan/pajak/?berkas=csv             login 404 404 404 404 404 200",
    ],
    "laporan/pajak/omzet/": ["GET /laporan/pajak/omzet/                  login 404 404 404 404 404 200"],
    "laporan/pajak/setoran/<str:month>/": [
        "GET /laporan/pajak/setoran/2026-02/        login 404 404 404 404 404 404",
    ],
    "laporan/pajak/setoran/<int:pk>/batal/": [
        "GET /laporan/pajak/setoran/{deposit}/batal/  login 404 404 404 404 404 200",
        "POST /laporan/pajak/setoran/{deposit}/batal/ login 404 404 404 404 404 422",
    ],
    "setelan/jangkauan/": [
        "GET /setelan/jangkauan/                    login 404 404 404 404 404 200",
        "POST /setelan/jangkauan/                   login 404 404 404 404 404 422",
    ],
    "setelan/pajak/": [
        "GET /setelan/pajak/                        login 404 404 404 404 404 200",
        "POST /setelan/pajak/                       login 404 404 404 404 404 422",
    ],
    "setelan/pajak/akun/": ["GET /setelan/pajak/akun/                   login 404 404 404 404 404 200"],
    "setelan/pajak/daerah/": [
        "GET /setelan/pajak/daerah/                 login 404 404 404 404 404 200",
        "POST /setelan/pajak/daerah/                login 404 404 404 404 404 422",
    ],
    "setelan/pajak/aturan/": [
        "GET /setelan/pajak/aturan/                 login 404 404 404 404 404 200",
        "POST /setelan/pajak/aturan/                login 404 404 404 404 404 422",
    ],
    "laporan/<slug:code>/<int:year>/": [
        "GET /laporan/melati/2026/                           login 404 404 404 200 404 200",
        "GET /laporan/semua/2026/                            login 404 404 404 200 200 200",
        "GET /laporan/melati/2026/?berkas=xlsx               login 404 404 404 200 404 200",
    ],
    "laporan/<slug:code>/<int:year>/anggaran/": [
        "GET /laporan/melati/2026/anggaran/                  login 404 404 404 404 404 200",
        "GET /laporan/melati/2031/anggaran/                  login 404 404 404 404 404 404",
    ],
    "laporan/<slug:code>/<int:year>/anggaran/salin/": [
        "POST /laporan/melati/2026/anggaran/salin/           login 404 404 404 404 404 302",
    ],
    "laporan/<slug:code>/<int:year>/penutup/": [
        "GET /laporan/melati/2025/penutup/                   login 404 404 404 200 404 200",
        "GET /laporan/melati/2025/penutup/?berkas=pdf        login 404 404 404 200 404 200",
        "GET /laporan/melati/2026/penutup/                   login 404 404 404 404 404 404",
        "GET /laporan/semua/2025/penutup/                    login 404 404 404 404 404 404",
    ],
    "laporan/<slug:code>/sepuluh-tahun/": [
        "GET /laporan/melati/sepuluh-tahun/                  login 404 404 404 200 404 200",
        "GET /laporan/semua/sepuluh-tahun/                   login 404 404 404 200 200 200",
        "GET /laporan/melati/sepuluh-tahun/?berkas=pdf       login 404 404 404 200 404 200",
    ],
    "laporan/<slug:code>/sepuluh-tahun/<slug:account>/": [
        "GET /laporan/melati/sepuluh-tahun/11201/            login 404 404 404 200 404 200",
    ],
    "laporan/<slug:code>/<str:month>/": [
        "GET /laporan/melati/2026-02/                        login 404 404 404 200 404 200",
        "GET /laporan/melati/2026-02/?berkas=csv             login 404 404 404 200 404 200",
        "GET /laporan/melati/2026-02/?berkas=pdf             login 404 404 404 200 404 200",
        "GET /laporan/semua/2026-02/                         login 404 404 404 200 200 200",
        "GET /laporan/melati/2026-04/                        login 404 404 404 404 404 404",
        "GET /laporan/melati/2026-99/                        login 404 404 404 404 404 404",
    ],
    "laporan/<slug:code>/<str:month>/tutup/": [
        "GET /laporan/melati/2026-02/tutup/                  login 404 404 404 200 404 200",
        "POST /laporan/melati/2026-02/tutup/                 login 404 404 404 302 404 302",
        "POST /laporan/melati/2026-03/tutup/                 login 404 404 404 302 404 302",
    ],
    "laporan/<slug:code>/<str:month>/koreksi/": [
        "GET /laporan/melati/2026-01/koreksi/                login 404 404 404 404 404 200",
        "POST /laporan/melati/2026-01/koreksi/               login 404 404 404 404 404 422",
    ],
    "laporan/<slug:code>/<str:month>/minta-izin/": [
        "GET /laporan/melati/2026-02/minta-izin/             login 404 404 404 200 404 200",
        "POST /laporan/melati/2026-02/minta-izin/            login 404 404 404 422 404 422",
    ],
    "buku/": ["GET /buku/                                    login 404 404 404 200 200 200"],
    "buku/akun/<slug:code>/": [
        "GET /buku/akun/{account}/?unit=melati               login 404 404 404 200 404 200",
        "GET /buku/akun/99999/                               login 404 404 404 404 404 404",
    ],
    "buku/uang-pemilik/": [
        "GET /buku/uang-pemilik/                             login 404 404 404 404 404 200",
        "POST /buku/uang-pemilik/                            login 404 404 404 404 404 422",
    ],
    "buku/jurnal/": ["GET /buku/jurnal/                      login 404 404 404 200 200 200"],
    "buku/berkas/": [
        "GET /buku/berkas/                                   login 404 404 404 200 200 200",
        "POST /buku/berkas/                                  login 404 404 404 422 422 422",
    ],
    "buku/berkas/<int:pk>/": [
        "GET /buku/berkas/{line_file}/                       login 404 404 404 200 404 404",
    ],
    "buku/berkas/<int:pk>/unduh/": [
        "GET /buku/berkas/{line_file}/unduh/                 login 404 404 404 302 404 404",
    ],
    "buku/jurnal/<int:pk>/": [
        "GET /buku/jurnal/{journal}/                         login 404 404 404 200 404 200",
        "GET /buku/jurnal/999999/                            login 404 404 404 404 404 404",
    ],
    "buku/jurnal/<int:pk>/pindah/": [
        "GET /buku/jurnal/{journal}/pindah/                  login 404 404 404 404 404 200",
        "POST /buku/jurnal/{journal}/pindah/                 login 404 404 404 404 404 422",
    ],
    "buku/jurnal/<int:pk>/balik/": [
        "GET /buku/jurnal/{journal}/balik/                   login 404 404 404 404 404 200",
        "POST /buku/jurnal/{journal}/balik/                  login 404 404 404 404 404 422",
    ],
    "buku/neraca-saldo/<slug:code>/<str:month>/": [
        "GET /buku/neraca-saldo/melati/2026-03/              login 404 404 404 200 404 200"
    ],
    "buku/izin/": ["GET /buku/izin/                          login 404 404 404 200 200 200"],
    "buku/izin/<int:pk>/": [
        "GET /buku/izin/{lock_pass}/                         login 404 404 404 200 404 200",
        "GET /buku/izin/999/                                 login 404 404 404 404 404 404",
    ],
    "buku/izin/<int:pk>/cabut/": ["POST /buku/izin/{lock_pass}/cabut/ login 404 404 404 404 404 302"],
}
