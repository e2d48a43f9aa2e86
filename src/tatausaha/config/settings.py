"""Settings, all from the environment; the defaults run the embedded system under one folder.

`TATAUSAHA_HOME` (default `./var`) holds the database, the files, the keys and the mail of
an embedded installation. `DATABASE_URL` (postgres://…) puts the data on PostgreSQL.
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from tatausaha.config.addresses import hosts
from tatausaha.config.databases import from_url, memory_cache, shared_cache
from tatausaha.core.kernel.keeping import kept_secret

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("TATAUSAHA_HOME", "var")).resolve()


def _secret_key() -> str:
    """The installation's own key, made at its first start and kept with its data."""
    return os.environ.get("TATAUSAHA_SECRET_KEY") or kept_secret(HOME / "keys" / "secret")


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("TATAUSAHA_DEBUG") == "1"
PUBLIC_URL = os.environ.get(
    "TATAUSAHA_URL", f"http://localhost:{os.environ.get('TATAUSAHA_PORT', '8000')}"
).rstrip("/")
ALLOWED_HOSTS = hosts(os.environ.get("TATAUSAHA_HOSTS", ""), os.environ.get("TATAUSAHA_URL", ""))
_HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "ninja",
    "tatausaha.core.web",
    "tatausaha.core.people",
    "tatausaha.core.imports",
    "tatausaha.core.notices",
    "tatausaha.core.procedures",
    "tatausaha.core.documents",
    "tatausaha.core.ledger",
    "tatausaha.core.assets",
    "tatausaha.core.billing",
    "tatausaha.core.payments",
    "tatausaha.core.banking",
    "tatausaha.core.openings",
    "tatausaha.core.reports",
    "tatausaha.core.backups",
    "tatausaha.core.api",
    "tatausaha.business.boarding",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tatausaha.core.api.middleware.ProblemMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tatausaha.core.web.middleware.HouseMiddleware",
    "tatausaha.core.web.middleware.OnceMiddleware",
    "tatausaha.core.web.middleware.ParkingMiddleware",
]

ROOT_URLCONF = "tatausaha.config.urls"
FORM_RENDERER = "tatausaha.core.web.formkit.KitRenderer"
WSGI_APPLICATION = "tatausaha.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tatausaha.core.web.context.house",
            ],
        },
    },
]

DATABASES = {"default": from_url(os.environ.get("DATABASE_URL", ""), home=HOME)}
COUNT_IN_DATABASE = DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
"""Only on PostgreSQL there may be several web processes; what they count, they count together."""
CACHES = {"default": shared_cache() if COUNT_IN_DATABASE else memory_cache()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Login"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"

ACCOUNT_ADAPTER = "tatausaha.core.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email", "phone", "password1*"]
SILENCED_SYSTEM_CHECKS = ["account.W001"]  # our sign-up form asks for one of the two, in one field
ACCOUNT_FORMS = {
    "signup": "tatausaha.core.people.forms.SignUpForm",
    "login": "tatausaha.core.people.forms.SignInForm",
    "reset_password": "tatausaha.core.people.forms.ForgottenForm",
    "reset_password_from_key": "tatausaha.core.people.forms.NewPasswordForm",
    "change_password": "tatausaha.core.people.forms.ChangePasswordForm",
    "set_password": "tatausaha.core.people.forms.SetPasswordForm",
    "reauthenticate": "tatausaha.core.people.forms.AgainForm",
    "add_email": "tatausaha.core.people.forms.ChangeEmailForm",
    "change_phone": "tatausaha.core.people.forms.ChangePhoneForm",
    "verify_phone": "tatausaha.core.people.forms.PhoneCodeForm",
}
MFA_FORMS = {
    "authenticate": "tatausaha.core.people.forms.SecondFactorForm",
    "reauthenticate": "tatausaha.core.people.forms.SecondFactorAgainForm",
    "activate_totp": "tatausaha.core.people.forms.ActivateCodesForm",
    "add_webauthn": "tatausaha.core.people.forms.AddKeyForm",
    "edit_webauthn": "tatausaha.core.people.forms.KeyNameForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"  # people.stages says of whom it is asked
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser in which the person signs up
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _HTTPS else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/m/ip,5/h/key",
    "change_phone": "5/m/user",  # asking for the password again counts as one
    "verify_phone": "1/30s/key,10/h/key,10/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TATAUSAHA_PROXIES", "0"))
NINJA_NUM_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT
MFA_ADAPTER = "tatausaha.core.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Tatausaha"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

os.umask(0o077)  # whatever the house writes (database, files, keys, mail) is for its own user
FILE_UPLOAD_PERMISSIONS = 0o600
STATIC_URL = "/statis/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
MAIL_ROOT = HOME / "mail"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"base_url": None}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
LARGEST_UPLOAD = 50 * 2**20
"""Bytes that one uploaded file may have; a phone's largest photo passes, a film does not."""

BACKUP_PLACES = os.environ.get("TATAUSAHA_BACKUP", str(HOME / "backup"))
"""Where backups go: folders and s3://bucket/prefix addresses, separated by commas; `off` for none."""
BACKUP_HOUR = int(os.environ.get("TATAUSAHA_BACKUP_HOUR", "2"))
BACKUP_KEEP = os.environ.get("TATAUSAHA_BACKUP_KEEP", "7,5,12")
"""How many days, weeks and months of backups stay."""
_BACKUP_ROLE = os.environ.get("TATAUSAHA_BACKUP_DATABASE_URL", "")
BACKUP_DATABASE = from_url(_BACKUP_ROLE, home=HOME) if _BACKUP_ROLE else None
"""PostgreSQL only: a role that may replicate, where the application's own may not."""

EMAIL_BACKEND = os.environ.get("TATAUSAHA_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = MAIL_ROOT
EMAIL_HOST = os.environ.get("TATAUSAHA_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TATAUSAHA_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("TATAUSAHA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TATAUSAHA_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 20
EMAIL_USE_TLS = os.environ.get("TATAUSAHA_SMTP_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("TATAUSAHA_MAIL_FROM", "tatausaha@localhost")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 86400
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tatausaha.core.web.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TATAUSAHA_LOG", "WARNING")},
}
