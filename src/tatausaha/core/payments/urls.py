"""Addresses of money. Numbers of papers bear slashes, so they are matched as paths."""

from django.urls import path

from tatausaha.core.payments.views import (
    accounts,
    bills,
    drawer,
    expenses,
    lowering,
    paying,
    receipts,
    titipan,
)

urlpatterns = [
    path("saya/tagihan/", bills.my_bills, name="my_bills"),
    path("tagihan/", bills.bills, name="bills"),
    path("tagihan/<path:number>.pdf", bills.bill_pdf, name="bill_pdf"),
    path("tagihan/<path:number>/hapus/", lowering.write_off, name="bill_write_off"),
    path("tagihan/<path:number>/nota-kredit/", lowering.credit_note, name="bill_credit_note"),
    path("tagihan/<path:number>/", bills.bill, name="bill"),
    path("bayar/<path:number>/", paying.pay, name="pay"),
    path("bayar/", paying.pay_several, name="pay_several"),
    path("titipan/", titipan.titipan, name="titipan"),
    path("titipan/baru/", titipan.new_titipan, name="titipan_new"),
    path("setelan/rekening/", accounts.accounts, name="settings_bank_accounts"),
    path("setelan/rekening/baru/", accounts.new_account, name="settings_bank_account_new"),
    path("setelan/rekening/<int:pk>/tutup/", accounts.close, name="settings_bank_account_close"),
    path("terima-tunai/", paying.receive_cash, name="receive_cash"),
    path("kuitansi/<path:number>.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("kuitansi/<path:number>/", receipts.receipt, name="receipt"),
    path("kas/", drawer.drawers, name="drawers"),
    path("kas/setoran/<slug:number>.pdf", drawer.slip_pdf, name="handover_slip"),
    path("kas/keluar/<slug:number>.pdf", drawer.cash_slip, name="cash_slip"),
    path("kas/<slug:code>/<int:holder>/", drawer.drawer, name="drawer"),
    path("kas/<slug:code>/<int:holder>/setor/", drawer.hand_over, name="drawer_hand_over"),
    path("pengeluaran/", expenses.expenses, name="expenses"),
    path("pengeluaran/baru/", expenses.new_expense, name="expense_new"),
]
