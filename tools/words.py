"""What may not stand in any tracked file: paths of one machine, addresses of package hosts, things left open.

python -m tools.words
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written in pieces, so that this file does not say them itself.
HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "debian" + ".org/debian",
)
PATTERNS = (
    (re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|home/\w+|Users/\w+)/"), "a path of one machine"),
    (re.compile("|".join(map(re.escape, HOSTS))), "a package host"),
    (re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"), "something left open"),
)
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".pdf", ".woff2", ".xlsx", ".mo"}
LEFT_OUT = {"LICENSE"}


def problems(name: str, text: str) -> Iterator[str]:
    """What is wrong in one file."""
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, what in PATTERNS:
            if found := pattern.search(line):
                yield f"{name}:{number}: {what}: {found.group()}"


def tracked() -> list[Path]:
    """The files that git knows, and those that it would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines()]


def main() -> int:
    """See the file's head."""
    found: list[str] = []
    for file in tracked():
        if not file.is_file() or file.suffix in BINARY or file.name in LEFT_OUT:
            continue
        found += problems(str(file.relative_to(ROOT)), file.read_text(errors="replace"))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
