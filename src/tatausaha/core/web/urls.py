"""Pages that belong to no single part."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
