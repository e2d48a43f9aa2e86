"""Addresses of bank statements."""

from django.urls import path

from tatausaha.core.banking.views import bringing, lines, months

urlpatterns = [
    path("mutasi/", months.accounts, name="bank_accounts"),
    path("mutasi/<int:account>/", months.month, name="bank_month"),
    path("mutasi/<int:account>/yakin/", months.confirm_sure, name="bank_confirm_sure"),
    path("mutasi/<int:account>/impor/", bringing.bring, name="bank_import"),
    path("mutasi/berkas/<int:pk>/", bringing.statement, name="bank_statement"),
    path("mutasi/baris/<int:pk>/", lines.line, name="bank_line"),
]
