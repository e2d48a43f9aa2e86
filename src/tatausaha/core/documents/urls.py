"""Addresses of papers."""

from django.urls import path

from tatausaha.core.documents import views

app_name = "documents"
urlpatterns = [
    path("asli/", views.check, name="check"),
    path("asli/<str:token>/", views.genuine, name="genuine"),
]
