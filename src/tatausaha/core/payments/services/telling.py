"""Who is told what about money, in the transaction in which it happens; it goes out after the commit."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.core.billing.models import CreditNote
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.notices.sentences import Note
from tatausaha.core.notices.services import tell, tell_holders
from tatausaha.core.payments.models import BankAccountChange, Handover, Payment, Receipt, Refund, Suspense
from tatausaha.core.people.models import Person


def confirmed(payment: Payment, receipt: Receipt, *, at: datetime) -> None:
    """The payer: the money is there, and here is the receipt. The owner: if it belongs to a month that is over."""
    assert payment.customer is not None
    values = {"amount": rupiah(payment.amount), "number": receipt.number, "payment": payment.number}
    note = Note(
        "money", _("Pembayaran %(amount)s diterima"), _("Kuitansi %(number)s sudah terbit."), values,
        link=receipt.get_absolute_url(), about=payment.number,
    )  # fmt: skip
    tell(payment.customer, note, key=f"payment|{payment.pk}|confirmed", at=at, unit=payment.unit)
    if payment.across_months:
        note = Note(
            "money", _("Lintas bulan: %(amount)s dicatat terlambat"),
            _("Pembayaran %(payment)s terjadi di bulan yang sudah lewat dan dibukukan di bulan berjalan."), values,
            link=payment.get_absolute_url(), about=payment.number,
        )  # fmt: skip
        tell_holders(None, "owner", note=note, key=f"payment|{payment.pk}|across", at=at)


def rejected(payment: Payment, reason: str, *, at: datetime) -> None:
    """The payer: the money was not found, and why."""
    assert payment.customer is not None
    note = Note(
        "money", _("Pembayaran %(number)s ditolak"), _("Alasannya: %(reason)s"),
        {"number": payment.number, "reason": reason}, link=payment.get_absolute_url(), about=payment.number,
    )  # fmt: skip
    tell(payment.customer, note, key=f"payment|{payment.pk}|rejected", at=at, unit=payment.unit)


def escalated(payment: Payment, *, at: datetime) -> None:
    """The owner: a proof waits and nobody looked at it."""
    note = Note(
        "deadline", _("Bukti transfer %(number)s belum diperiksa"),
        _("Pembayar menunggu kepastian atas %(amount)s. Periksa mutasi rekening, lalu konfirmasi atau tolak."),
        {"number": payment.number, "amount": rupiah(payment.amount)},
        link=payment.get_absolute_url(), about=payment.number,
    )  # fmt: skip
    tell_holders(None, "owner", note=note, key=f"payment|{payment.pk}|escalated", at=at)


def held_back(case: Suspense, *, at: datetime) -> None:
    """The manager: titipan waits for a decision."""
    note = Note(
        "work", _("Titipan %(amount)s menunggu keputusan"), _("Sebabnya: %(reason)s Pakai atau kembalikan."),
        {"amount": rupiah(case.amount), "reason": case.reason}, link=case.get_absolute_url(), about=case.number,
    )  # fmt: skip
    tell_holders(case.unit, "manager", note=note, key=f"suspense|{case.pk}", at=at)


def credited(note: CreditNote, *, at: datetime) -> None:
    """The payer: the bill asks for less, and why."""
    bill = note.invoice
    said = Note(
        "money", _("Tagihan %(number)s dikurangi %(amount)s"), _("Alasannya: %(reason)s"),
        {"number": bill.number, "amount": rupiah(note.amount), "reason": note.reason},
        link=bill.get_absolute_url(), about=bill.case_number,
    )  # fmt: skip
    tell(bill.payer, said, key=f"credit_note|{note.pk}", at=at, unit=bill.unit)


def bank_account_changed(change: BankAccountChange) -> None:
    """Every owner: the account to which customers transfer is another one now; nobody can decline to know."""
    account = change.bank_account
    opened = change.what == BankAccountChange.What.OPENED
    note = Note(
        "bank_account",
        _("Rekening bank dibuka: %(account)s") if opened else _("Rekening bank ditutup: %(account)s"),
        _("Dicatat oleh %(who)s. Bila Anda tidak mengenalinya, tutup rekening itu di Setelan dan hubungi bank."),
        {"account": str(account), "who": change.by.name}, link="/setelan/rekening/",
    )  # fmt: skip
    key = f"bank_account|{account.pk}|{change.what}"
    tell_holders(None, "owner", note=note, key=key, at=change.at)


def paid_back(refund: Refund, payee: Person, *, at: datetime) -> None:
    """The payee: the money is on its way."""
    note = Note(
        "money", _("%(amount)s sudah dikembalikan"), _("Lewat %(where)s. Alasannya: %(reason)s"),
        {
            "amount": rupiah(refund.amount), "reason": refund.reason,
            "where": refund.destination or _("tunai atau transfer"),
        },
        link=refund.get_absolute_url(), about=refund.number,
    )  # fmt: skip
    tell(payee, note, key=f"refund|{refund.pk}|paid", at=at, unit=refund.unit)


def handed_over(case: Handover, *, at: datetime) -> None:
    """The owner: cash was counted and waits to be received."""
    note = Note(
        "work", _("Setoran %(amount)s menunggu Anda terima"), _("Dari %(name)s. Pastikan uangnya sudah ada."),
        {"amount": rupiah(case.amount), "name": case.customer.name if case.customer else ""},
        link=case.get_absolute_url(), about=case.number,
    )  # fmt: skip
    tell_holders(None, "owner", note=note, key=f"handover|{case.pk}", at=at)


def handover_received(case: Handover, *, by: Person, at: datetime) -> None:
    """The holder: the owner has the money; it is not on the holder's name any more."""
    if case.customer is None or case.customer_id == by.pk:
        return
    note = Note(
        "money", _("Setoran %(amount)s sudah diterima"), _("Tanda terimanya ada di halaman setoran."),
        {"amount": rupiah(case.amount)}, link=case.get_absolute_url(), about=case.number,
    )  # fmt: skip
    tell(case.customer, note, key=f"handover|{case.pk}|received", at=at, unit=case.unit)


def handover_rejected(case: Handover, reason: str, *, at: datetime) -> None:
    """The holder: the money was not received, and why; it stays on the holder's name."""
    assert case.customer is not None
    note = Note(
        "money", _("Setoran %(amount)s ditolak"), _("Alasannya: %(reason)s Uangnya tetap atas nama Anda."),
        {"amount": rupiah(case.amount), "reason": reason}, link=case.get_absolute_url(), about=case.number,
    )  # fmt: skip
    tell(case.customer, note, key=f"handover|{case.pk}|rejected", at=at, unit=case.unit)
