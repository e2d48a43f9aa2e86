"""Addresses of moving in."""

from django.urls import path

from tatausaha.core.openings import views

urlpatterns = [
    path("pindah/", views.moving_in, name="moving_in"),
    path("pindah/tanggal/", views.cut_over, name="moving_in_day"),
    path("pindah/selisih/<slug:code>/", views.carry_rest, name="moving_in_rest"),
]
