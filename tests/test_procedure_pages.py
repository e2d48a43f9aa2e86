"""docs/procedures is what the tables say, and says so when it is not."""

from pathlib import Path

import pytest

from tools import procedures


@pytest.mark.req("SYS-09")
def test_the_written_procedures_are_those_that_run() -> None:
    assert procedures.stale() == [], "run: .venv/bin/python -m tools.procedures"


def test_a_changed_a_missing_and_a_left_over_page_are_stale(tmp_path: Path) -> None:
    for name, text in procedures.pages().items():
        (tmp_path / name).write_text(text)
    assert procedures.stale(tmp_path) == []
    (tmp_path / "README.md").write_text("lain")
    (tmp_path / "lama.md").write_text("sisa")

    assert procedures.stale(tmp_path) == ["README.md", "lama.md"]
