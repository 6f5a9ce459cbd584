"""Running the server as a process: the folder is claimed, the house built, uvicorn runs it until SIGTERM."""

from __future__ import annotations

import logging
import resource
import sys
from collections.abc import Callable

import uvicorn

from display.live import server_config
from meeting.app import claim, compose
from meeting.order.sitting import SittingId
from meeting.settings import Settings


def serve(settings: Settings, sitting: Callable[[], str]) -> None:
    """Serve until the process is told to end.  `sitting` is asked once the folder is held.

    Raises AlreadyServed and what `compose` raises, before anything is served.
    """
    _no_core_dumps()
    _many_files()
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    logging.captureWarnings(True)
    lock = claim(settings.data)
    try:
        house = compose(settings, SittingId(sitting()))
        try:
            config = server_config(house.app, settings.host, settings.port, **_tls(settings))
            print(f"session-day: {house.service.sitting}: {settings.url}", file=sys.stderr, flush=True)
            uvicorn.Server(config).run()
        finally:
            house.close()
    finally:
        lock.close()


def _tls(settings: Settings) -> dict[str, str]:
    if settings.tls_cert is None or settings.tls_key is None:
        return {}
    return {"ssl_certfile": str(settings.tls_cert), "ssl_keyfile": str(settings.tls_key)}


def _no_core_dumps() -> None:
    """Keys of a running ballot are in memory: no dump of it may reach the disk (BALLOT.md 6)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _many_files() -> None:
    """Every phone is an open file; take what the system grants."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
