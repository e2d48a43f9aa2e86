"""Files that are brought in: the owner's, unless a kind says otherwise; for anybody else there is no such page."""

_OWNERS = "login 404 404 404 404 404 200"

THINGS: dict[str, object] = {}

ROWS = {
    # address                       anonymous stranger customer staff manager other owner
    "impor/": ["GET /impor/ login 404 404 404 200 200 200"],
    "impor/<slug:code>/": [
        f"GET /impor/kos/ {_OWNERS}",
        "GET /impor/rekap/ login 404 404 404 200 200 200",
        "GET /impor/tidak-ada/ login 404 404 404 404 404 404",
    ],
    "impor/<slug:code>/templat.<str:ending>": [
        f"GET /impor/kos/templat.csv {_OWNERS}",
        f"GET /impor/kos/templat.xlsx {_OWNERS}",
        "GET /impor/kos/templat.pdf login 404 404 404 404 404 404",
    ],
    "impor/berkas/<int:pk>/": ["GET /impor/berkas/999/ login 404 404 404 404 404 404"],
    "impor/berkas/<int:pk>/lanjut/": ["POST /impor/berkas/999/lanjut/ login 404 404 404 404 404 404"],
    "impor/berkas/<int:pk>/catatan.csv": ["GET /impor/berkas/999/catatan.csv login 404 404 404 404 404 404"],
}
