"""Addresses of papers."""

from django.urls import path

from tatausaha.core.documents import views

urlpatterns = [
    path("asli/", views.check, name="genuine"),
    path("asli/<str:token>/", views.genuine, name="paper"),
]
