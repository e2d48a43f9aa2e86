"""Addresses of notices."""

from django.urls import path

from tatausaha.core.notices import views

urlpatterns = [
    path("pemberitahuan/", views.inbox, name="inbox"),
    path("pemberitahuan/<int:pk>/baca/", views.read, name="notice_read"),
    path("pemberitahuan/baca-semua/", views.read_all, name="notices_read"),
    path("pemberitahuan/setelan/", views.settings, name="notice_settings"),
    path("pemberitahuan/gagal/", views.failed, name="notices_failed"),
    path("pemberitahuan/gagal/<int:pk>/kirim-lagi/", views.send_again, name="notice_send_again"),
]
