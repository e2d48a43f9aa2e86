"""Addresses of what people bring along in files."""

from django.urls import path

from tatausaha.core.imports import views

urlpatterns = [
    path("impor/", views.kinds, name="imports"),
    path("impor/berkas/<int:pk>/", views.run, name="import_run"),
    path("impor/berkas/<int:pk>/lanjut/", views.change, name="import_change"),
    path("impor/berkas/<int:pk>/catatan.csv", views.refused_rows, name="import_refused"),
    path("impor/<slug:code>/", views.upload, name="import_new"),
    path("impor/<slug:code>/templat.<str:ending>", views.template, name="import_template"),
]
