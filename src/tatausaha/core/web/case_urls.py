"""Addresses of what is read from a procedure's table: cases, Hari ini, SOP sheets."""

from django.urls import URLPattern, path

from tatausaha.core.web.views import cases, lists, sop, today, tokens

urlpatterns: list[URLPattern] = [
    path("akun/token/", tokens.own_tokens, name="own_tokens"),
    path("akun/token/<int:pk>/akhiri/", tokens.end_token, name="end_token"),
    path("hari-ini/", today.today, name="today"),
    path("kasus/", lists.cases, name="cases"),
    path("kasus/langkah/", lists.cases_step, name="cases_step"),
    path("kasus/<str:number>/", cases.case, name="case"),
    path("kasus/<str:number>/langkah/<slug:step>/", cases.case_step, name="case_step"),
    path("kasus/<str:number>/pesan/", cases.case_say, name="case_say"),
    path("berkas/<int:pk>/", cases.attachment, name="attachment"),
    path("sop/", sop.sops, name="sop"),
    path("sop/<str:code>/", sop.sop_sheet, name="sop_sheet"),
    path("sop/<str:code>/pdf/", sop.sop_pdf, name="sop_pdf"),
    path("sop/<str:code>/revisi/", sop.sop_revisions, name="sop_revisions"),
    path("sop/<str:code>/revisi/baru/", sop.sop_draft, name="sop_draft"),
    path("sop/<str:code>/revisi/<int:pk>/setujui/", sop.sop_approve, name="sop_approve"),
    path("sop/<str:code>/revisi/<int:pk>/buang/", sop.sop_drop, name="sop_drop"),
]
