"""The front page, how pages look, papers that answer for themselves, the inbox."""

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "": ["GET / ?"],
    "tampilan/": ["POST /tampilan/ ?"],
    "unit/": ["POST /unit/ ?"],
    "dibaca/<str:kind>/": ["GET /dibaca/rupiah/?x=1500 ?"],
    "lanjutkan/<str:token>/": ["GET /lanjutkan/TIDAKADA/ ?"],
    "asli/": ["GET /asli/ ?"],
    "asli/<str:token>/": ["GET /asli/TIDAKADA/ ?"],
    "pemberitahuan/": ["GET /pemberitahuan/ ?"],
    "pemberitahuan/<int:pk>/baca/": ["POST /pemberitahuan/999/baca/ ?"],
    "pemberitahuan/baca-semua/": ["POST /pemberitahuan/baca-semua/ ?"],
    "pemberitahuan/setelan/": ["GET /pemberitahuan/setelan/ ?"],
    "pemberitahuan/gagal/": ["GET /pemberitahuan/gagal/ ?"],
    "pemberitahuan/gagal/<int:pk>/kirim-lagi/": ["POST /pemberitahuan/gagal/999/kirim-lagi/ ?"],
}
