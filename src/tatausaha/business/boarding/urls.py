"""Addresses of the boarding houses."""

from django.urls import URLPattern, path

from tatausaha.business.boarding.views import (
    booking,
    keep,
    keep_discounts,
    keep_history,
    keep_photos,
    keep_prices,
    keep_rooms,
    keep_tenants,
    keep_uses,
    pictures,
    public,
    residents,
)

app_name = "boarding"

urlpatterns: list[URLPattern] = [
    path("kos/", public.search_page, name="search"),
    path("kos/gambar/rumah/<slug:name>.svg", pictures.facade, name="facade"),
    path("kos/gambar/kamar/<slug:name>.svg", pictures.interior, name="interior"),
    path("kos/foto/<slug:token>/<int:edge>.webp", pictures.photo, name="photo"),
    path("kos/<slug:code>/lapor/", residents.house_moves, name="residents"),
    path("kos/lapor/<int:pk>/", residents.report, name="resident_report"),
    path("kos/lapor/<int:pk>/surat.pdf", residents.letter, name="resident_letter"),
    path("kos/lapor/<int:pk>/serah/", residents.hand_in, name="hand_in"),
    path("kos/<slug:code>/<str:number>/pesan/", booking.book_room, name="book"),
    path("kos/<slug:code>/", public.house_page, name="house"),
    path("kos/<slug:code>/<str:number>/", public.room_page, name="room"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("kos-kelola/", keep.house_list, name="houses"),
    path("kos-kelola/baru/", keep.new_house, name="new_house"),
    path("kos-kelola/potongan/", keep_discounts.discount_list, name="discounts"),
    path("kos-kelola/rumah/<slug:code>/potongan/minta/", keep_discounts.ask_discount, name="ask_discount"),
    path("kos-kelola/rumah/<slug:code>/", keep.keep, name="keep"),
    path("kos-kelola/rumah/<slug:code>/ubah/", keep.edit_house, name="edit_house"),
    path("kos-kelola/rumah/<slug:code>/penghuni/", keep_tenants.tenants, name="tenants"),
    path("kos-kelola/rumah/<slug:code>/riwayat/", keep_history.history, name="history"),
    path("kos-kelola/rumah/<slug:code>/kamar/", keep_rooms.rooms, name="rooms"),
    path("kos-kelola/rumah/<slug:code>/kamar/tambah/", keep_rooms.add_rooms, name="add_rooms"),
    path("kos-kelola/rumah/<slug:code>/kamar/<int:pk>/", keep_rooms.edit_room, name="edit_room"),
    path("kos-kelola/rumah/<slug:code>/tipe/", keep_prices.types, name="types"),
    path("kos-kelola/rumah/<slug:code>/tipe/baru/", keep_prices.new_type, name="new_type"),
    path("kos-kelola/rumah/<slug:code>/tipe/<int:pk>/", keep_prices.edit_type, name="edit_type"),
    path("kos-kelola/rumah/<slug:code>/tipe/<int:pk>/harga/", keep_prices.publish_rent, name="publish_rent"),
    path("kos-kelola/rumah/<slug:code>/layanan/", keep_prices.services, name="services"),
    path("kos-kelola/rumah/<slug:code>/layanan/baru/", keep_prices.new_service, name="new_service"),
    path("kos-kelola/rumah/<slug:code>/layanan/<int:pk>/", keep_prices.edit_service, name="edit_service"),
    path(
        "kos-kelola/rumah/<slug:code>/layanan/<int:pk>/harga/",
        keep_prices.publish_service_price,
        name="publish_service_price",
    ),
    path("kos-kelola/rumah/<slug:code>/layanan/<int:pk>/pemakaian/", keep_uses.note_uses, name="note_uses"),
    path("kos-kelola/rumah/<slug:code>/foto/", keep_photos.photos, name="photos"),
    path("kos-kelola/rumah/<slug:code>/foto/<slug:token>/", keep_photos.change_photo, name="change_photo"),
]
