"""Settings of the test run: the same house, quick passwords, mail in memory, files in a temporary folder.

`DATABASE_URL` chooses the database: without it a SQLite file, so that threads and races
meet the same engine as people do.
"""

import atexit
import getpass
import os
import shutil
import sys
import tempfile
from pathlib import Path

if "pytest" in sys.modules:
    _HOME = tempfile.mkdtemp(prefix="tatausaha-test-")
    atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
else:  # the type checker looks at the settings and leaves without goodbye
    _HOME = str(Path(tempfile.gettempdir()) / f"tatausaha-look-{getpass.getuser()}")
os.environ["TATAUSAHA_HOME"] = _HOME
os.environ.setdefault("TATAUSAHA_SECRET_KEY", "only-for-tests")

from tatausaha.config.databases import memory_cache
from tatausaha.config.settings import *  # noqa: F403
from tatausaha.config.settings import DATABASES

if DATABASES["default"]["ENGINE"] == "tatausaha.config.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_HOME) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)

CACHES = {"default": memory_cache()}  # emptied before each test, also before those without a database
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"base_url": None}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
(Path(_HOME) / "static").mkdir(parents=True, exist_ok=True)
