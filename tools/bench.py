"""Measured figures, one JSON line each: {"figure", "database", "value", "unit", "budget", "ok"}.

    python -m tools.bench                    every part, on SQLite and on PostgreSQL (with fsync)
    python -m tools.bench ledger --small     one part; the rest of the words goes to it

A part is a program `tools/bench_PART.py` that measures on the database of `DATABASE_URL` and
prints its figures. Exit status 1 if a figure is outside its budget or a part failed.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tools"
ORDER = ("system", "ledger", "pages", "bills", "banking", "reports", "backups")
EMBEDDED_ONLY = {"system"}
KEYS = ("figure", "database", "value", "unit", "budget", "ok")


def parts() -> list[str]:
    """The parts that there are, in their order."""
    return [name for name in ORDER if (TOOLS / f"bench_{name}.py").exists()]


def figures(lines: Iterable[str]) -> Iterable[dict[str, object]]:
    """The figures among the lines of a part; other lines are passed on to the person."""
    for line in lines:
        try:
            read = json.loads(line)
        except json.JSONDecodeError:
            read = None
        if isinstance(read, dict) and set(KEYS) <= set(read):
            yield read
        else:
            print(line, end="", file=sys.stderr)


def measure(part: str, words: list[str], address: str) -> bool:
    """Run a part on a database; whether it ended well and every figure is within its budget."""
    with tempfile.TemporaryDirectory(prefix="tatausaha-bench-") as home:
        environment = os.environ | {
            "DATABASE_URL": address,
            "TATAUSAHA_HOME": home,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            "DJANGO_SETTINGS_MODULE": "tatausaha.config.settings",
        }
        with subprocess.Popen(
            [sys.executable, str(TOOLS / f"bench_{part}.py"), *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            good = True
            for figure in figures(process.stdout):
                print(json.dumps(figure, ensure_ascii=False), flush=True)
                good = good and bool(figure["ok"])
        return good and process.returncode == 0


def main(words: list[str]) -> int:
    """See the file's head."""
    chosen = [words[0]] if words and words[0] in parts() else parts()
    rest = words[1:] if words and words[0] in parts() else words
    good = True
    for part in chosen:
        good &= measure(part, rest, "")
    with postgres.server(tuning=postgres.DURABLE) as address:
        for part in chosen:
            if part not in EMBEDDED_ONLY:
                good &= measure(part, rest, address)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
