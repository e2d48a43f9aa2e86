"""All checks that need no running system: style, types, structure, templates, texts, words.

python -m tools.check            all, side by side; prints what a check found, then one line for each
python -m tools.check types      only the named ones
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = (sys.executable, "-m")


@dataclass(frozen=True)
class Check:
    """A command whose exit status tells whether the check holds."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What a check said."""

    check: Check
    status: int
    said: str
    seconds: float


CHECKS = (
    Check("types", (*PYTHON, "mypy")),
    Check("style", (*PYTHON, "ruff", "check", "--quiet", ".")),
    Check("format", (*PYTHON, "ruff", "format", "--check", "--quiet", ".")),
    Check("floors", (str(BIN / "lint-imports"), "--no-cache")),
    Check("structure", (*PYTHON, "tools.structure")),
    Check("django", (*PYTHON, "tools.django_state")),
    Check("templates", (*PYTHON, "tools.templates")),
    Check("djlint", (*PYTHON, "djlint", "src", "--lint", "--quiet")),
    Check("texts", (*PYTHON, "tools.texts")),
    Check("words", (*PYTHON, "tools.words")),
    Check("requirements", (*PYTHON, "tools.requirements", "--check")),
)


def run(check: Check) -> Outcome:
    """Run one check to its end."""
    began = time.monotonic()
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "COLUMNS": "120"}
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(check, done.returncode, done.stdout.strip(), time.monotonic() - began)


def main(names: list[str]) -> int:
    """Run the named checks, or all; 0 only if every one holds."""
    if unknown := set(names) - {check.name for check in CHECKS}:
        print(f"No such check: {', '.join(sorted(unknown))}")
        return 2
    chosen = [check for check in CHECKS if not names or check.name in names]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        outcomes = list(pool.map(run, chosen))
    for outcome in outcomes:
        if outcome.status:
            print(f"== {outcome.check.name}\n{outcome.said}\n")
    for outcome in outcomes:
        print(f"{'FAILED' if outcome.status else 'ok':>6} {outcome.check.name} ({outcome.seconds:.1f} s)")
    return 1 if any(outcome.status for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
