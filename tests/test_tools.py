"""The tools of the test run keep their promises: nothing is skipped silently, nothing is left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tools import bench, check, test

ROOT = Path(__file__).resolve().parent.parent
SERVE = """
import signal, time
from tests import postgres
signal.signal(signal.SIGINT, signal.default_int_handler)
with postgres.server() as at:
    print(at, flush=True)
    {then}
"""
"""A run that listens to Ctrl-C, even where whoever started the tests does not, as shells do in the background."""
SECONDS = 60


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of our own, so that servers of other runs are left alone."""
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:2]:
        parent.chmod(0o755)
    short = Path("/tmp") / f"tt-{os.getpid()}"
    short.mkdir()
    short.chmod(0o755)
    monkeypatch.setenv("TMPDIR", str(short))
    monkeypatch.setattr("tempfile.tempdir", None)
    yield short
    for folder in short.glob(f"{postgres.PREFIX}*"):
        postgres.stop(folder)
    short.rmdir()


def start(then: str) -> tuple[subprocess.Popen[str], Path]:
    """A process that runs a server; the server's folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(then=then)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip().partition("host=")[2])


def runs(folder: Path) -> bool:
    pid = (folder / "data" / "postmaster.pid").read_text().split()[0]
    return Path("/proc", pid).exists()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_run_leaves_no_server_behind(temporary: Path, how: signal.Signals) -> None:
    process, folder = start("time.sleep(60)")
    assert runs(folder)

    process.send_signal(how)
    process.communicate(timeout=SECONDS)

    assert list(temporary.iterdir()) == []


def test_a_killed_runs_server_is_cleared_by_the_next(temporary: Path) -> None:
    process, folder = start("time.sleep(60)")
    process.kill()
    process.communicate(timeout=SECONDS)
    assert runs(folder)

    assert postgres.clear_old() == [folder]
    assert list(temporary.iterdir()) == []


def test_a_running_runs_server_is_left_alone(temporary: Path) -> None:
    process, folder = start("time.sleep(60)")

    assert postgres.clear_old() == []
    assert runs(folder)

    process.terminate()
    process.communicate(timeout=SECONDS)


def pytest_on(folder: Path, **files: str) -> subprocess.CompletedProcess[str]:
    """Run the house's pytest on a few files of their own."""
    (folder / "conftest.py").write_text("from tests.conftest import *\n")
    for name, text in files.items():
        (folder / f"{name}.py").write_text(f"import pytest\n{text}\n")
    words = [sys.executable, "-m", "pytest", "-q", "-c", "pyproject.toml", str(folder)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_run_that_leaves_tests_out_has_failed_and_names_them(tmp_path: Path) -> None:
    done = pytest_on(
        tmp_path,
        test_some="def test_a():\n    pytest.ski" + "p('later')\ndef test_b(): pass",
        test_more="@pytest.mark.xfai" + "l\ndef test_c():\n    assert False",
        test_none="pytest.importorski" + "p('no_such_module')",
    )

    named = [
        line
        for line in done.stdout.splitlines()
        if line.endswith("no test may be skipped or expected to fail")
    ]
    assert done.returncode == 1
    assert len(named) == 3


def test_a_run_that_leaves_none_out_passes_and_one_that_calls_another_host_fails(tmp_path: Path) -> None:
    assert pytest_on(tmp_path, test_whole="def test_b(): pass").returncode == 0

    outside = "import socket\ndef test_b():\n    socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = pytest_on(tmp_path, test_outside=outside)

    assert done.returncode == 1
    assert "SocketConnectBlockedError" in done.stdout


def suite(tmp_path: Path, report: str | None, status: int) -> test.Suite:
    made = test.Suite("try", ["--version"], {}, tmp_path)
    made.run()
    made.status = status
    if report is not None:
        made.report.write_text(f"<testsuites>{report}</testsuites>")
    return made


@pytest.mark.parametrize(
    ("report", "status", "counts"),
    [
        ('<testsuite tests="5" failures="0" errors="0" skipped="0"/>', 0, (5, 0)),
        ('<testsuite tests="5" failures="1" errors="1" skipped="1"/>', 1, (2, 3)),
        ('<testsuite tests="5" failures="0" errors="0" skipped="0"/>', 3, (4, 1)),
        ('<testsuite tests="0" failures="0" errors="0" skipped="0"/>', 5, (0, 1)),
        (None, 1, (0, 1)),
    ],
)
def test_what_did_not_pass_counts_as_failed(
    tmp_path: Path, report: str | None, status: int, counts: tuple[int, int]
) -> None:
    assert suite(tmp_path, report, status).counts() == counts


def test_the_last_line_is_the_sum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = suite(tmp_path, '<testsuite tests="3" failures="0" errors="0" skipped="0"/>', 0)

    assert test.sum_up([good, good]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "6 passed, 0 failed"


def test_a_missing_browser_is_one_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(test, "BROWSERS", ("no-such-browser",))
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(SystemExit, match=r"^Chromium is missing: install the package `chromium`.*$"):
        test.provide_chromium()


def test_a_failing_check_fails_the_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = check.Check("good", (sys.executable, "-c", "print('fine')"))
    bad = check.Check("bad", (sys.executable, "-c", "import sys; print('line 7'); sys.exit(1)"))
    monkeypatch.setattr(check, "CHECKS", (good, bad))

    assert check.main([]) == 1
    said = capsys.readouterr().out
    assert "line 7" in said
    assert "fine" not in said
    assert check.main(["good"]) == 0
    assert check.main(["unknown"]) == 2


def test_figures_are_told_from_other_lines(capsys: pytest.CaptureFixture[str]) -> None:
    figure = '{"figure": "x", "database": "sqlite", "value": 1, "unit": "s", "budget": 2, "ok": true}\n'

    assert [read["figure"] for read in bench.figures(["warming up\n", figure, '{"other": 1}\n'])] == ["x"]
    assert capsys.readouterr().err == 'warming up\n{"other": 1}\n'


@pytest.mark.browser
def test_the_browser_sees_the_running_system(open_page) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 800, "height": 600})

    answer = page.goto("/akun/login/")

    assert answer is not None
    assert answer.status == 200
    assert page.viewport_size == {"width": 800, "height": 600}
