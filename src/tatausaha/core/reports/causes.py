"""From a journal to what caused it: the case, the bill, the photo of the note (SYS-10)."""

from collections.abc import Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.parts import Link
from tatausaha.core.ledger.models import Journal
from tatausaha.core.procedures import registry
from tatausaha.core.procedures.models import Attachment

KINDS: Mapping[str, str | Promise] = {
    "invoice": _("Tagihan jatuh tempo"),
    "payment": _("Uang masuk"),
    "expense": _("Pengeluaran"),
    "refund": _("Pengembalian dana"),
    "forfeit": _("Uang muka hangus"),
    "move_held": _("Pindah uang yang dipegang"),
    "use_advance": _("Uang muka dipakai"),
    "use_balance": _("Saldo dipakai"),
    "use_deposit": _("Deposit dipakai"),
    "use_unidentified": _("Titipan dipakai"),
    "cash_deposit": _("Setoran tunai"),
    "bank_income": _("Pendapatan dari bank"),
    "credit": _("Nota kredit"),
    "credit_note": _("Nota kredit"),
    "write_off": _("Penghapusan piutang"),
    "reopen": _("Tagihan dibuka lagi"),
    "reversal": _("Jurnal pembalik"),
    "asset_opening": _("Aset lama"),
    "asset_disposal": _("Pelepasan aset"),
    "depreciation": _("Penyusutan"),
    "depreciation_return": _("Penyusutan dikembalikan"),
    "correction": _("Koreksi"),
    "opening": _("Saldo awal"),
    "capital": _("Setoran modal"),
    "contribution": _("Setoran modal"),
    "draw": _("Prive"),
    "money_moved": _("Pindah uang"),
    "tax": _("PPh final terutang"),
    "tax_paid": _("Setoran PPh final"),
    "impor": _("Impor"),
}


PAPERS: Mapping[str, str | Promise] = {
    "photo": _("Foto nota"),
    "proof": _("Bukti transfer"),
    "slip": _("Tanda terima"),
}
"""What files of a case are for, as people call it."""


def kind_label(kind: str) -> str:
    """A kind of journal for people; one that nobody named says its own name."""
    return str(KINDS.get(kind) or capfirst(kind.replace("_", " ")))


def address(name: str, *args: object) -> str:
    """The address of a page of another floor; empty where there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def of(journal: Journal) -> list[Link]:
    """Links to what caused a journal: its case or bill first, then photos and papers of the case."""
    if journal.source_id is None:
        return []
    if journal.source_type == "billing.invoice":
        return _of_bill(journal.source_id)
    procedure = registry.by_code(journal.source_type)
    if procedure is None:
        return []
    case = procedure.model._default_manager.filter(pk=journal.source_id).first()  # noqa: SLF001
    if case is None:
        return []
    links = [Link(f"{capfirst(str(procedure.title))} {case.number}", case.get_absolute_url())]
    files = Attachment.objects.filter(procedure=procedure.code, subject_id=case.pk).order_by("pk")
    return links + [
        Link(f"{PAPERS.get(file.purpose, file.purpose)}: {file.name}", url)
        for file in files[:20]
        if (url := address("attachment", file.pk))
    ]


def _of_bill(pk: int) -> list[Link]:
    bill = Invoice.objects.filter(pk=pk).first()
    if bill is None:
        return []
    return [
        Link(f"{capfirst(_('tagihan'))} {bill.number}", bill.get_absolute_url()),
        Link(str(_("Kasus %(number)s")) % {"number": bill.case_number}, f"/kasus/{bill.case_number}/"),
    ]
