"""The front page, how pages look, papers that answer for themselves, the inbox."""

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "": ["GET / 200"],
    "tampilan/": ["POST /tampilan/ 302"],
    "unit/": ["POST /unit/ 302"],
    "dibaca/<str:kind>/": ["GET /dibaca/rupiah/?x=1500 200"],
    "waktu/": ["GET /waktu/ login 404 404 404 404 404 404", "POST /waktu/ login 404 404 404 404 404 404"],
    "lanjutkan/<str:token>/": ["GET /lanjutkan/TIDAKADA/ 404"],
    "asli/": ["GET /asli/ 200"],
    "asli/<str:token>/": ["GET /asli/TIDAKADA/ 404"],
    "pemberitahuan/": ["GET /pemberitahuan/ login 200 200 200 200 200 200"],
    "pemberitahuan/<int:pk>/baca/": ["POST /pemberitahuan/999/baca/ login 404 404 404 404 404 404"],
    "pemberitahuan/baca-semua/": ["POST /pemberitahuan/baca-semua/ login 302 302 302 302 302 302"],
    "pemberitahuan/setelan/": ["GET /pemberitahuan/setelan/ login 200 200 200 200 200 200"],
    "pemberitahuan/gagal/": ["GET /pemberitahuan/gagal/ login 404 404 404 404 404 200"],
    "pemberitahuan/gagal/<int:pk>/kirim-lagi/": [
        "POST /pemberitahuan/gagal/999/kirim-lagi/ login 404 404 404 404 404 404"
    ],
}
