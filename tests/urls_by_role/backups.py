"""Backups are the owner's alone; the recovery key and the export file ask for the password again (302)."""

ROWS = {
    # address                                anonymous stranger customer staff manager other owner
    "setelan/cadangan/": ["GET /setelan/cadangan/ login 404 404 404 404 404 200"],
    "setelan/cadangan/minta/": ["POST /setelan/cadangan/minta/ login 404 404 404 404 404 302"],
    "setelan/cadangan/kunci/": ["GET /setelan/cadangan/kunci/ login 404 404 404 404 404 302"],
    "setelan/cadangan/ekspor/": ["GET /setelan/cadangan/ekspor/ login 404 404 404 404 404 302"],
    "setelan/cadangan/ekspor/unduh/": ["GET /setelan/cadangan/ekspor/unduh/ login 404 404 404 404 404 302"],
}
