"""Addresses for tests of the page kit: the house, and the page that shows every component."""

from django.urls import include, path

from tatausaha.core.web.views import gallery

urlpatterns = [
    path("", include("tatausaha.config.urls")),
    path("gaya/", gallery.gallery, name="gallery"),
]
