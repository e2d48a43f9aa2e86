"""The second factor and passkeys; changes ask for the password again first (302)."""

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "akun/2fa/": ["GET /akun/2fa/ login 200 200 200 200 200 200"],
    "akun/2fa/authenticate/": ["GET /akun/2fa/authenticate/ login 302 302 302 302 302 302"],
    "akun/2fa/reauthenticate/": ["GET /akun/2fa/reauthenticate/ login 302 302 302 302 302 302"],
    "akun/2fa/totp/activate/": ["GET /akun/2fa/totp/activate/ login 302 302 302 302 302 302"],
    "akun/2fa/totp/deactivate/": ["GET /akun/2fa/totp/deactivate/ login 404 404 404 404 404 404"],
    "akun/2fa/recovery-codes/": ["GET /akun/2fa/recovery-codes/ login 404 404 404 404 404 404"],
    "akun/2fa/recovery-codes/generate/": [
        "GET /akun/2fa/recovery-codes/generate/ login 302 302 302 302 302 302"
    ],
    "akun/2fa/recovery-codes/download/": [
        "GET /akun/2fa/recovery-codes/download/ login 404 404 404 404 404 404"
    ],
    "akun/2fa/webauthn/": ["GET /akun/2fa/webauthn/ login 200 200 200 200 200 200"],
    "akun/2fa/webauthn/add/": ["GET /akun/2fa/webauthn/add/ login 302 302 302 302 302 302"],
    "akun/2fa/webauthn/reauthenticate/": [
        "GET /akun/2fa/webauthn/reauthenticate/ login 302 302 302 302 302 302"
    ],
    "akun/2fa/webauthn/keys/<int:pk>/remove/": [
        "GET /akun/2fa/webauthn/keys/1/remove/ login 302 302 302 302 302 302"
    ],
    "akun/2fa/webauthn/keys/<int:pk>/edit/": [
        "GET /akun/2fa/webauthn/keys/1/edit/ login 302 302 302 302 302 302"
    ],
    "akun/2fa/webauthn/login/": ["GET /akun/2fa/webauthn/login/ login 302 302 302 302 302 302"],
}
