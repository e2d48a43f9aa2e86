"""Signing in and up, passwords, second factor, sessions: everybody's own account, and nobody else's.

The library's pages lead who has no business there to another page (302).
"""

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "akun/login/": ["GET /akun/login/ 200 302 302 302 302 302 302"],
    "akun/logout/": ["GET /akun/logout/ 302 200 200 200 200 200 200", "POST /akun/logout/ 302"],
    "akun/inactive/": ["GET /akun/inactive/ 200"],
    "akun/signup/": ["GET /akun/signup/ 200 302 302 302 302 302 302"],
    "akun/reauthenticate/": ["GET /akun/reauthenticate/ login 200 200 200 200 200 200"],
    "akun/email/": ["GET /akun/email/ login 200 200 200 200 200 200"],
    "akun/confirm-email/": ["GET /akun/confirm-email/ 200"],
    "akun/^confirm-email/(?P<key>[-:\\w]+)/$": ["GET /akun/confirm-email/SALAH/ 200"],
    "akun/password/change/": ["GET /akun/password/change/ login 200 200 200 200 200 200"],
    "akun/password/set/": ["GET /akun/password/set/ login 302 302 302 302 302 302"],
    "akun/password/reset/": ["GET /akun/password/reset/ 200"],
    "akun/password/reset/hp/": ["GET /akun/password/reset/hp/ 302"],
    "akun/password/reset/done/": ["GET /akun/password/reset/done/ 200"],
    "akun/password/reset/key/done/": ["GET /akun/password/reset/key/done/ 200"],
    "akun/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": [
        "GET /akun/password/reset/key/1-salah/ 200"
    ],
    "akun/login/code/confirm/": ["GET /akun/login/code/confirm/ login 302 302 302 302 302 302"],
    "akun/phone/verify/": ["GET /akun/phone/verify/ login 302 302 302 302 302 302"],
    "akun/phone/change/": ["GET /akun/phone/change/ login 200 200 200 200 200 200"],
    "akun/sessions/": ["GET /akun/sessions/ login 200 200 200 200 200 200"],
}
