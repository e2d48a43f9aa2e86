"""Write requirements/uv.txt: the installer's own lines out of the development lock."""

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"


def main() -> None:
    lock = (REQUIREMENTS / "dev.txt").read_text()
    block = re.search(r"^uv==.*?(?=^\S+==)", lock, re.DOTALL | re.MULTILINE)
    assert block is not None, "uv must stand in requirements/dev.in"
    (REQUIREMENTS / "uv.txt").write_text(block.group(0))


main()
