"""The second factor and passkeys; changes ask for the password again first (302)."""

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "akun/2fa/": ["GET /akun/2fa/ ?"],
    "akun/2fa/authenticate/": ["GET /akun/2fa/authenticate/ ?"],
    "akun/2fa/reauthenticate/": ["GET /akun/2fa/reauthenticate/ ?"],
    "akun/2fa/totp/activate/": ["GET /akun/2fa/totp/activate/ ?"],
    "akun/2fa/totp/deactivate/": ["GET /akun/2fa/totp/deactivate/ ?"],
    "akun/2fa/recovery-codes/": ["GET /akun/2fa/recovery-codes/ ?"],
    "akun/2fa/recovery-codes/generate/": ["GET /akun/2fa/recovery-codes/generate/ ?"],
    "akun/2fa/recovery-codes/download/": ["GET /akun/2fa/recovery-codes/download/ ?"],
    "akun/2fa/webauthn/": ["GET /akun/2fa/webauthn/ ?"],
    "akun/2fa/webauthn/add/": ["GET /akun/2fa/webauthn/add/ ?"],
    "akun/2fa/webauthn/reauthenticate/": ["GET /akun/2fa/webauthn/reauthenticate/ ?"],
    "akun/2fa/webauthn/keys/<int:pk>/remove/": ["GET /akun/2fa/webauthn/keys/1/remove/ ?"],
    "akun/2fa/webauthn/keys/<int:pk>/edit/": ["GET /akun/2fa/webauthn/keys/1/edit/ ?"],
    "akun/2fa/webauthn/login/": ["GET /akun/2fa/webauthn/login/ ?"],
}
