"""Addresses of reports and books."""

from django.urls import path

from tatausaha.core.reports.views import books, budgets, changes, linefiles, monthly, summary, taxes, yearly

urlpatterns = [
    path("ringkasan/", summary.summary, name="summary"),
    path("ringkasan/jadwal/", summary.choice, name="summary_choice"),
    path("ringkasan/<str:day>/", summary.summary_of, name="summary_of"),
    path("laporan/", monthly.reports, name="reports"),
    path("laporan/pajak/", taxes.tax_year, name="taxes"),
    path("laporan/pajak/omzet/", taxes.turnover, name="tax_turnover"),
    path("laporan/pajak/setoran/<str:month>/", taxes.deposit, name="tax_deposit"),
    path("laporan/pajak/setoran/<int:pk>/batal/", taxes.cancel, name="tax_deposit_cancel"),
    path("setelan/pajak/", taxes.profile, name="settings_tax"),
    path("setelan/pajak/akun/", taxes.outside, name="settings_tax_outside"),
    path("setelan/pajak/daerah/", taxes.local, name="settings_tax_local"),
    path("setelan/pajak/aturan/", taxes.rules, name="settings_tax_rules"),
    path("laporan/<slug:code>/<int:year>/", yearly.year, name="report_year"),
    path("laporan/<slug:code>/<int:year>/anggaran/", budgets.budget, name="report_budget"),
    path("laporan/<slug:code>/<int:year>/anggaran/salin/", budgets.budget_copy, name="report_budget_copy"),
    path("laporan/<slug:code>/sepuluh-tahun/", yearly.decade, name="report_decade"),
    path("laporan/<slug:code>/sepuluh-tahun/<slug:account>/", yearly.seasons, name="report_seasons"),
    path("laporan/<slug:code>/<str:month>/", monthly.month, name="report_month"),
    path("laporan/<slug:code>/<str:month>/tutup/", changes.close, name="report_close"),
    path("laporan/<slug:code>/<str:month>/koreksi/", changes.correct, name="report_correct"),
    path("laporan/<slug:code>/<str:month>/minta-izin/", changes.ask, name="report_ask"),
    path("buku/", books.books, name="books"),
    path("buku/akun/<slug:code>/", books.card, name="account_card"),
    path("buku/jurnal/", books.journals, name="journals"),
    path("buku/berkas/", linefiles.line_files, name="line_files"),
    path("buku/berkas/<int:pk>/", linefiles.line_file, name="line_file"),
    path("buku/berkas/<int:pk>/unduh/", linefiles.fetch, name="line_file_fetch"),
    path("buku/jurnal/<int:pk>/", books.journal, name="journal"),
    path("buku/jurnal/<int:pk>/pindah/", changes.move, name="journal_move"),
    path("buku/jurnal/<int:pk>/balik/", changes.undo, name="journal_undo"),
    path("buku/neraca-saldo/<slug:code>/<str:month>/", books.trial_balance, name="trial_balance"),
    path("buku/izin/", changes.passes, name="passes"),
    path("buku/izin/<int:pk>/", changes.lock_pass, name="pass"),
    path("buku/izin/<int:pk>/cabut/", changes.end_pass, name="pass_end"),
]
