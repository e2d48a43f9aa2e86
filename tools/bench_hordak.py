"""django-hordak 2.0 beside our ledger: lines a second when transfers are posted one by one.

`measure(database)` runs it in an environment of its own (`.venv/hordak`, from
requirements/bench.txt), on a fresh database beside the one that is given, and returns lines
a second. Run as a script it is the part that works inside that environment.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv" / "hordak"
LOCK = ROOT / "requirements" / "bench.txt"
TRANSFERS = 400


def _python() -> Path:
    """The interpreter of the environment; set up at the first use."""
    python, done = VENV / "bin" / "python", VENV / "ready"
    if not done.exists() or done.stat().st_mtime < LOCK.stat().st_mtime:
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        install = [
            python,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "--no-deps",
        ]
        subprocess.run([*install, "-r", LOCK], check=True, stderr=subprocess.PIPE)
        done.touch()
    return python


def measure(database: dict[str, Any]) -> float:
    """Lines a second on a database described as in Django's settings."""
    environment = {"PATH": os.environ["PATH"], "BENCH_DATABASE": json.dumps(database)}
    ran = subprocess.run([_python(), __file__], check=True, capture_output=True, env=environment, text=True)
    return float(ran.stdout.strip().splitlines()[-1])


def main() -> None:
    """Inside the environment: migrate, make two accounts, post, print the figure."""
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    settings.configure(
        DATABASES={"default": json.loads(os.environ["BENCH_DATABASE"])},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        HORDAK_INTERNAL_CURRENCY="IDR",
        DEFAULT_CURRENCY="IDR",
        HORDAK_CURRENCIES=["IDR"],
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from hordak.models import Account  # noqa: PLC0415
    from moneyed import Money  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    bank = Account.objects.create(name="Bank", code="1", type="AS", currencies=["IDR"])
    income = Account.objects.create(name="Income", code="2", type="IN", currencies=["IDR"])
    amount = Money(150_000, "IDR")

    def post(times: int) -> None:
        for _ in range(times):
            with transaction.atomic():
                income.transfer_to(bank, amount)

    post(20)
    start = time.perf_counter()
    post(TRANSFERS)
    print(2 * TRANSFERS / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
