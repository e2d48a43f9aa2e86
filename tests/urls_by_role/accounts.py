"""Signing in and up, passwords, second factor, sessions: everybody's own account, and nobody else's.

The library's pages lead who has no business there to another page (302).
"""

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "akun/login/": ["GET /akun/login/ ?"],
    "akun/logout/": ["GET /akun/logout/ ?", "POST /akun/logout/ ?"],
    "akun/inactive/": ["GET /akun/inactive/ ?"],
    "akun/signup/": ["GET /akun/signup/ ?"],
    "akun/reauthenticate/": ["GET /akun/reauthenticate/ ?"],
    "akun/email/": ["GET /akun/email/ ?"],
    "akun/confirm-email/": ["GET /akun/confirm-email/ ?"],
    "akun/^confirm-email/(?P<key>[-:\\w]+)/$": ["GET /akun/confirm-email/SALAH/ ?"],
    "akun/password/change/": ["GET /akun/password/change/ ?"],
    "akun/password/set/": ["GET /akun/password/set/ ?"],
    "akun/password/reset/": ["GET /akun/password/reset/ ?"],
    "akun/password/reset/hp/": ["GET /akun/password/reset/hp/ ?"],
    "akun/password/reset/done/": ["GET /akun/password/reset/done/ ?"],
    "akun/password/reset/key/done/": ["GET /akun/password/reset/key/done/ ?"],
    "akun/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": ["GET /akun/password/reset/key/1-salah/ ?"],
    "akun/login/code/confirm/": ["GET /akun/login/code/confirm/ ?"],
    "akun/phone/verify/": ["GET /akun/phone/verify/ ?"],
    "akun/phone/change/": ["GET /akun/phone/change/ ?"],
    "akun/sessions/": ["GET /akun/sessions/ ?"],
}
