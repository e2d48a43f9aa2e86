"""Addresses of the boarding houses."""

from django.urls import URLPattern, path

from tatausaha.business.boarding.views import booking, pictures, public, residents

app_name = "boarding"

urlpatterns: list[URLPattern] = [
    path("kos/", public.search_page, name="search"),
    path("kos/gambar/rumah/<slug:name>.svg", pictures.facade, name="facade"),
    path("kos/gambar/kamar/<slug:name>.svg", pictures.interior, name="interior"),
    path("kos/<slug:code>/lapor/", residents.house_moves, name="residents"),
    path("kos/lapor/<int:pk>/", residents.report, name="resident_report"),
    path("kos/lapor/<int:pk>/serah/", residents.hand_in, name="hand_in"),
    path("kos/<slug:code>/<str:number>/pesan/", booking.book_room, name="book"),
    path("kos/<slug:code>/", public.house_page, name="house"),
    path("kos/<slug:code>/<str:number>/", public.room_page, name="room"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
]
