"""What the house's Python must look like and import-linter cannot see. Each rule yields `file:line: what`.

python -m tools.structure        all rules over the tree; exit status 1 if any is broken
"""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
LINES_OF_A_FILE = {"src": 400, "tools": 400, "tests": 600}
LINES_OF_A_FUNCTION = 60
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
DIRTY_IN_VIEWS = {"objects", "_default_manager", "atomic", "save", "bulk_create", "delete"}
SIGNALS = {
    "pre_save",
    "post_save",
    "pre_delete",
    "post_delete",
    "m2m_changed",
    "receiver",
    "pre_init",
    "post_init",
}
WRITER_OF_STATUS = PurePosixPath("src/tatausaha/core/procedures/services.py")
CLOCK = PurePosixPath("src/tatausaha/core/kernel/clock.py")
MAY_ASK_THE_TIME = {"middleware", "views", "api", "commands", "worker"}


@dataclass(frozen=True)
class Source:
    """One file: its path below the root and its text."""

    path: PurePosixPath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return ast.parse(self.text, filename=str(self.path))

    @property
    def area(self) -> str:
        """`src`, `tests` or `tools`."""
        return self.path.parts[0]

    @property
    def is_migration(self) -> bool:
        """Whether Django wrote the file."""
        return "migrations" in self.path.parts

    def kinds(self) -> set[str]:
        """What the file is by its name or its folders' inside an app: `views`, `api`, `commands` …"""
        inside = self.path.parts[3:]  # below src/tatausaha/<floor>
        below_app = inside[1:] if len(inside) > 1 else inside
        return {part.removesuffix(".py").split("_")[0] for part in below_app} | {self.path.stem.split("_")[0]}

    def at(self, node: ast.AST, what: str) -> str:
        """A finding in this file."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


Rule = Callable[[Source], Iterator[str]]


def one_writer_of_status(source: Source) -> Iterator[str]:
    """Only the engine writes a status."""
    if source.area != "src" or source.path == WRITER_OF_STATUS or source.is_migration:
        return
    for node in ast.walk(source.tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets):
            yield source.at(node, "writes a status; only the engine does (take a step)")
        if isinstance(node, ast.Call) and _writes_status(node):
            yield source.at(node, "writes a status past the engine (take a step)")


def _writes_status(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute) and call.func.attr == "update":
        return any(keyword.arg == "status" for keyword in call.keywords)
    named = isinstance(call.func, ast.Name) and call.func.id == "setattr" and len(call.args) > 1
    return named and isinstance(call.args[1], ast.Constant) and call.args[1].value == "status"


def clean_views(source: Source) -> Iterator[str]:
    """Views and the API ask queries and call one service; they hold no query and no write."""
    if source.area != "src" or source.kinds().isdisjoint({"views", "api"}):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in DIRTY_IN_VIEWS:
            yield source.at(node, f"`.{node.attr}` in a view (use queries and services)")
        elif isinstance(node, ast.Name) and node.id == "atomic":
            yield source.at(node, "`atomic` in a view (a service is one transaction)")


def one_clock(source: Source) -> Iterator[str]:
    """Time comes from `clock.now()`, and only views, commands and the worker ask for it."""
    if source.area != "src" or source.path == CLOCK or source.is_migration:
        return
    may_ask = not source.kinds().isdisjoint(MAY_ASK_THE_TIME) or source.path.parts[2:3] == ("config",)
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        asked = f"{_name(node.func.value)}.{node.func.attr}"
        if asked == "clock.now" and not may_ask:
            yield source.at(node, "`clock.now()` below the views (take `at`)")
        elif asked.endswith(("datetime.now", "datetime.utcnow", "date.today", "datetime.today")) or asked in {
            "timezone.now",
            "timezone.localtime",
            "timezone.localdate",
            "time.time",
        }:
            yield source.at(node, f"`{asked}()` (the only clock is kernel.clock)")


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def sizes(source: Source) -> Iterator[str]:
    """Small files, small functions."""
    if source.is_migration:
        return
    lines, most = len(source.text.splitlines()), LINES_OF_A_FILE[source.area]
    if lines > most:
        yield f"{source.path}:1: {lines} lines, at most {most} (make two of it)"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            long = (node.end_lineno or node.lineno) - node.lineno + 1
            if long > LINES_OF_A_FUNCTION:
                yield source.at(node, f"`{node.name}` has {long} lines, at most {LINES_OF_A_FUNCTION}")


def imports_on_top(source: Source) -> Iterator[str]:
    """No import hides in a function; `ready()` of an app is the one place that has to wait."""
    if source.area != "src":
        return
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name == "ready" and source.path.name == "apps.py":
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Import | ast.ImportFrom):
                yield source.at(inner, f"import inside `{node.name}` (imports stand on top)")
            elif isinstance(inner, ast.Call) and _name(inner.func).split(".")[-1] in {
                "import_module",
                "import_string",
                "__import__",
            }:
                yield source.at(inner, f"import by name inside `{node.name}` (imports stand on top)")


def no_signals(source: Source) -> Iterator[str]:
    """Nothing happens by signal inside the house."""
    if source.area != "src":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module == "django.dispatch" or module.endswith("signals"):
                yield source.at(node, f"import from {module} (no signals: call it, or register it)")
            elif any(alias.name in {*SIGNALS, "signals"} for alias in node.names):
                yield source.at(node, "import of a signal (call it, or register it)")
        elif isinstance(node, ast.Import) and any(alias.name.endswith("signals") for alias in node.names):
            yield source.at(node, "import of signals (call it, or register it)")


def telling_names(source: Source) -> Iterator[str]:
    """A module is called by what it holds."""
    vague = {part.removesuffix(".py") for part in source.path.parts} & VAGUE_NAMES
    if vague:
        yield f"{source.path}:1: called `{vague.pop()}` (name it by what it holds)"


def nothing_left_open(source: Source) -> Iterator[str]:
    """No test is skipped, nothing is left for later."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and _name(node) in {
            "pytest.mark.skip",
            "pytest.mark.skipif",
            "pytest.mark.xfail",
            "pytest.skip",
            "pytest.xfail",
            "pytest.importorskip",
        }:
            yield source.at(node, f"`{_name(node)}` (every test runs)")
        elif isinstance(node, ast.Name) and node.id == "NotImplementedError":
            yield source.at(node, "`NotImplementedError` (build it or leave it out)")


RULES: tuple[Rule, ...] = (
    one_writer_of_status,
    clean_views,
    one_clock,
    sizes,
    imports_on_top,
    no_signals,
    telling_names,
    nothing_left_open,
)


def sources(root: Path = ROOT) -> list[Source]:
    """Every Python file of the project."""
    return [
        Source(PurePosixPath(file.relative_to(root).as_posix()), file.read_text())
        for area in LINES_OF_A_FILE
        for file in sorted((root / area).rglob("*.py"))
    ]


def findings(files: Iterable[Source]) -> list[str]:
    """What is wrong, file by file."""
    return [finding for source in files for rule in RULES for finding in rule(source)]


def main() -> int:
    """See the file's head."""
    found = findings(sources())
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
