"""Bills, payments, receipts, expenses; and the same through the API."""

from datetime import timedelta

from tatausaha.core.banking import services as banking
from tatausaha.core.banking.models import Statement
from tatausaha.core.billing import services
from tatausaha.core.billing.services import NewLine
from tatausaha.core.ledger import chart
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import BankAccount
from tests.core.banking import samples
from tests.toys import request_desk
from tests.urls_by_role.cast import Cast


def bill(cast: Cast) -> str:
    """A bill of the unit to the customer, due in a week."""
    case = request_desk.submit(
        unit=cast.unit, customer=cast.customer, by=cast.customer, at=cast.at, note="Pasang jaringan"
    )
    issued = services.issue(
        case,
        purpose="rent",
        lines=[NewLine("rent", chart.SERVICE_INCOME, "Pasang jaringan", 500_000)],
        due_on=cast.at.date() + timedelta(days=7),
        by=cast.manager,
        at=cast.at,
    )
    return issued.number


def bank_account(cast: Cast) -> str:
    """A bank account of the unit."""
    made = BankAccount.objects.create(
        unit=cast.unit, bank="BRI", number="0123456789", holder="CV Maju Bersama"
    )
    return str(made.pk)


def holder(cast: Cast) -> str:
    """The manager of the unit, who has a drawer there."""
    return str(cast.manager.pk)


def cash_in_hand(cast: Cast, note: str) -> None:
    """The customer pays the manager Rp200.000 in cash."""
    case = request_desk.submit(
        unit=cast.unit, customer=cast.customer, by=cast.customer, at=cast.at, note=note
    )
    lines = [NewLine("rent", chart.SERVICE_INCOME, note, 200_000)]
    issued = services.issue(
        case, purpose="rent", lines=lines, due_on=cast.at.date(), by=cast.manager, at=cast.at
    )
    payments.receive_cash(
        unit=cast.unit, payer=cast.customer, amount=200_000, invoices=[issued], by=cast.manager, at=cast.at
    )


def handover(cast: Cast) -> str:
    """Cash of the manager that the owner received."""
    cash_in_hand(cast, "Pasang antena")
    count = payments.Count(counted=200_000, amount=150_000, occurred_on=cast.at.date())
    return payments.hand_over(
        unit=cast.unit, holder=cast.manager, count=count, by=cast.owner, at=cast.at
    ).number


def expense(cast: Cast) -> str:
    """Cash that the manager spent on electricity."""
    cash_in_hand(cast, "Pasang kabel")
    return payments.record_expense(
        unit=cast.unit, category="61301", amount=50_000, paid_from="cash", occurred_on=cast.at.date(),
        note="Token listrik", no_note="Token lewat HP", by=cast.manager, at=cast.at,
    ).number  # fmt: skip


def statement(cast: Cast) -> str:
    """A statement of the unit's bank account, looked at and not taken in."""
    made = BankAccount.objects.create(
        unit=cast.unit, bank="BCA", number="0123456789", holder="CV Maju Bersama"
    )
    content = samples.bca(("05/03", "SETORAN", 50_000)).replace("/2026", "/2025")
    return str(banking.receive(made, "mutasi.csv", content.encode(), by=cast.manager, at=cast.at).pk)


def bank_line(cast: Cast) -> str:
    """A line of that account."""
    taken = banking.take(Statement.objects.get(pk=statement(cast)), by=cast.manager, at=cast.at)
    return str(taken.lines.get().pk)


THINGS = {
    "bill": bill,
    "bank_account": bank_account,
    "holder": holder,
    "handover": handover,
    "expense": expense,
    "statement": statement,
    "bank_line": bank_line,
}

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "saya/tagihan/": ["GET /saya/tagihan/ login 200 200 200 200 200 200"],
    "tagihan/": ["GET /tagihan/ login 404 404 404 200 200 200"],
    "tagihan/<path:number>/": [
        "GET /tagihan/{bill}/ login 404 200 404 200 404 200",
        "GET /tagihan/TIDAK/ADA/ login 404 404 404 404 404 404",
    ],
    "tagihan/<path:number>/hapus/": ["GET /tagihan/{bill}/hapus/ login 404 404 404 404 404 404"],
    "tagihan/<path:number>/nota-kredit/": [
        "GET /tagihan/{bill}/nota-kredit/ login 404 404 404 404 404 200",
        "POST /tagihan/{bill}/nota-kredit/ login 404 404 404 404 404 422",
        "GET /tagihan/TIDAK/ADA/nota-kredit/ login 404 404 404 404 404 404",
    ],
    "tagihan/<path:number>.pdf": ["GET /tagihan/{bill}.pdf login 404 200 404 200 404 200"],
    "bayar/<path:number>/": [
        "GET /bayar/{bill}/ login 404 200 404 200 404 200",
        "POST /bayar/{bill}/ login 404 302 404 302 404 302",
        "GET /bayar/TIDAK/ADA/ login 404 404 404 404 404 404",
    ],
    "bayar/": [
        "GET /bayar/ login 302 302 302 302 302 302",
        "GET /bayar/?tagihan={bill} login 302 302 302 302 302 302",
    ],
    "titipan/": ["GET /titipan/ login 404 404 404 200 200 200"],
    "titipan/baru/": ["GET /titipan/baru/ login 404 404 404 200 200 200"],
    "setelan/rekening/": ["GET /setelan/rekening/ login 404 404 404 404 404 200"],
    "setelan/rekening/baru/": ["GET /setelan/rekening/baru/ login 404 404 404 404 404 200"],
    "setelan/rekening/<int:pk>/tutup/": [
        "GET /setelan/rekening/{bank_account}/tutup/ login 404 404 404 404 404 200",
        "POST /setelan/rekening/{bank_account}/tutup/ login 404 404 404 404 404 302",
    ],
    "mutasi/": ["GET /mutasi/ login 404 404 404 200 200 200"],
    "mutasi/<int:account>/": ["GET /mutasi/{bank_account}/ login 404 404 404 200 404 200"],
    "mutasi/<int:account>/yakin/": [
        "POST /mutasi/{bank_account}/yakin/ login 404 404 404 302 404 302",
        "GET /mutasi/{bank_account}/yakin/ 405 405 405 405 405 405 405",
    ],
    "mutasi/<int:account>/impor/": [
        "GET /mutasi/{bank_account}/impor/ login 404 404 404 200 404 200",
        "POST /mutasi/{bank_account}/impor/ login 404 404 404 422 404 422",
    ],
    "mutasi/berkas/<int:pk>/": [
        "GET /mutasi/berkas/{statement}/ login 404 404 404 200 404 200",
        "POST /mutasi/berkas/{statement}/ login 404 404 404 302 404 302",
    ],
    "mutasi/baris/<int:pk>/": [
        "GET /mutasi/baris/{bank_line}/ login 404 404 404 200 404 200",
        "POST /mutasi/baris/{bank_line}/ login 404 404 404 200 404 200",
    ],
    "terima-tunai/": ["GET /terima-tunai/ login 404 404 200 200 200 200"],
    "kuitansi/<path:number>/": ["GET /kuitansi/TIDAK/ADA/ login 404 404 404 404 404 404"],
    "kuitansi/<path:number>.pdf": ["GET /kuitansi/TIDAK/ADA.pdf login 404 404 404 404 404 404"],
    "kas/": ["GET /kas/ login 404 404 404 302 302 200"],
    "kas/<slug:code>/<int:holder>/": [
        "GET /kas/melati/{holder}/ login 404 404 404 200 404 200",
        "GET /kas/kenanga/{holder}/ login 404 404 404 404 404 404",
    ],
    "kas/<slug:code>/<int:holder>/setor/": [
        "GET /kas/melati/{holder}/setor/ login 404 404 404 200 404 200",
        "POST /kas/melati/{holder}/setor/ login 404 404 404 422 404 422",
    ],
    "kas/setoran/<slug:number>.pdf": [
        "GET /kas/setoran/{handover}.pdf login 404 404 404 200 404 200",
        "GET /kas/setoran/TIDAK-ADA.pdf login 404 404 404 404 404 404",
    ],
    "kas/keluar/<slug:number>.pdf": [
        "GET /kas/keluar/{expense}.pdf login 404 404 404 200 404 200",
        "GET /kas/keluar/TIDAK-ADA.pdf login 404 404 404 404 404 404",
        "GET /kas/keluar/{handover}.pdf login 404 404 404 404 404 404",
    ],
    "pengeluaran/": ["GET /pengeluaran/ login 404 404 404 200 200 200"],
    "pengeluaran/baru/": ["GET /pengeluaran/baru/ login 404 404 404 200 200 200"],
    "api/v1/money/invoices": ["GET /api/v1/money/invoices 401 200 200 200 200 200 200"],
    "api/v1/money/invoice": ["GET /api/v1/money/invoice?number={bill} 401 404 200 404 200 404 200"],
    "api/v1/money/transfers": ["POST /api/v1/money/transfers 401 422 422 422 422 422 422"],
    "api/v1/money/cash": ["POST /api/v1/money/cash 401 422 422 422 422 422 422"],
    "api/v1/money/payments/<number>": ["GET /api/v1/money/payments/TIDAK-ADA 401 404 404 404 404 404 404"],
}
