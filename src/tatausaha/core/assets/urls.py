"""Addresses of assets."""

from django.urls import path

from tatausaha.core.assets.views import depreciation, place, register, report

urlpatterns = [
    path("aset/", register.assets, name="assets"),
    path("aset/baru/", register.new_asset, name="asset_new"),
    path("aset/laporan/", report.report, name="asset_report"),
    path("aset/label.pdf", report.labels, name="asset_labels"),
    path("aset/penyusutan/", depreciation.depreciation, name="depreciation"),
    path("aset/tempat/<slug:kind>/<int:pk>/", place.place, name="asset_place"),
]
