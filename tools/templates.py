"""What templates must look like beyond djlint. Each rule yields `file:line: what`.

python -m tools.templates        all templates; exit status 1 if a rule is broken
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES_AT_MOST = 150
PATTERNS = (
    (
        r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)",
        "inline script (a file under static/, data in attributes)",
    ),
    (r"<style\b", "inline style sheet (a file under static/)"),
    (r"<[^>]*\sstyle\s*=", "`style=` (a class)"),
    (r"<[^>]*\son[a-z]+\s*=", "`on…=` (a listener in a file under static/)"),
    (r"""=\s*["']javascript:""", "`javascript:` address"),
    (
        r"<(?:script|link|img|source|iframe|audio|video)\b[^>]*\b(?:src|href)\s*=\s*[\"'](?:https?:)?//",
        "other host",
    ),
    (r"\{%\s*(?:blocktranslate|blocktrans)\b(?![^%]*\btrimmed\b)", "`blocktranslate` without `trimmed`"),
    (r"\{%\s*blocktrans\s", "`blocktrans` (write `blocktranslate`)"),
    (r"\{%\s*trans\s", "`trans` (write `translate`)"),
    (r"\|\s*safe\b|\{%\s*autoescape\s+off", "unescaped text (mark it safe where it is made)"),
    (r"\.status\s*==|\.objects\b", "a rule or a query (the view hands over what to show)"),
    (r"\b(?:TO[D]O|FIX[M]E)\b|(?i:\b(?:coming soon|segera hadir|lorem ipsum)\b)", "something left open"),
)
DATA_SCRIPT = re.compile(r"""<script\b[^>]*type=["']application/(?:ld\+)?json["']""")


def problems(name: str, text: str) -> Iterator[str]:
    """What is wrong in one template."""
    lines = text.count("\n") + 1
    if lines > LINES_AT_MOST + 1:
        yield f"{name}:1: {lines} lines, at most {LINES_AT_MOST} (make partials)"
    plain = re.sub(r"\{#.*?#\}", "", text)
    for pattern, what in PATTERNS:
        for found in re.finditer(pattern, plain):
            if DATA_SCRIPT.match(found.group()):
                continue
            yield f"{name}:{plain.count(chr(10), 0, found.start()) + 1}: {what}"


def main() -> int:
    """See the file's head."""
    found = [
        problem
        for file in sorted((ROOT / "src").rglob("templates/**/*.html"))
        for problem in problems(str(file.relative_to(ROOT)), file.read_text())
    ]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
