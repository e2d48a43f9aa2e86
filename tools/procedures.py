"""Writes docs/procedures/*.md: each SOP as its table says, with a diagram that GitHub and others draw.

python -m tools.procedures             write them
python -m tools.procedures --check     exit status 1 if one is stale, missing, or left over
"""

import os
import sys
from dataclasses import asdict
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tatausaha.config.settings_test")
django.setup()

from django.utils import translation  # noqa: E402
from django.utils.text import capfirst  # noqa: E402

from tatausaha.core.procedures import registry  # noqa: E402
from tatausaha.core.procedures.spec import Procedure  # noqa: E402
from tatausaha.core.web import sopsheet  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "procedures"


def pages() -> dict[str, str]:
    """The name and the text of every page, from the procedures that are in force."""
    with translation.override("id"):
        found = registry.procedures()
        made = {f"{procedure.code}.md": page(procedure) for procedure in found}
        listed = "\n".join(f"- [{p.sop.number}: {title_of(p)}]({p.code}.md)" for p in found)
    head = "# SOP\n\nWritten by `python -m tools.procedures` from the tables that run; not written by hand.\n"
    return made | {"README.md": f"{head}\n{listed}\n"}


def title_of(procedure: Procedure) -> str:
    """The title with a capital."""
    return capfirst(str(procedure.title))


def page(procedure: Procedure) -> str:
    """One SOP: who answers for it, its steps, its deadlines, its numbers as delivered, its diagram."""
    values = asdict(procedure.policy())
    parts = [
        f"# {title_of(procedure)}",
        f"Nomor {procedure.sop.number}. {procedure.sop.purpose} Penanggung jawab: {procedure.sop.responsible}.",
        table(
            ("No.", "Langkah", "Dari", "Menjadi", "Pelaksana", "Syarat", "Akibat", "Bukti"),
            [
                (
                    str(line.number), line.label, line.source, line.target, line.who,
                    " ".join(line.conditions), " ".join(line.follows), line.evidence,
                )
                for line in sopsheet.step_lines(procedure)
            ],
        ),
    ]  # fmt: skip
    if deadlines := sopsheet.deadline_lines(procedure, values):
        rows = [(line.state, line.length, line.then) for line in deadlines]
        parts += ["## Batas waktu", table(("Keadaan", "Paling lama", "Setelah itu"), rows)]
    if numbers := sopsheet.value_lines(procedure, values):
        rows = [(str(fact.label), str(fact.value)) for fact in numbers]
        parts += ["## Ketentuan bawaan", table(("Ketentuan", "Nilai"), rows)]
    parts += ["## Diagram", mermaid(procedure)]
    return "\n\n".join(parts) + "\n"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""

    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    return "\n".join([line(head), line(("---",) * len(head)), *(line(row) for row in rows)])


def mermaid(procedure: Procedure) -> str:
    """The diagram in Mermaid's words."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {procedure.initial}"]
    lines += [
        f"    {state.value}: {sopsheet.state_label(procedure, state.value)}" for state in procedure.states
    ]
    for step in procedure.steps:
        label = str(step.label).replace(":", ",")
        lines += [f"    {source} --> {step.target or source}: {label}" for source in step.sources]
    lines += [f"    {state.value} --> [*]" for state in procedure.states if procedure.is_final(state.value)]
    return "\n".join([*lines, "```"])


def stale(folder: Path = FOLDER) -> list[str]:
    """The pages that are not as the tables say: changed, missing, or of a procedure that is gone."""
    wanted = pages()
    there = {file.name: file.read_text() for file in folder.glob("*.md")} if folder.exists() else {}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    if "--check" in arguments:
        if found := stale():
            print(f"Stale in docs/procedures: {', '.join(found)}. Run: python -m tools.procedures")
        return bool(found)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale():
        (FOLDER / name).unlink(missing_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
