"""The core knows no line of business: what people read in it would fit a workshop as well as a boarding house."""

import ast
import re
from pathlib import Path

import pytest

CORE = Path(__file__).parents[1] / "src/tatausaha/core"
WORDS = re.compile(r"\bkamar\b|\bkos\b(?!-\d)|penghuni|boarding", re.IGNORECASE)
"""Words of boarding houses; `KOS-05` is the number of a requirement."""

ALLOWED = {
    "web/views/gallery.py": "examples on the page that shows the components",
    "web/templates/web/gallery.html": "the same page",
    "people/demonstration.py": "the cast of the demonstration says where each of them works or lives",
}


def texts_of_python(source: str) -> list[str]:
    """Every text in a module but its documentation."""
    tree = ast.parse(source)
    spoken = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {
        id(one.value) for node in ast.walk(tree) if isinstance(node, spoken)
        for one in node.body if isinstance(one, ast.Expr)
    }  # fmt: skip
    return [
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]  # fmt: skip


def found_in(file: Path) -> list[str]:
    text = file.read_text()
    texts = texts_of_python(text) if file.suffix == ".py" else text.splitlines()
    return [said.strip() for said in texts if WORDS.search(said)]


def files() -> list[Path]:
    return sorted(file for kind in ("py", "html", "txt", "typ", "js") for file in CORE.rglob(f"*.{kind}"))


def test_no_text_of_the_core_speaks_of_boarding_houses() -> None:
    found = {str(file.relative_to(CORE)): found_in(file) for file in files()}

    assert {name: said for name, said in found.items() if said and name not in ALLOWED} == {}


@pytest.mark.parametrize("name", ALLOWED)
def test_each_exception_is_still_needed(name: str) -> None:
    assert found_in(CORE / name)
