"""Pages that belong to no single part."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tatausaha.core.web.views import appearance, errors, gallery, home, reading, time_machine

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("tampilan/", appearance.appearance, name="appearance"),
    path("unit/", appearance.choose_unit, name="choose_unit"),
    path("dibaca/<str:kind>/", reading.read_back, name="read_back"),
    path("waktu/", time_machine.time_machine, name="time_machine"),
    path("lanjutkan/<str:token>/", errors.resume, name="resume"),
    path("", include("tatausaha.core.web.case_urls")),
]

if settings.DEBUG:
    urlpatterns += [path("gaya/", gallery.gallery, name="gallery")]
