"""Addresses of the owner's page about backups."""

from django.urls import URLPattern, path

from tatausaha.core.backups import views

urlpatterns: list[URLPattern] = [
    path("setelan/cadangan/", views.overview, name="backups"),
    path("setelan/cadangan/minta/", views.ask, name="backups_ask"),
    path("setelan/cadangan/kunci/", views.key, name="backups_key"),
    path("setelan/cadangan/ekspor/", views.exported, name="backups_export"),
    path("setelan/cadangan/ekspor/unduh/", views.download, name="backups_export_file"),
]
