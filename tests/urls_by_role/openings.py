"""Moving in from paper is the owner's; for anybody else there is no such page."""

_OWNERS = "login 404 404 404 404 404"

ROWS = {
    # address             anonymous stranger customer staff manager other owner
    "pindah/": [f"GET /pindah/ {_OWNERS} 200"],
    "pindah/tanggal/": [f"POST /pindah/tanggal/ {_OWNERS} 422"],
    "pindah/selisih/<slug:code>/": [f"POST /pindah/selisih/tidak-ada/ {_OWNERS} 404"],
}
