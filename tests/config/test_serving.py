"""The real server: first start, quick second start, small, and ending what it has in hand."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SECONDS = 600


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(home: Path, port: int) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start `tatausaha` on the port and wait until it listens."""
    started = []

    def one(*words: str) -> subprocess.Popen[str]:
        environment = os.environ | {"TATAUSAHA_HOME": str(home), "DATABASE_URL": "", "PORT": str(port)}
        environment["DJANGO_SETTINGS_MODULE"] = "tatausaha.config.settings"
        process = subprocess.Popen(
            [sys.executable, "-m", "tatausaha.config.cli", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield one
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS)


def connect(port: int, process: subprocess.Popen[str]) -> socket.socket:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stdout and process.stdout.read()
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("it does not listen")


def answer(connection: socket.socket) -> bytes:
    whole = b""
    while part := connection.recv(65536):
        whole += part
    return whole


@pytest.mark.req("SYS-04", "SYS-08")
def test_a_first_start_needs_nothing_and_a_request_in_hand_is_finished(
    start: Callable[..., subprocess.Popen[str]], port: int, home: Path
) -> None:
    process = start("run")
    with connect(port, process) as connection:
        head = f"POST /akun/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
        connection.sendall(head.encode() + b"a=")
        time.sleep(0.3)

        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        connection.sendall(b"1\n")

        assert answer(connection).startswith(b"HTTP/1.1 302")
    assert process.wait(timeout=SECONDS) == 0
    assert (home / "tatausaha.sqlite3").exists()


def test_a_second_start_prepares_nothing(start: Callable[..., subprocess.Popen[str]], port: int) -> None:
    process = start("serve")
    with connect(port, process) as connection:
        connection.sendall(
            f"GET /akun/login/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode()
        )
        assert answer(connection)
    process.send_signal(signal.SIGTERM)

    said, _ = process.communicate(timeout=SECONDS)
    assert said.splitlines() == [f"Tatausaha: http://localhost:{port} (berhenti dengan Ctrl-C)"]
