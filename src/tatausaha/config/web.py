"""What each web process loads: the application, and the worker beside it."""

import gc
import os

import tatausaha.config.ready  # noqa: F401 - first of all
from tatausaha.config import worker
from tatausaha.config.wsgi import application

__all__ = ["application"]

if os.environ.get("TATAUSAHA_WORKER") == "1":
    worker.start_thread()

gc.collect()
gc.freeze()
