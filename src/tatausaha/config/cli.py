"""The command line `tatausaha`. `run` and `serve` start without Django, to be quick and small."""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace

from tatausaha.config import parsing, serving, stamp
from tatausaha.core.kernel.commands import Command

LOCAL = "127.0.0.1"


def main(words: list[str] | None = None) -> int:
    """Run one command; the exit status, 0 only if it did what was asked."""
    words = sys.argv[1:] if words is None else words
    if not words or words[0] not in {"run", "serve"}:
        return _hand_over([sys.executable, "-m", "tatausaha.config.commands", *words])
    try:
        chosen = parsing.build((RUN, SERVE)).parse_args(words)
        return chosen.command.run(chosen) or 0
    except serving.PortTaken as no:
        print(f"{no} Pilih yang lain: PORT=8001 make run, atau --port 8001.", file=sys.stderr)
        return 1


def _hand_over(words: list[str]) -> int:
    """Become the process of another command, so that signals reach it."""
    if os.name == "posix":
        os.execv(words[0], words)  # noqa: S606 - our own interpreter
    return subprocess.run(words, check=False).returncode  # noqa: S603


def _address(parser: ArgumentParser) -> None:
    port = int(os.environ.get("PORT") or "8000")
    parser.add_argument("--port", type=int, default=port, help=f"nomor port (biasanya {port})")
    parser.add_argument("--address", default=LOCAL, help="alamat jaringan; 0.0.0.0 membuka ke komputer lain")
    parser.add_argument(
        "--no-worker", action="store_true", help="tanpa pekerja; `tatausaha worker` berjalan sendiri"
    )


def _run(chosen: Namespace) -> int:
    return _start(chosen, "run")


def _serve(chosen: Namespace) -> int:
    return _start(chosen, "serve")


def _start(chosen: Namespace, how: str) -> int:
    """Prepare the installation where the code changed since the last start, then serve."""
    serving.require_free(chosen.address, chosen.port)
    if os.environ.get("DATABASE_URL", "").startswith("postgres") and (status := _run_module("reach")):
        return status
    if not stamp.is_current():
        print("Menyiapkan basis data, teks dan berkas …", flush=True)
        if status := _run_module("installation", how):
            return status
    host = "localhost" if chosen.address == LOCAL else chosen.address
    print(f"Tatausaha: http://{host}:{chosen.port} (berhenti dengan Ctrl-C)", flush=True)
    serving.serve(address=chosen.address, port=chosen.port, worker=not chosen.no_worker)
    return 0


def _run_module(name: str, *words: str) -> int:
    """A module of ours in a process of its own, so that this one stays small; its status."""
    command = [sys.executable, "-m", f"tatausaha.config.{name}", *words]
    return subprocess.run(command, check=False).returncode  # noqa: S603


RUN = Command(
    "run", "menjalankan sistem; di basis data kosong dibuat dulu perusahaan peragaan", _run, _address
)
SERVE = Command(
    "serve", "menjalankan web dan pekerja; basis data disesuaikan dengan versi ini", _serve, _address
)

if __name__ == "__main__":
    sys.exit(main())
