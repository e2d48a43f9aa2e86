"""Web server and worker in one process tree. Nothing here imports Django: the parent stays small."""

import errno
import os
import socket

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

THREADS = 6
"""Requests that one web process answers at once."""
SECONDS_TO_FINISH = 30
"""What a request in hand gets before a stopping server ends it."""


class PortTaken(Exception):  # noqa: N818 - said to a person
    """Somebody listens on the port already. The server would share it silently, so we look first."""


def require_free(address: str, port: int) -> None:
    """Raise `PortTaken` unless nobody listens there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError as no:
            if no.errno in {errno.EADDRINUSE, errno.EACCES}:
                raise PortTaken(f"Port {port} sudah dipakai atau tidak diizinkan.") from no
            raise


def serve(*, address: str, port: int, worker: bool) -> None:
    """Serve until SIGTERM or Ctrl-C; requests in hand are finished first.

    On SQLite there is one web process, whose threads write in a fair queue; on PostgreSQL
    `TATAUSAHA_PROCESSES` of them. The worker is a thread in each (one leads), unless
    `worker` is false and `tatausaha worker` runs elsewhere.
    """
    require_free(address, port)
    on_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    os.environ["TATAUSAHA_WORKER"] = "1" if worker else "0"
    os.environ["TATAUSAHA_PORT"] = str(port)
    server = Server(
        "tatausaha.config.web:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("TATAUSAHA_PROCESSES", "1")) if on_postgresql else 1,
        blocking_threads=THREADS,
        backpressure=THREADS * 8,
        workers_kill_timeout=SECONDS_TO_FINISH,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    )
    server.serve()
