"""How fast the embedded system starts, how much memory it takes, how much a first load weighs.

python tools/bench_system.py [--no-clone]      (without the start from a fresh clone)
"""

import contextlib
import gzip
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("/", "/kos/", "/akun/login/")
SECONDS = 300
ASSET = re.compile(
    r"""<(?:link\b[^>]*\brel="(?:stylesheet|icon|manifest)"[^>]*\bhref|script\b[^>]*\bsrc|"""
    r"""img(?![^>]*\bloading="lazy")[^>]*\bsrc)="([^"]+)\""""
)
REQUESTS_TO_WARM_UP = 200


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the bytes that travelled, the text."""

    status: int
    weight: int
    text: str


def say(figure: str, value: float, unit: str, budget: float) -> None:
    """Print a figure that must stay under its budget."""
    line = {"figure": figure, "database": "sqlite", "value": round(value, 2), "unit": unit, "budget": budget}
    print(json.dumps(line | {"ok": value <= budget}, ensure_ascii=False), flush=True)


def get(address: str) -> Answer:
    """Ask as a browser does, compressed."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
            status, body, packed = response.status, response.read(), response.headers.get("Content-Encoding")
    except urllib.error.HTTPError as no:
        status, body, packed = no.code, no.read(), no.headers.get("Content-Encoding")
    plain = gzip.decompress(body) if packed == "gzip" else body
    return Answer(status, len(body), plain.decode(errors="replace"))


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A started system: its process, its address, and the seconds to its first answer."""

    process: subprocess.Popen[bytes]
    address: str
    seconds: float

    def tree(self) -> list[int]:
        """Its processes."""
        found, todo = [], [self.process.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        return found

    def memory(self, kind: str) -> float:
        """`Rss` or `Pss` of the whole tree, in MB."""
        total = 0
        for pid in self.tree():
            found = re.search(
                rf"^{kind}:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE
            )
            total += int(found[1]) if found else 0
        return total / 1024


@contextlib.contextmanager
def running(command: Sequence[str], folder: Path, home: Path) -> Iterator[Running]:
    """Start the system in a folder and end it afterwards."""
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PYTHONPATH"}
    }
    environment |= {"TATAUSAHA_HOME": str(home), "PORT": str(port)}
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        while True:
            try:
                get(f"{address}/")
                break
            except OSError:
                if process.poll() is not None or time.monotonic() - began > SECONDS:
                    raise SystemExit(f"{command} did not start") from None
                time.sleep(0.02)
        yield Running(process, address, time.monotonic() - began)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=SECONDS)


def weigh(address: str, page: str) -> tuple[int, int]:
    """Bytes that travel for a page alone, and with everything that it loads at once."""
    answer = get(urljoin(address, page))
    if answer.status != 200:
        raise SystemExit(f"{page} answered {answer.status}")
    assets = {urljoin(f"{address}{page}", found) for found in ASSET.findall(answer.text)}
    return answer.weight, answer.weight + sum(get(asset).weight for asset in assets)


def from_a_clone() -> None:
    """`make run` in a fresh clone, packages coming from the machine's cache."""
    with tempfile.TemporaryDirectory(prefix="tatausaha-clone-") as folder:
        clone = Path(folder) / "tatausaha"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True, stdin=subprocess.DEVNULL)
        with running(["make", "run"], clone, Path(folder) / "home") as system:
            say("make run in a fresh clone, to the first answer", system.seconds, "s", 60)


def main(words: list[str]) -> None:
    """See the file's head."""
    home = Path(tempfile.mkdtemp(prefix="tatausaha-home-"))
    command = [sys.executable, "-m", "tatausaha.config.cli", "run"]
    try:
        with running(command, ROOT, home) as system:
            say("first start with a demonstration, to the first answer", system.seconds, "s", 60)
        with running(command, ROOT, home) as system:
            say("second start, to the first answer", system.seconds, "s", 3)
            weights = [weigh(system.address, page) for page in PAGES]
            say(
                "first load, compressed, heaviest public page",
                max(whole for _, whole in weights) / 1024,
                "KB",
                60,
            )
            say(
                "later load, compressed, heaviest public page",
                max(page for page, _ in weights) / 1024,
                "KB",
                15,
            )
            for number in range(REQUESTS_TO_WARM_UP):
                get(urljoin(system.address, PAGES[number % len(PAGES)]))
            say("web and worker, resident (RSS, shared pages counted twice)", system.memory("Rss"), "MB", 250)
            say("web and worker, proportional (PSS)", system.memory("Pss"), "MB", 250)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    if "--no-clone" not in words:
        from_a_clone()


if __name__ == "__main__":
    main(sys.argv[1:])
