"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, path

from tatausaha.core.api import site

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", site.build().urls),
    path("api/<path:rest>", site.nothing_here, name="api_nothing"),
]
